/** ValueInfoProto → Value: name, element type and shape with symbols. */
import type { Dim, Value } from '../../graph/graph.ts'
import { fail } from '../../problem.ts'
import { elementCount } from '../element-count.ts'
import { fieldsPerObject } from '../limits.ts'
import type { WireReader } from '../wire.ts'
import { dimFields, shapeFields, tensorTypeFields, typeFields, valueInfoFields } from './fields.ts'
import { dtypeOfCode } from './tensor.ts'

/**
 * Reads the message that is the current value of `wire`. Type and shape stay `null` for sequences, optionals, maps and
 * sparse tensors. Throws `malformed`, `dimension-too-large`.
 */
export function readValueInfo(wire: WireReader): Value {
  wire.spend(fieldsPerObject)
  const type: TensorType = { dtype: null, shape: null }
  let name = ''
  wire.message(() => {
    if (wire.field === valueInfoFields.name) name = wire.text()
    else if (wire.field === valueInfoFields.type) readType(wire, type)
  })
  const { dtype, shape } = type
  const known = shape?.filter((dim) => typeof dim === 'number') ?? []
  elementCount(known, name)
  return { name, dtype, shape }
}

type TensorType = Pick<Value, 'dtype' | 'shape'>

function readType(wire: WireReader, type: TensorType): void {
  wire.message(() => {
    if (wire.field !== typeFields.tensorType) return
    wire.message(() => {
      if (wire.field === tensorTypeFields.elemType) type.dtype = dtypeOfCode(wire.int64())
      else if (wire.field === tensorTypeFields.shape) type.shape = readShape(wire)
    })
  })
}

function readShape(wire: WireReader): Dim[] {
  const shape: Dim[] = []
  wire.message(() => {
    if (wire.field === shapeFields.dim) shape.push(readDim(wire))
  })
  return shape.slice()
}

/** Exporters write an unknown dimension as nothing, as an empty symbol or as -1. */
function readDim(wire: WireReader): Dim {
  let dim: Dim = null
  const start = wire.valueStart
  wire.message(() => {
    if (wire.field === dimFields.dimParam) dim = wire.text() || null
    else if (wire.field === dimFields.dimValue) {
      const value = wire.int64()
      if (value > Number.MAX_SAFE_INTEGER) {
        throw fail('dimension-too-large', 'Check the shapes the model was exported with.', {
          where: `byte ${start}`,
          expected: 'at most 2^53 - 1',
          received: String(value),
        })
      }
      dim = value < 0 ? null : value
    }
  })
  return dim
}
