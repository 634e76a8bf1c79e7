/**
 * Slots of the tables of a TFLite file that are read, by table: with `options.ts` the only knowledge of the schema.
 * Source: tensorflow/compiler/mlir/lite/schema/schema.fbs. A union takes two slots, its type and its value.
 */
import type { DType } from '../../graph/dtype.ts'

export const modelSlots = {
  operatorCodes: 1,
  subgraphs: 2,
  description: 3,
  buffers: 4,
  signatures: 7,
  externalGroups: 8,
  externalBuffers: 9,
} as const

/** `builtinCode` replaces a field of one byte, which newer files still fill up to 127. */
export const operatorCodeSlots = { deprecatedBuiltinCode: 0, customCode: 1, builtinCode: 3 } as const

export const subgraphSlots = { tensors: 0, inputs: 1, outputs: 2, operators: 3, name: 4 } as const

export const tensorSlots = {
  shape: 0,
  type: 1,
  buffer: 2,
  name: 3,
  quantization: 4,
  isVariable: 5,
  sparsity: 6,
  shapeSignature: 7,
  hasRank: 8,
  externalBuffer: 10,
} as const

/** Data in place, or elsewhere in the file: `offset` counts from its start, for files beyond 2 GB. */
export const bufferSlots = { data: 0, offset: 1, size: 2 } as const

/** Data in a file beside the model, named by its group; tensors refer to it by `id`, 0 being none. */
export const externalGroupSlots = { name: 0 } as const
export const externalBufferSlots = { id: 0, group: 1, offset: 2, length: 3 } as const

export const quantizationSlots = { scale: 2, zeroPoint: 3, dimension: 6 } as const

export const sparsitySlots = { dimensions: 2 } as const
export const sparseDimensionSlots = { segmentsType: 2, segments: 3, indicesType: 4, indices: 5 } as const
export const sparseVectorSlots = { values: 0 } as const
/** Width of an element by the type of a SparseIndexVector: Int32Vector, Uint16Vector, Uint8Vector. */
export const sparseIndexBytes: readonly (number | undefined)[] = [undefined, 4, 2, 1]

export const operatorSlots = {
  opcodeIndex: 0,
  inputs: 1,
  outputs: 2,
  options: 4,
  customOptions: 5,
  options2: 12,
} as const

export const signatureSlots = { key: 2, subgraph: 4 } as const

/** enum TensorType from 0 on; `null`: handles of resources and variants, which have no elements. */
const tensorTypes: readonly (DType | null)[] = [
  'float32',
  'float16',
  'int32',
  'uint8',
  'int64',
  'string',
  'bool',
  'int16',
  'complex64',
  'int8',
  'float64',
  'complex128',
  'uint64',
  null,
  null,
  'uint32',
  'uint16',
  'int4',
  'bfloat16',
  'int2',
  'uint4',
  'float8e4m3fn',
  'float8e5m2',
]

/** `undefined`: a type that the schema does not have. */
export function dtypeOfTensorType(type: number): DType | null | undefined {
  return tensorTypes[type]
}
