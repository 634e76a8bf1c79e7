/** Header of a GGUF file: key-value metadata and the table of tensors (github:ggml-org/ggml docs/gguf.md). */
import { type DType, dtypeBytes, dtypes } from '../graph/dtype.ts'
import { fail } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'
import { elementCount } from './element-count.ts'
import { ggmlType } from './ggml-types.ts'
import { GgufCursor } from './gguf-cursor.ts'
import { fieldsPerObject, maxFields, maxKeptElements } from './limits.ts'

/** Lists that are no hyper-parameters (tokens, merges, scores) are known by their length alone. */
export type GgufValue = number | boolean | string | readonly number[] | { readonly length: number }

export interface GgufTensor {
  readonly name: string
  readonly dtype: DType
  /** Slowest axis first, the reverse of the file's order. */
  readonly dims: readonly number[]
  readonly bytes: number
}

export interface GgufHeader {
  readonly version: number
  readonly metadata: ReadonlyMap<string, GgufValue>
  readonly tensors: readonly GgufTensor[]
}

const versions = [1, 2, 3]
const defaultAlignment = 32
const maxAxes = 4
const listType = 9
const textType = 8
/** Lists within one list of lists, which no writer makes. */
const maxInnerLists = 1024

/** Throws `truncated`, `malformed`, `unsupported-format`, `duplicate-value` and `dimension-too-large`. */
export async function readGgufHeader(source: ByteSource): Promise<GgufHeader> {
  const cursor = new GgufCursor(source)
  cursor.skip(4)
  const version = await readVersion(cursor)
  const tensorCount = await cursor.size()
  const entryCount = await cursor.size()
  // A name, a type and a value of a byte; a name, axes, a type and an offset.
  cursor.require(entryCount * (cursor.sizeBytes + 5) + tensorCount * (cursor.sizeBytes + 16))
  if (entryCount + tensorCount > maxFields / fieldsPerObject) {
    throw cursor.malformed('fewer entries', `${entryCount} entries, ${tensorCount} tensors`)
  }
  const metadata = new Map<string, GgufValue>()
  for (let i = 0; i < entryCount; i += 1) {
    const key = await cursor.text()
    if (metadata.has(key)) throw duplicate(key, cursor)
    metadata.set(key, await readValue(cursor, await cursor.u32()))
  }
  const tensors = await readTensors(cursor, tensorCount, alignmentOf(metadata, cursor))
  return { version, metadata, tensors }
}

/** A version that makes sense only with its bytes swapped is that of a big-endian file. */
async function readVersion(cursor: GgufCursor): Promise<number> {
  const read = await cursor.u32()
  let version = read
  if (read !== 0 && (read & 0xffff) === 0) {
    cursor.littleEndian = false
    cursor.at -= 4
    version = await cursor.u32()
  }
  if (!versions.includes(version)) {
    throw fail('unsupported-format', 'Convert the model again with a current llama.cpp.', {
      where: 'byte 4',
      expected: `GGUF version ${versions.join(', ')}`,
      received: String(version),
    })
  }
  if (version === 1) cursor.sizeBytes = 4
  return version
}

interface Scalar {
  readonly bytes: number
  readonly read: (view: DataView, offset: number, littleEndian: boolean) => number
}

/** By code; text, lists and 64-bit integers are read otherwise. */
const scalars: Readonly<Record<number, Scalar>> = {
  0: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  1: { bytes: 1, read: (view, offset) => view.getInt8(offset) },
  2: { bytes: 2, read: (view, offset, little) => view.getUint16(offset, little) },
  3: { bytes: 2, read: (view, offset, little) => view.getInt16(offset, little) },
  4: { bytes: 4, read: (view, offset, little) => view.getUint32(offset, little) },
  5: { bytes: 4, read: (view, offset, little) => view.getInt32(offset, little) },
  6: { bytes: 4, read: (view, offset, little) => view.getFloat32(offset, little) },
  7: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  12: { bytes: 8, read: (view, offset, little) => view.getFloat64(offset, little) },
}
const booleanType = 7
const unsigned64 = 10
const signed64 = 11

async function readValue(cursor: GgufCursor, type: number): Promise<GgufValue> {
  if (type === textType) return readText(cursor)
  if (type === listType) return readList(cursor, false)
  return readNumber(cursor, type)
}

/** Long texts (chat templates, licences) are jumped over. */
async function readText(cursor: GgufCursor): Promise<GgufValue> {
  const start = cursor.at
  const length = await cursor.size()
  if (length > maxKeptElements) {
    cursor.skip(length)
    return { length }
  }
  cursor.at = start
  return cursor.text()
}

async function readNumber(cursor: GgufCursor, type: number): Promise<number | boolean> {
  if (type === unsigned64 || type === signed64) return cursor.integer64(type === signed64)
  const scalar = scalars[type]
  if (scalar === undefined) throw cursor.malformed('a type of value from 0 to 12', String(type))
  const value = await cursor.scalar(scalar.bytes, scalar.read)
  return type === booleanType ? value !== 0 : value
}

async function readList(cursor: GgufCursor, isInner: boolean): Promise<GgufValue> {
  const type = await cursor.u32()
  const length = await cursor.size()
  if (type === textType) {
    await cursor.skipTexts(length)
    return { length }
  }
  if (type === listType) {
    if (isInner || length > maxInnerLists) throw cursor.malformed('a list of numbers or texts', 'lists of lists')
    for (let i = 0; i < length; i += 1) await readList(cursor, true)
    return { length }
  }
  const bytes = type === unsigned64 || type === signed64 ? 8 : scalars[type]?.bytes
  if (bytes === undefined) throw cursor.malformed('a type of value from 0 to 12', String(type))
  if (length > maxKeptElements) {
    cursor.skip(length * bytes)
    return { length }
  }
  const numbers: number[] = []
  for (let i = 0; i < length; i += 1) numbers.push(Number(await readNumber(cursor, type)))
  return numbers
}

function alignmentOf(metadata: ReadonlyMap<string, GgufValue>, cursor: GgufCursor): number {
  const alignment = metadata.get('general.alignment') ?? defaultAlignment
  if (typeof alignment === 'number' && alignment > 0 && Number.isInteger(Math.log2(alignment))) return alignment
  throw cursor.malformed('general.alignment to be a power of two', JSON.stringify(alignment))
}

async function readTensors(cursor: GgufCursor, count: number, alignment: number): Promise<GgufTensor[]> {
  const tensors: GgufTensor[] = []
  const names = new Set<string>()
  let endOfData = 0
  for (let i = 0; i < count; i += 1) {
    const name = await cursor.text()
    if (names.has(name)) throw duplicate(name, cursor)
    names.add(name)
    const axes = await cursor.u32()
    if (axes > maxAxes) throw cursor.malformed(`at most ${maxAxes} axes`, `${axes}`)
    const sizes: number[] = []
    for (let axis = 0; axis < axes; axis += 1) sizes.push(await cursor.size())
    const tensor = describeTensor(name, await cursor.u32(), sizes)
    const offset = await cursor.integer64(false)
    endOfData = Math.max(endOfData, offset + tensor.bytes)
    tensors.push(tensor)
  }
  if (tensors.length > 0) {
    cursor.skip((alignment - (cursor.at % alignment)) % alignment)
    cursor.require(endOfData)
  }
  return tensors
}

/** `sizes`: fastest axis first. */
function describeTensor(name: string, code: number, sizes: readonly number[]): GgufTensor {
  const dtype = ggmlType(code)
  if (dtype === null) {
    throw fail('unsupported-format', 'Quantize the model again with a released llama.cpp.', {
      where: name,
      expected: 'a type of ggml',
      received: `type ${code}`,
    })
  }
  const dims = sizes.toReversed()
  const elements = elementCount(dims, name)
  const traits = dtypes[dtype]
  const block = 'block' in traits ? traits.block : 1
  const row = sizes[0] ?? 1
  if (row % block !== 0) {
    throw fail('tensor-size-mismatch', 'Quantize the model again; its rows are no whole blocks.', {
      where: name,
      expected: `rows of a multiple of ${block} elements for ${dtype}`,
      received: `${row}`,
    })
  }
  return { name, dtype, dims, bytes: dtypeBytes(dtype, elements) }
}

function duplicate(name: string, cursor: GgufCursor) {
  return fail('duplicate-value', 'Convert the model again; names must be unique.', {
    where: `byte ${cursor.at}`,
    expected: 'every name once',
    received: `"${name.slice(0, 80)}" twice`,
  })
}
