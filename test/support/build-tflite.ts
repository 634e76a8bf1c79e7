/** TFLite files in code. Slots are those of schema.fbs, written out here and not taken from the reader under test. */
import { builtinOperators } from '../../simulator/import/tflite/builtin-operators.ts'
import {
  bytes,
  type Field,
  type FlatObject,
  flatFile,
  floats,
  i8,
  i32,
  i64,
  ints,
  longs,
  object,
  table,
  tables,
  text,
  u32,
} from './build-flatbuffer.ts'

const types = {
  float32: 0,
  float16: 1,
  int32: 2,
  uint8: 3,
  int64: 4,
  string: 5,
  bool: 6,
  int16: 7,
  int8: 9,
  resource: 13,
}
const subByteTypes = { int4: 17, int2: 19 }

export interface TensorSpec {
  readonly name?: string
  readonly type?: keyof typeof types | keyof typeof subByteTypes | number
  readonly shape?: readonly number[]
  readonly signature?: readonly number[]
  /** Content; its buffer is made here. */
  readonly data?: Uint8Array
  /** The content is that of the tensor with this index. */
  readonly sharesDataOf?: number
  /** Content that `model` puts behind everything else. */
  readonly appended?: Uint8Array
  readonly scales?: readonly number[]
  readonly zeroPoints?: readonly number[]
  readonly axis?: number
  readonly isVariable?: boolean
  readonly sparse?: FlatObject
  readonly external?: number
}

export interface NodeSpec {
  /** A builtin by name or number, or `custom:NAME`. */
  readonly op: string | number
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly options?: readonly Field[]
  /** Of a custom operator, as it keeps them. */
  readonly customOptions?: Uint8Array
}

export interface SubgraphSpec {
  readonly name?: string
  readonly tensors: readonly TensorSpec[]
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly nodes: readonly NodeSpec[]
}

export interface ModelSpec {
  readonly subgraphs: readonly SubgraphSpec[]
  readonly description?: string
  /** Keys of signatures by subgraph. */
  readonly signatures?: Readonly<Record<string, number>>
  /** Names of files with external buffers: id, offset and length of each. */
  readonly external?: Readonly<Record<string, readonly { id: number; offset: number; length: number }[]>>
}

export const int32s = (...values: readonly number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer)
export const float32s = (...values: readonly number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer)

/** One graph of named tensors: the index of a tensor is its position. */
export function graphModel(graph: SubgraphSpec): Uint8Array {
  return model({ subgraphs: [graph] })
}

/** A chain of RELUs over [batch, 8]. */
export function chain(nodes: number): Uint8Array {
  const tensors = Array.from({ length: nodes + 1 }, (_, index) => ({
    name: `v${index}`,
    shape: [1, 8],
    signature: [-1, 8],
  }))
  return graphModel({
    tensors,
    inputs: [0],
    outputs: [nodes],
    nodes: Array.from({ length: nodes }, (_, index) => ({ op: 'RELU', inputs: [index], outputs: [index + 1] })),
  })
}

export function model(spec: ModelSpec): Uint8Array {
  const buffers: FlatObject[] = [table()]
  const appended: Uint8Array[] = []
  const build = (offset: number) => {
    buffers.length = 1
    appended.length = 0
    return flatFile('TFL3', modelTable(spec, buffers, appended, offset))
  }
  // Once to learn where the appended content starts.
  const size = Math.ceil(build(2 ** 20).length / 16) * 16
  const file = build(size)
  if (appended.length === 0) return file
  const whole = new Uint8Array(size + appended.reduce((sum, { length }) => sum + length, 0))
  whole.set(file)
  let at = size
  for (const content of appended) {
    whole.set(content, at)
    at += content.length
  }
  return whole
}

function modelTable(spec: ModelSpec, buffers: FlatObject[], appended: Uint8Array[], offset: number): FlatObject {
  const codes = new Map<string | number, number>()
  const subgraphs = spec.subgraphs.map((graph) => subgraphTable(graph, buffers, appended, offset, codes))
  const groups = Object.keys(spec.external ?? {})
  const external = Object.values(spec.external ?? {}).flatMap((list, group) =>
    list.map(({ id, offset: at, length }) => table(u32(0, id), u32(1, group), i64(2, at), i64(3, length))),
  )
  return table(
    u32(0, 3),
    object(1, tables([...codes.keys()].map(operatorCode))),
    object(2, tables(subgraphs)),
    spec.description === undefined ? null : object(3, text(spec.description)),
    object(4, tables(buffers)),
    spec.signatures === undefined
      ? null
      : object(
          7,
          tables(Object.entries(spec.signatures).map(([key, graph]) => table(object(2, text(key)), u32(4, graph)))),
        ),
    groups.length === 0 ? null : object(8, tables(groups.map((name) => table(object(0, text(name)))))),
    external.length === 0 ? null : object(9, tables(external)),
  )
}

function operatorCode(op: string | number): FlatObject {
  const custom = typeof op === 'string' && op.startsWith('custom:') ? op.slice('custom:'.length) : null
  if (custom !== null) return table(i8(0, 32), object(1, text(custom)), i32(3, 32))
  const code = typeof op === 'number' ? op : builtinOperators.indexOf(op)
  return table(i8(0, Math.min(code, 127)), i32(3, code))
}

function subgraphTable(
  graph: SubgraphSpec,
  buffers: FlatObject[],
  appended: Uint8Array[],
  offset: number,
  codes: Map<string | number, number>,
): FlatObject {
  const bufferOf: number[] = []
  const tensors = graph.tensors.map((tensor, index) => {
    const buffer =
      tensor.sharesDataOf === undefined ? addBuffer(tensor, buffers, appended, offset) : bufferOf[tensor.sharesDataOf]
    bufferOf[index] = buffer ?? 0
    return tensorTable(tensor, buffer ?? 0)
  })
  return table(
    object(0, tables(tensors)),
    object(1, ints(graph.inputs)),
    object(2, ints(graph.outputs)),
    object(3, tables(graph.nodes.map((node) => nodeTable(node, codes)))),
    graph.name === undefined ? null : object(4, text(graph.name)),
  )
}

function addBuffer(tensor: TensorSpec, buffers: FlatObject[], appended: Uint8Array[], offset: number): number {
  if (tensor.data !== undefined) return buffers.push(table(object(0, bytes(tensor.data, 16)))) - 1
  if (tensor.appended === undefined) return 0
  const before = appended.reduce((sum, { length }) => sum + length, 0)
  appended.push(tensor.appended)
  return buffers.push(table(i64(1, offset + before), i64(2, tensor.appended.length))) - 1
}

function tensorTable(tensor: TensorSpec, buffer: number): FlatObject {
  const { type = 'float32', scales, zeroPoints } = tensor
  const code = typeof type === 'number' ? type : { ...types, ...subByteTypes }[type]
  return table(
    object(0, ints(tensor.shape ?? [])),
    i8(1, code),
    u32(2, buffer),
    tensor.name === undefined ? null : object(3, text(tensor.name)),
    scales === undefined
      ? null
      : object(
          4,
          table(
            object(2, floats(scales)),
            zeroPoints === undefined ? null : object(3, longs(zeroPoints)),
            i32(6, tensor.axis ?? 0),
          ),
        ),
    tensor.isVariable ? i8(5, 1) : null,
    tensor.sparse === undefined ? null : object(6, tensor.sparse),
    tensor.signature === undefined ? null : object(7, ints(tensor.signature)),
    tensor.external === undefined ? null : u32(10, tensor.external),
  )
}

const firstNewer = builtinOperators.indexOf('STABLEHLO_LOGISTIC')

function nodeTable(
  { op, inputs, outputs, options, customOptions }: NodeSpec,
  codes: Map<string | number, number>,
): FlatObject {
  const index = codes.get(op) ?? codes.size
  codes.set(op, index)
  const isNewer = typeof op === 'string' && builtinOperators.indexOf(op) >= firstNewer
  const union = isNewer ? 11 : 3
  return table(
    u32(0, index),
    object(1, ints(inputs)),
    object(2, ints(outputs)),
    options === undefined ? null : [i8(union, 1), object(union + 1, table(...options))],
    customOptions === undefined ? null : object(5, bytes(customOptions)),
  )
}
