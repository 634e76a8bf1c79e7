/**
 * TensorProto → Constant: element type, dimensions and, for small tensors, elements.
 *
 * A payload is either raw bytes or one of six typed lists; its size must agree with the dimensions. Payloads too long to
 * be kept are checked by their length alone.
 */
import { type DType, dtypeBytes, dtypes } from '../../graph/dtype.ts'
import type { Constant } from '../../graph/graph.ts'
import { dtypeOfCode } from '../../graph/onnx-dtypes.ts'
import { fail } from '../../problem.ts'
import { elementCount } from '../element-count.ts'
import { parseExternalData } from '../external-data.ts'
import { fieldsPerObject } from '../limits.ts'
import { decodeBits, decodeRaw, keepsElements, saturate } from '../tensor-elements.ts'
import type { WireReader } from '../wire.ts'
import { entryFields, sparseTensorFields, tensorFields } from './fields.ts'

export { codeOfDtype, dtypeOfCode } from '../../graph/onnx-dtypes.ts'

export interface StoredTensor {
  readonly constant: Constant
  /** Bits of the elements, wherever they are stored; strings count as none, for their length is not in the dimensions. */
  readonly storedBits: number
  /** False: elements are due by the dimensions, and the file has none. */
  readonly hasPayload: boolean
}

/** Entries of the typed list of a tensor; exact ones as far as they were kept. */
class TypedList {
  readonly values: number[] = []
  /** Entries in fields that were not kept: a varint has 1 to 10 bytes, a float a fixed width. */
  skippedAtLeast = 0
  skippedAtMost = 0

  skip(bytes: number, narrowestBytes: number, widestBytes: number): void {
    this.skippedAtLeast += Math.ceil(bytes / widestBytes)
    this.skippedAtMost += Math.floor(bytes / narrowestBytes)
  }
}

/** Reads the message that is the current value of `wire`. Throws `malformed`, `tensor-size-mismatch`, `unsafe-path`, … */
export function readTensor(wire: WireReader): StoredTensor {
  const start = wire.valueStart
  wire.spend(fieldsPerObject)
  const pushedDims: number[] = []
  const list = new TypedList()
  const externalEntries = new Map<string, string>()
  let code = 0
  let name = ''
  let raw: { readonly bytes: number; readonly content: Uint8Array | null } | null = null
  let strings = 0
  let isExternal = false
  wire.message(() => {
    switch (wire.field) {
      case tensorFields.dims:
        if (!wire.int64s(pushedDims)) throw wire.malformed(wire.valueStart, 'the dimensions of a tensor')
        break
      case tensorFields.dataType:
        code = wire.int64()
        break
      case tensorFields.name:
        name = wire.text()
        break
      case tensorFields.rawData:
        raw = { bytes: wire.valueBytes, content: wire.content() }
        break
      case tensorFields.floatData:
        if (!wire.floats(list.values, 4)) list.skip(wire.valueBytes, 4, 4)
        break
      case tensorFields.doubleData:
        if (!wire.floats(list.values, 8)) list.skip(wire.valueBytes, 8, 8)
        break
      case tensorFields.int32Data:
      case tensorFields.int64Data:
        if (!wire.int64s(list.values)) list.skip(wire.valueBytes, 1, 10)
        break
      case tensorFields.uint64Data:
        if (!wire.int64s(list.values, false)) list.skip(wire.valueBytes, 1, 10)
        break
      case tensorFields.stringData:
        strings += 1
        break
      case tensorFields.externalData:
        readEntry(wire, externalEntries)
        break
      case tensorFields.dataLocation:
        isExternal = wire.int64() === 1
        break
    }
  })
  const dims = pushedDims.slice()
  const where = name === '' ? `tensor at byte ${start}` : name
  const dtype = dtypeOfCode(code)
  if (dtype === null) {
    throw fail('malformed', 'Export the model with element types of the ONNX standard.', {
      where,
      expected: 'an element type of TensorProto.DataType',
      received: String(code),
    })
  }
  const count = elementCount(dims, where)
  const dueBytes = dtypeBytes(dtype, count)
  if (isExternal) {
    const external = parseExternalData(externalEntries, where)
    if (external.lengthBytes !== null && dtype !== 'string') checkSize(where, dims, dueBytes, external.lengthBytes)
    const constant = { name, dtype, dims, elements: null, external }
    return { constant, storedBits: dtypes[dtype].bits * count, hasPayload: true }
  }
  const tensor = finish({ name, dtype, dims }, count, where, raw, list, strings)
  wire.spend(tensor.constant.elements?.length ?? 0)
  return tensor
}

function finish(
  { name, dtype, dims }: Pick<Constant, 'name' | 'dtype' | 'dims'>,
  count: number,
  where: string,
  raw: { readonly bytes: number; readonly content: Uint8Array | null } | null,
  list: TypedList,
  strings: number,
): StoredTensor {
  const result = (elements: number[] | null, hasPayload: boolean): StoredTensor => ({
    constant: { name, dtype, dims, elements, external: null },
    storedBits: dtypes[dtype].bits * count,
    hasPayload,
  })
  if (dtype === 'string') {
    if (strings !== 0) checkSize(where, dims, count, strings)
    return result(null, strings !== 0 || count === 0)
  }
  if (raw !== null && (raw.bytes > 0 || count === 0)) {
    checkSize(where, dims, dtypeBytes(dtype, count), raw.bytes)
    return result(
      raw.content !== null && keepsElements(dtype, count) ? decodeRaw(dtype, raw.content, count) : null,
      true,
    )
  }
  const { values, skippedAtLeast, skippedAtMost } = list
  if (values.length + skippedAtMost === 0) return result(count === 0 ? [] : null, count === 0)
  const due = listEntries(dtype, count)
  const nearest = Math.min(Math.max(due, values.length + skippedAtLeast), values.length + skippedAtMost)
  checkSize(where, dims, due, nearest)
  return result(skippedAtMost === 0 && keepsElements(dtype, count) ? decodeList(dtype, values, count) : null, true)
}

/** Entries of the typed list for `count` elements: two for complex numbers, packed ones for those under a byte. */
function listEntries(dtype: DType, count: number): number {
  const { bits, kind } = dtypes[dtype]
  if (kind === 'complex') return 2 * count
  return bits < 8 ? dtypeBytes(dtype, count) : count
}

function decodeList(dtype: DType, values: readonly number[], count: number): number[] | null {
  const { bits, kind } = dtypes[dtype]
  if (kind === 'complex') return null
  if (bits < 8) return decodeRaw(dtype, Uint8Array.from(values), count)
  if (dtype === 'float32' || dtype === 'float64') return values.slice()
  // int32 lists hold 16- and 8-bit floats as their bit patterns, integers as themselves.
  return kind === 'float' ? values.map((bitPattern) => decodeBits(dtype, bitPattern)) : values.map(saturate)
}

function checkSize(where: string, dims: readonly number[], due: number, stored: number): void {
  if (due === stored) return
  throw fail('tensor-size-mismatch', 'Export the model again; this tensor was cut or its shape altered.', {
    where,
    expected: `${due} for [${dims.join(', ')}]`,
    received: String(stored),
  })
}

/** SparseTensorProto: dimensions of the dense tensor, stored bytes of values and indices, no elements. */
export function readSparseTensor(wire: WireReader): StoredTensor {
  const start = wire.valueStart
  const dims: number[] = []
  let values: StoredTensor | null = null
  let indices: StoredTensor | null = null
  wire.message(() => {
    switch (wire.field) {
      case sparseTensorFields.values:
        values = readTensor(wire)
        break
      case sparseTensorFields.indices:
        indices = readTensor(wire)
        break
      case sparseTensorFields.dims:
        if (!wire.int64s(dims)) throw wire.malformed(wire.valueStart, 'the dimensions of a tensor')
        break
    }
  })
  return sparse(values, indices, dims, start, wire)
}

function sparse(
  values: StoredTensor | null,
  indices: StoredTensor | null,
  dims: readonly number[],
  start: number,
  wire: WireReader,
): StoredTensor {
  if (values === null) throw wire.malformed(start, 'the values of a sparse tensor')
  const { name, dtype } = values.constant
  elementCount(dims, name === '' ? `tensor at byte ${start}` : name)
  return {
    constant: { name, dtype, dims, elements: null, external: null },
    storedBits: values.storedBits + (indices?.storedBits ?? 0),
    hasPayload: values.hasPayload,
  }
}

/** StringStringEntryProto into `entries`. */
function readEntry(wire: WireReader, entries: Map<string, string>): void {
  let key = ''
  let value = ''
  wire.message(() => {
    if (wire.field === entryFields.key) key = wire.text()
    else if (wire.field === entryFields.value) value = wire.text()
  })
  entries.set(key, value)
}
