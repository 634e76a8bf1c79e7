/**
 * Field numbers of ML Programs, the Model Intermediate Language of Core ML, those that are read.
 * Source: coremltools/mlmodel/format/MIL.proto.
 */
import type { DType } from '../../graph/dtype.ts'
import type { MessageLayout } from '../skim.ts'

export const programFields = { functions: 2 } as const
/** Entries of every map. */
export const entryFields = { key: 1, value: 2 } as const
export const functionFields = { inputs: 1, opset: 2, blocks: 3 } as const
export const blockFields = { inputs: 1, outputs: 2, operations: 3 } as const
export const operationFields = { type: 1, inputs: 2, outputs: 3, blocks: 4, attributes: 5 } as const
export const argumentFields = { bindings: 1 } as const
export const bindingFields = { name: 1, value: 2 } as const
export const namedTypeFields = { name: 1, type: 2 } as const

export const typeFields = { tensor: 1, list: 2, state: 5 } as const
export const listTypeFields = { element: 1 } as const
export const stateTypeFields = { wrapped: 1 } as const
export const tensorTypeFields = { dataType: 1, rank: 2, dimensions: 3 } as const
export const dimensionFields = { constant: 1, unknown: 2 } as const
export const constantDimensionFields = { size: 1 } as const
export const unknownDimensionFields = { variadic: 1 } as const

export const valueFields = { type: 2, immediate: 3, blobFile: 5 } as const
export const immediateFields = { tensor: 1 } as const
export const blobFileFields = { fileName: 1, offset: 2 } as const
export const tensorValueFields = {
  floats: 1,
  ints: 2,
  bools: 3,
  strings: 4,
  longInts: 5,
  doubles: 6,
  bytes: 7,
} as const
/** RepeatedFloats and its like. */
export const repeatedFields = { values: 1 } as const

/** DataType. */
export const dtypeByCode: Readonly<Record<number, DType>> = {
  1: 'bool',
  2: 'string',
  10: 'float16',
  11: 'float32',
  12: 'float64',
  13: 'bfloat16',
  21: 'int8',
  22: 'int16',
  23: 'int32',
  24: 'int64',
  25: 'int4',
  31: 'uint8',
  32: 'uint16',
  33: 'uint32',
  34: 'uint64',
  35: 'uint4',
  36: 'uint2',
  37: 'uint1',
  38: 'uint6',
  39: 'uint3',
  40: 'float8e4m3fn',
  41: 'float8e5m2',
}

/** Which fields hold messages: where a walk descends instead of jumping over. */
const leaf: MessageLayout = {}
const type: Record<number, MessageLayout> = {
  [typeFields.tensor]: { [tensorTypeFields.dimensions]: leaf },
}
type[typeFields.list] = { [listTypeFields.element]: type }
type[typeFields.state] = { [stateTypeFields.wrapped]: type }
const value: MessageLayout = {
  [valueFields.type]: type,
  [valueFields.immediate]: {
    [immediateFields.tensor]: {
      [tensorValueFields.floats]: leaf,
      [tensorValueFields.ints]: leaf,
      [tensorValueFields.bools]: leaf,
      [tensorValueFields.strings]: leaf,
      [tensorValueFields.longInts]: leaf,
      [tensorValueFields.doubles]: leaf,
      [tensorValueFields.bytes]: leaf,
    },
  },
  [valueFields.blobFile]: leaf,
}
const namedType: MessageLayout = { [namedTypeFields.type]: type }
const operation: Record<number, MessageLayout> = {
  [operationFields.inputs]: {
    [entryFields.value]: { [argumentFields.bindings]: { [bindingFields.value]: value } },
  },
  [operationFields.outputs]: namedType,
  [operationFields.attributes]: { [entryFields.value]: value },
}
const block: MessageLayout = { [blockFields.inputs]: namedType, [blockFields.operations]: operation }
operation[operationFields.blocks] = block

export const programLayout: MessageLayout = {
  [programFields.functions]: {
    [entryFields.value]: {
      [functionFields.inputs]: namedType,
      [functionFields.blocks]: { [entryFields.value]: block },
    },
  },
}
