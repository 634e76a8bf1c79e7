/** Types and constant values of ML Programs. Values stand in the program or, when long, in a file of weights beside it. */
import { type DType, dtypeBytes, dtypes } from '../../graph/dtype.ts'
import type { Constant, Dim, Shape } from '../../graph/graph.ts'
import { fail } from '../../problem.ts'
import { elementCount } from '../element-count.ts'
import { isSafePath } from '../external-data.ts'
import { fieldsPerObject, maxKeptElements, maxKeptWeights } from '../limits.ts'
import { decodeRaw, saturate } from '../tensor-elements.ts'
import type { WireReader } from '../wire.ts'
import {
  blobFileFields,
  constantDimensionFields,
  dimensionFields,
  dtypeByCode,
  immediateFields,
  namedTypeFields,
  repeatedFields,
  stateTypeFields,
  tensorTypeFields,
  tensorValueFields,
  typeFields,
  unknownDimensionFields,
  valueFields,
} from './mil-fields.ts'

/** A tensor, or whatever else has neither type nor shape here: lists, tuples, dictionaries. */
interface MilType {
  readonly dtype: DType | null
  readonly shape: Shape
  /** Kept from run to run; the type is that of what it holds. */
  readonly isState: boolean
}

export interface NamedType {
  readonly name: string
  readonly type: MilType
}

export interface MilValue {
  readonly dtype: DType
  readonly dims: readonly number[]
  readonly elements: readonly number[] | null
  readonly texts: readonly string[] | null
  readonly external: Constant['external']
  readonly storedBits: number
  /** Elements are due by the dimensions and there are none, or another number of them. */
  readonly isIncomplete: boolean
}

const noType: MilType = { dtype: null, shape: null, isState: false }

/** NamedValueType. Throws `malformed`, `dimension-too-large`. */
export function readNamedType(wire: WireReader): NamedType {
  wire.spend(fieldsPerObject)
  let name = ''
  let type = noType
  wire.message(() => {
    if (wire.field === namedTypeFields.name) name = wire.text()
    else if (wire.field === namedTypeFields.type) type = readType(wire)
  })
  return { name, type }
}

function readType(wire: WireReader): MilType {
  let type = noType
  wire.message(() => {
    if (wire.field === typeFields.tensor) type = readTensorType(wire)
    else if (wire.field === typeFields.state) {
      wire.message(() => {
        if (wire.field === stateTypeFields.wrapped) {
          wire.message(() => {
            if (wire.field === typeFields.tensor) type = { ...readTensorType(wire), isState: true }
          })
        }
      })
    }
  })
  return type
}

function readTensorType(wire: WireReader): MilType {
  const start = wire.valueStart
  const dims: Dim[] = []
  let code = 0
  let isVariadic = false
  wire.message(() => {
    if (wire.field === tensorTypeFields.dataType) code = wire.int64()
    else if (wire.field === tensorTypeFields.dimensions) {
      dims.push(readDimension(wire, () => (isVariadic = true)))
    }
  })
  elementCount(
    dims.flatMap((dim) => (typeof dim === 'number' ? dim : [])),
    `type at byte ${start}`,
  )
  return { dtype: dtypeByCode[code] ?? null, shape: isVariadic ? null : dims.slice(), isState: false }
}

function readDimension(wire: WireReader, onVariadic: () => void): Dim {
  // A size of 0 is left out of the file.
  let size: Dim = 0
  wire.message(() => {
    if (wire.field === dimensionFields.constant) {
      wire.message(() => {
        if (wire.field === constantDimensionFields.size) size = wire.int64()
      })
    } else if (wire.field === dimensionFields.unknown) {
      size = null
      wire.message(() => {
        if (wire.field === unknownDimensionFields.variadic && wire.int64() !== 0) onVariadic()
      })
    }
  })
  return size
}

/** Elements of an immediate value as they come. */
interface Immediate {
  readonly numbers: number[]
  readonly texts: string[]
  raw: Uint8Array | null
  isRaw: boolean
  /** Elements, or for raw bytes their number; `null` where long varints were not kept, which nothing counts. */
  count: number | null
  isKept: boolean
}

/**
 * Value: the message that is the current one of `wire`. `null` where it is no tensor (lists of class labels).
 * Throws `malformed`, `unsafe-path`, `dimension-too-large`.
 */
export function readValue(wire: WireReader): MilValue | null {
  wire.spend(fieldsPerObject)
  const start = wire.valueStart
  const immediate: Immediate = { numbers: [], texts: [], raw: null, isRaw: false, count: 0, isKept: true }
  let type = noType
  let external: Constant['external'] = null
  wire.message(() => {
    switch (wire.field) {
      case valueFields.type:
        type = readType(wire)
        break
      case valueFields.immediate:
        wire.message(() => {
          if (wire.field === immediateFields.tensor) readImmediate(wire, immediate)
        })
        break
      case valueFields.blobFile:
        external = readBlobFile(wire)
        break
    }
  })
  const { dtype, shape } = type
  if (dtype === null || shape === null) return null
  const dims = shape.map((dim) => {
    if (typeof dim !== 'number') throw wire.malformed(start, 'a constant of known size')
    return dim
  })
  const count = elementCount(dims, `value at byte ${start}`)
  const storedBits = dtypes[dtype].bits * count
  if (external !== null) {
    return { dtype, dims, elements: null, texts: null, external, storedBits, isIncomplete: false }
  }
  const isWhole = immediate.count === null || immediate.count === (immediate.isRaw ? dtypeBytes(dtype, count) : count)
  const elements = isWhole && immediate.isKept ? elementsOf(dtype, count, immediate) : null
  wire.spend(elements?.length ?? 0)
  const texts = dtype === 'string' && isWhole ? immediate.texts.slice() : null
  return { dtype, dims, elements, texts, external: null, storedBits, isIncomplete: !isWhole }
}

function elementsOf(dtype: DType, count: number, { numbers, raw }: Immediate): readonly number[] | null {
  const { kind, bits } = dtypes[dtype]
  if (kind === 'string' || count > (kind === 'float' ? maxKeptWeights : maxKeptElements)) return null
  if (raw === null) return numbers.slice()
  return bits < 8 && 8 % bits !== 0 ? null : decodeRaw(dtype, raw, count)
}

function readImmediate(wire: WireReader, immediate: Immediate): void {
  wire.message(() => {
    const list = wire.field
    wire.message(() => {
      if (wire.field === repeatedFields.values) readElements(wire, list, immediate)
    })
  })
}

function readElements(wire: WireReader, list: number, immediate: Immediate): void {
  const { numbers } = immediate
  const before = numbers.length
  switch (list) {
    case tensorValueFields.floats:
    case tensorValueFields.doubles: {
      const widthBytes = list === tensorValueFields.floats ? 4 : 8
      if (!wire.floats(numbers, widthBytes)) {
        immediate.isKept = false
        add(immediate, wire.valueBytes / widthBytes)
      }
      break
    }
    case tensorValueFields.ints:
    case tensorValueFields.longInts:
    case tensorValueFields.bools:
      if (!wire.int64s(numbers)) {
        immediate.isKept = false
        immediate.count = null
      }
      for (let at = before; at < numbers.length; at += 1) numbers[at] = saturate(numbers[at] ?? 0)
      break
    case tensorValueFields.strings:
      immediate.texts.push(wire.text())
      add(immediate, 1)
      break
    case tensorValueFields.bytes:
      immediate.isRaw = true
      immediate.raw = wire.content()
      immediate.isKept &&= immediate.raw !== null
      immediate.count = wire.valueBytes
      break
  }
  add(immediate, numbers.length - before)
}

function add(immediate: Immediate, count: number): void {
  if (immediate.count !== null) immediate.count += count
}

/** Weights are addressed by the 64 bytes that describe them; they follow at once (MILBlob/Blob/StorageFormat.hpp). */
const blobHeaderBytes = 64
const packageFolder = '@model_path/'

function readBlobFile(wire: WireReader): NonNullable<Constant['external']> {
  const start = wire.valueStart
  let location = ''
  let offset = 0
  wire.message(() => {
    if (wire.field === blobFileFields.fileName) location = wire.text()
    else if (wire.field === blobFileFields.offset) offset = wire.int64()
  })
  if (location.startsWith(packageFolder)) location = location.slice(packageFolder.length)
  if (location === '' || offset < 0) throw wire.malformed(start, 'a file of weights and a place in it')
  if (!isSafePath(location)) {
    throw fail('unsafe-path', "Keep the weights within the model's package.", {
      where: `byte ${start}`,
      expected: "a path within the model's package",
      received: location,
    })
  }
  return { location, offset: saturate(offset) + blobHeaderBytes, lengthBytes: null }
}
