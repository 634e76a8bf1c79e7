/** Field numbers of ONNX messages, those that are read. Source: onnx/onnx.proto3, IR version 13. */
import type { MessageLayout } from '../skim.ts'

export const modelFields = {
  irVersion: 1,
  producerName: 2,
  producerVersion: 3,
  domain: 4,
  modelVersion: 5,
  docString: 6,
  graph: 7,
  opsetImport: 8,
  metadataProps: 14,
  trainingInfo: 20,
  functions: 25,
  configuration: 26,
} as const

export const opsetFields = { domain: 1, version: 2 } as const

export const graphFields = {
  node: 1,
  name: 2,
  initializer: 5,
  input: 11,
  output: 12,
  valueInfo: 13,
  sparseInitializer: 15,
} as const

export const nodeFields = { input: 1, output: 2, name: 3, opType: 4, attribute: 5, domain: 7, overload: 8 } as const

export const attributeFields = {
  name: 1,
  f: 2,
  i: 3,
  s: 4,
  t: 5,
  g: 6,
  floats: 7,
  ints: 8,
  strings: 9,
  graphs: 11,
  type: 20,
  refAttrName: 21,
  sparseTensor: 22,
} as const

/** AttributeProto.AttributeType, those that `Attribute` can express. */
export const attributeTypes = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  graph: 5,
  floats: 6,
  ints: 7,
  strings: 8,
  graphs: 10,
  sparseTensor: 11,
} as const

export const tensorFields = {
  dims: 1,
  dataType: 2,
  floatData: 4,
  int32Data: 5,
  stringData: 6,
  int64Data: 7,
  name: 8,
  rawData: 9,
  doubleData: 10,
  uint64Data: 11,
  externalData: 13,
  dataLocation: 14,
} as const

export const entryFields = { key: 1, value: 2 } as const

export const sparseTensorFields = { values: 1, indices: 2, dims: 3 } as const

export const valueInfoFields = { name: 1, type: 2 } as const
export const typeFields = { tensorType: 1 } as const
export const tensorTypeFields = { elemType: 1, shape: 2 } as const
export const shapeFields = { dim: 1 } as const
export const dimFields = { dimValue: 1, dimParam: 2 } as const

export const functionFields = {
  name: 1,
  input: 4,
  output: 5,
  attribute: 6,
  node: 7,
  opsetImport: 9,
  domain: 10,
  attributeProto: 11,
  valueInfo: 12,
  overload: 13,
} as const

/** Which fields hold messages: where a walk descends instead of jumping over. */
const leaf: MessageLayout = {}
const tensor: MessageLayout = { [tensorFields.externalData]: leaf }
const sparseTensor: MessageLayout = { [sparseTensorFields.values]: tensor, [sparseTensorFields.indices]: tensor }
const shape: MessageLayout = { [shapeFields.dim]: leaf }
const tensorType: MessageLayout = { [tensorTypeFields.shape]: shape }
const valueInfo: MessageLayout = { [valueInfoFields.type]: { [typeFields.tensorType]: tensorType } }
const attribute: Record<number, MessageLayout | 'keep'> = {
  [attributeFields.floats]: 'keep',
  [attributeFields.ints]: 'keep',
  [attributeFields.t]: tensor,
  [attributeFields.sparseTensor]: sparseTensor,
}
const node: MessageLayout = { [nodeFields.attribute]: attribute }
const graph: MessageLayout = {
  [graphFields.node]: node,
  [graphFields.initializer]: tensor,
  [graphFields.input]: valueInfo,
  [graphFields.output]: valueInfo,
  [graphFields.valueInfo]: valueInfo,
  [graphFields.sparseInitializer]: sparseTensor,
}
attribute[attributeFields.g] = graph
attribute[attributeFields.graphs] = graph
const localFunction: MessageLayout = {
  [functionFields.node]: node,
  [functionFields.opsetImport]: leaf,
  [functionFields.attributeProto]: attribute,
  [functionFields.valueInfo]: valueInfo,
}

export const modelLayout: MessageLayout = {
  [modelFields.graph]: graph,
  [modelFields.opsetImport]: leaf,
  [modelFields.functions]: localFunction,
}
