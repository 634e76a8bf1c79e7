/**
 * WeightParams → constants: full or half floats, or 1 to 8 bits per weight with scales or a table of values beside them.
 *
 * The list is flat in the file; its dimensions are those of the layer that it belongs to.
 */
import { type DType, dtypeBytes } from '../../graph/dtype.ts'
import { fieldsPerObject, maxKeptWeights } from '../limits.ts'
import type { MessageLayout } from '../skim.ts'
import { type WireReader, wireTypes } from '../wire.ts'

const weightFields = { floatValue: 1, float16Value: 2, rawValue: 30, int8RawValue: 31, quantization: 40 } as const
const quantizationFields = { numberOfBits: 1, linear: 101, lookUpTable: 102 } as const
const linearFields = { scale: 1, bias: 2 } as const
const lookUpTableFields = { values: 1 } as const

export const weightsLayout: MessageLayout = {
  [weightFields.quantization]: { [quantizationFields.linear]: {}, [quantizationFields.lookUpTable]: {} },
}

export interface StoredWeights {
  readonly dtype: DType
  readonly storedBytes: number
  /** Weights by the bytes alone; where several share a byte, the last byte may hold fewer. */
  readonly count: number
  /** Content of short float lists. */
  readonly elements: readonly number[] | null
  /** float32 values beside them: scales, biases or the table, by name. */
  readonly tables: readonly { readonly name: string; readonly count: number }[]
}

/** One float list of a message: kept while short, counted in any case. */
class FloatList {
  values: number[] | null = []
  count = 0

  read(wire: WireReader): void {
    const bytes = wire.valueBytes
    if (wire.type !== wireTypes.fixed32 && bytes > 4 * maxKeptWeights) {
      if (bytes % 4 !== 0) throw wire.malformed(wire.valueStart, 'a multiple of 4 bytes')
      this.count += bytes / 4
      this.values = null
      return
    }
    const values: number[] = []
    if (!wire.floats(values, 4)) throw wire.malformed(wire.valueStart, 'a list of floats')
    this.count += values.length
    const kept = this.values
    this.values = kept !== null && kept.length + values.length <= maxKeptWeights ? [...kept, ...values] : null
  }
}

/** Reads the message that is the current value of `wire`. Throws `malformed`. */
export function readWeights(wire: WireReader): StoredWeights {
  wire.spend(fieldsPerObject)
  const start = wire.valueStart
  const floats = new FloatList()
  const tables: { name: string; list: FloatList }[] = []
  let halfBytes = 0
  let rawBytes = 0
  let int8Bytes = 0
  let bits = 8
  const table = (name: string) => {
    const known = tables.find((each) => each.name === name) ?? { name, list: new FloatList() }
    if (!tables.includes(known)) tables.push(known)
    known.list.read(wire)
  }
  wire.message(() => {
    switch (wire.field) {
      case weightFields.floatValue:
        floats.read(wire)
        break
      case weightFields.float16Value:
        halfBytes = wire.valueBytes
        break
      case weightFields.rawValue:
        rawBytes = wire.valueBytes
        break
      case weightFields.int8RawValue:
        int8Bytes = wire.valueBytes
        break
      case weightFields.quantization:
        wire.message(() => {
          if (wire.field === quantizationFields.numberOfBits) bits = wire.int64()
          else if (wire.field === quantizationFields.linear) {
            wire.message(() => {
              if (wire.field === linearFields.scale) table('scale')
              else if (wire.field === linearFields.bias) table('bias')
            })
          } else if (wire.field === quantizationFields.lookUpTable) {
            wire.message(() => {
              if (wire.field === lookUpTableFields.values) table('table')
            })
          }
        })
        break
    }
  })
  const counted = tables.map(({ name, list }) => ({ name, count: list.count }))
  const stored = (dtype: DType, storedBytes: number, count: number): StoredWeights => ({
    dtype,
    storedBytes,
    count,
    elements: null,
    tables: counted,
  })
  if (rawBytes > 0) {
    const dtype = unsigned[bits - 1]
    if (dtype === undefined) throw wire.malformed(start, 'weights of 1 to 8 bits', `${bits} bits`)
    return stored(dtype, rawBytes, Math.floor((8 * rawBytes) / bits))
  }
  if (int8Bytes > 0) return stored('int8', int8Bytes, int8Bytes)
  if (halfBytes > 0) return stored('float16', halfBytes, Math.floor(halfBytes / 2))
  return { ...stored('float32', dtypeBytes('float32', floats.count), floats.count), elements: floats.values }
}

/** By bits from 1 on. */
const unsigned: readonly DType[] = ['uint1', 'uint2', 'uint3', 'uint4', 'uint5', 'uint6', 'uint7', 'uint8']
