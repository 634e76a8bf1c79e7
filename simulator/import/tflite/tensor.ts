/** Tensor tables: name, type, shape, and for constants what is stored and how it is quantized. */
import { type DType, dtypeBytes } from '../../graph/dtype.ts'
import type { Constant, Quantization } from '../../graph/graph.ts'
import { fail } from '../../problem.ts'
import { elementCount } from '../element-count.ts'
import { type FlatBuffer, malformed, Table } from '../flatbuffer.ts'
import { visitsPerObject } from '../limits.ts'
import { decodeRaw, keepsElements } from '../tensor-elements.ts'
import type { StoredData, TfliteBuffers } from './buffers.ts'
import {
  dtypeOfTensorType,
  quantizationSlots,
  sparseDimensionSlots,
  sparseIndexBytes,
  sparseVectorSlots,
  sparsitySlots,
  tensorSlots,
} from './fields.ts'

export interface TfliteTensor {
  readonly name: string
  readonly dtype: DType | null
  /** As the interpreter allocates it before any input is resized; negative where the file leaves even that open. */
  readonly dims: readonly number[]
  /** `null`: any size will do. The whole is `null` where the file does not even say the rank. */
  readonly shape: readonly (number | null)[] | null
  readonly constant: Constant | null
  readonly isVariable: boolean
  /** What a constant takes in the file. */
  readonly storage: Storage | null
}

interface Storage {
  /** Where the content is, which tensors may share: a buffer by number, an external one by its negative id. */
  readonly place: number
  readonly contentBytes: number
  readonly scaleBytes: number
  readonly zeroPointBytes: number
  /** Positions of a sparse tensor's elements. */
  readonly indexBytes: number
}

/** `name` stands in where the file has none. Throws `malformed`, `tensor-size-mismatch`, `truncated`, `unsafe-path`, … */
export function readTensor(file: FlatBuffer, at: number, buffers: TfliteBuffers, fallbackName: string): TfliteTensor {
  file.visit(visitsPerObject)
  const tensor = new Table(file, at)
  const type = tensor.i8(tensorSlots.type)
  const dtype = dtypeOfTensorType(type)
  if (dtype === undefined) throw malformed(at, 'an element type of the TFLite schema', String(type))
  const name = tensor.text(tensorSlots.name) || fallbackName
  const dims = tensor.ints(tensorSlots.shape)
  const signature = tensor.ints(tensorSlots.shapeSignature)
  const sizes = signature.length === dims.length ? signature : dims
  const isOpen = sizes.some((size) => size < 0)
  const shape = isOpen ? dims.map((dim, axis) => (Math.min(sizes[axis] ?? dim, dim) < 0 ? null : dim)) : dims
  elementCount(isOpen ? dims.filter((dim) => dim >= 0) : dims, name)
  const isVariable = tensor.u8(tensorSlots.isVariable) !== 0
  const isRanked = dims.length > 0 || tensor.u8(tensorSlots.hasRank) !== 0
  const described = { name, dtype, dims, shape: isRanked ? shape : null, isVariable }
  const content = dtype === null || isVariable ? null : readContent(file, tensor, buffers)
  if (dtype === null || content === null) return { ...described, constant: null, storage: null }
  const quantization = readQuantization(tensor)
  const sparse = tensor.table(tensorSlots.sparsity)
  // A constant has no open sizes.
  elementCount(dims, name)
  const keeps = quantization === null
  const elements = sparse === null ? readElements(file, described, dtype, content, keeps) : null
  const constant = { name, dtype, dims, elements, external: content.external }
  return {
    ...described,
    constant: quantization === null ? constant : { ...constant, quantization },
    storage: {
      place: content.place,
      contentBytes: content.bytes,
      scaleBytes: scaleBytes * (quantization?.scales ?? 0),
      zeroPointBytes: zeroPointBytes * (quantization?.zeroPoints ?? 0),
      indexBytes: sparse === null ? 0 : sparsityBytes(file, sparse),
    },
  }
}

interface Content {
  readonly place: number
  readonly bytes: number
  readonly data: StoredData | null
  readonly external: Constant['external']
}

/** `null` for a tensor without content of its own. */
function readContent(file: FlatBuffer, tensor: Table, buffers: TfliteBuffers): Content | null {
  const externalId = tensor.u32(tensorSlots.externalBuffer)
  if (externalId !== 0) {
    file.visit(visitsPerObject)
    const external = buffers.external(externalId, tensor.at)
    return { place: -externalId, bytes: external.lengthBytes ?? 0, data: null, external }
  }
  const index = tensor.u32(tensorSlots.buffer)
  const data = buffers.data(index, tensor.at)
  return data.bytes === 0 ? null : { place: index, bytes: data.bytes, data, external: null }
}

/**
 * Checks the size that is stored against the shape, and gives the elements where they may decide other shapes: what has
 * scales (`keeps: false`), biases above all, does not.
 */
function readElements(
  file: FlatBuffer,
  { name, dims }: Pick<TfliteTensor, 'name' | 'dims'>,
  dtype: DType,
  { bytes, data }: Content,
  keeps: boolean,
): number[] | null {
  const count = elementCount(dims, name)
  if (dtype === 'string') return null
  const due = dtypeBytes(dtype, count)
  if (due !== bytes) {
    throw fail('tensor-size-mismatch', 'Export the model again; this tensor was cut or its shape altered.', {
      where: name,
      expected: `${due} for [${dims.join(', ')}]`,
      received: String(bytes),
    })
  }
  if (data === null || !keeps || !keepsElements(dtype, count)) return null
  file.visit(count)
  return decodeRaw(dtype, file.bytes(data.start, bytes), count)
}

const scaleBytes = 4
const zeroPointBytes = 8

/** Scales are float32 and zero points int64; blockwise ones lie in tensors of their own, which count as such. */
function readQuantization(tensor: Table): Quantization | null {
  const table = tensor.table(tensorSlots.quantization)
  if (table === null) return null
  const scales = table.list(quantizationSlots.scale, scaleBytes).length
  const zeroPoints = table.list(quantizationSlots.zeroPoint, zeroPointBytes).length
  if (scales === 0) return null
  const axis = scales === 1 ? null : table.i32(quantizationSlots.dimension)
  return { scales, zeroPoints, axis }
}

/** Segments and indices of the compressed dimensions. */
function sparsityBytes(file: FlatBuffer, sparsity: Table): number {
  let bytes = 0
  for (const at of sparsity.tables(sparsitySlots.dimensions)) {
    const dimension = new Table(file, at)
    for (const [typeSlot, valueSlot] of [
      [sparseDimensionSlots.segmentsType, sparseDimensionSlots.segments],
      [sparseDimensionSlots.indicesType, sparseDimensionSlots.indices],
    ] as const) {
      const elementBytes = sparseIndexBytes[dimension.u8(typeSlot)]
      if (elementBytes === undefined) continue
      bytes += elementBytes * (dimension.table(valueSlot)?.list(sparseVectorSlots.values, elementBytes).length ?? 0)
    }
  }
  return bytes
}
