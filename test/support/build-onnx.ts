/**
 * ONNX messages for tests: small, odd and hostile files. Independent of the product's reader and writer; field numbers
 * are written out from onnx.proto3, so that a wrong number in the reader shows.
 */
import { concat, field, float32Field, repeated, varint, varintField } from './build-protobuf.ts'

export type Bytes = Uint8Array

export interface TensorParts {
  readonly name?: string
  readonly dims?: readonly (number | bigint)[]
  /** TensorProto.DataType: 1 float, 7 int64, … */
  readonly type?: number
  readonly raw?: Bytes
  readonly floats?: readonly number[]
  readonly int32s?: readonly (number | bigint)[]
  readonly int64s?: readonly (number | bigint)[]
  readonly uint64s?: readonly (number | bigint)[]
  readonly doubles?: readonly number[]
  readonly strings?: readonly string[]
  readonly external?: Readonly<Record<string, string>>
}

export function tensor(parts: TensorParts): Bytes {
  const packed = (number: number, values: readonly (number | bigint)[] | undefined) =>
    values === undefined ? concat() : field(number, concat(...values.map(varint)))
  return concat(
    packed(1, parts.dims),
    varintField(2, parts.type ?? 1),
    parts.floats === undefined ? concat() : field(4, bytesOf(Float32Array.from(parts.floats))),
    packed(5, parts.int32s),
    repeated(parts.strings, (text) => field(6, text)),
    packed(7, parts.int64s),
    parts.name === undefined ? concat() : field(8, parts.name),
    parts.raw === undefined ? concat() : field(9, parts.raw),
    parts.doubles === undefined ? concat() : field(10, bytesOf(Float64Array.from(parts.doubles))),
    packed(11, parts.uint64s),
    repeated(Object.entries(parts.external ?? {}), ([key, value]) => field(13, concat(field(1, key), field(2, value)))),
    parts.external === undefined ? concat() : varintField(14, 1),
  )
}

export function bytesOf(values: Float32Array | Float64Array | Int32Array | BigInt64Array | Uint16Array): Bytes {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

/** AttributeProto with its type: 1 float, 2 int, 3 string, 4 tensor, 5 graph, 6 floats, 7 ints, 8 strings, 10 graphs. */
export const attribute = {
  float: (name: string, value: number) => typed(name, 1, float32Field(2, value)),
  int: (name: string, value: number | bigint) => typed(name, 2, varintField(3, value)),
  string: (name: string, value: string | Bytes) => typed(name, 3, field(4, value)),
  tensor: (name: string, value: Bytes) => typed(name, 4, field(5, value)),
  graph: (name: string, value: Bytes) => typed(name, 5, field(6, value)),
  floats: (name: string, values: readonly number[]) =>
    typed(
      name,
      6,
      repeated(values, (value) => float32Field(7, value)),
    ),
  ints: (name: string, values: readonly (number | bigint)[]) =>
    typed(
      name,
      7,
      repeated(values, (value) => varintField(8, value)),
    ),
  strings: (name: string, values: readonly string[]) =>
    typed(
      name,
      8,
      repeated(values, (value) => field(9, value)),
    ),
  graphs: (name: string, values: readonly Bytes[]) =>
    typed(
      name,
      10,
      repeated(values, (value) => field(11, value)),
    ),
  reference: (name: string, callerName: string) => concat(field(1, name), field(21, callerName), varintField(20, 2)),
}

function typed(name: string, type: number, content: Bytes): Bytes {
  return concat(field(1, name), content, varintField(20, type))
}

export interface NodeParts {
  readonly name?: string
  readonly domain?: string
  readonly overload?: string
  readonly attributes?: readonly Bytes[]
}

export function node(op: string, inputs: readonly string[], outputs: readonly string[], parts: NodeParts = {}): Bytes {
  return concat(
    repeated(inputs, (name) => field(1, name)),
    repeated(outputs, (name) => field(2, name)),
    parts.name === undefined ? concat() : field(3, parts.name),
    field(4, op),
    repeated(parts.attributes, (bytes) => field(5, bytes)),
    parts.domain === undefined ? concat() : field(7, parts.domain),
    parts.overload === undefined ? concat() : field(8, parts.overload),
  )
}

/** ValueInfoProto of a tensor. Dimension: number, symbol, or `null` for none given. `shape` absent: rank unknown. */
export function value(name: string, shape?: readonly (number | bigint | string | null)[], type = 1): Bytes {
  const dims = repeated(shape, (dim) =>
    field(1, dim === null ? concat() : typeof dim === 'string' ? field(2, dim) : varintField(1, dim)),
  )
  const tensorType = concat(varintField(1, type), shape === undefined ? concat() : field(2, dims))
  return concat(field(1, name), field(2, field(1, tensorType)))
}

export interface GraphParts {
  readonly name?: string
  readonly nodes?: readonly Bytes[]
  readonly inputs?: readonly Bytes[]
  readonly outputs?: readonly Bytes[]
  readonly valueInfo?: readonly Bytes[]
  readonly initializers?: readonly Bytes[]
  readonly sparseInitializers?: readonly Bytes[]
}

export function graph(parts: GraphParts): Bytes {
  return concat(
    repeated(parts.nodes, (bytes) => field(1, bytes)),
    field(2, parts.name ?? 'graph'),
    repeated(parts.initializers, (bytes) => field(5, bytes)),
    repeated(parts.inputs, (bytes) => field(11, bytes)),
    repeated(parts.outputs, (bytes) => field(12, bytes)),
    repeated(parts.valueInfo, (bytes) => field(13, bytes)),
    repeated(parts.sparseInitializers, (bytes) => field(15, bytes)),
  )
}

export interface FunctionParts {
  readonly name: string
  readonly domain: string
  readonly inputs?: readonly string[]
  readonly outputs?: readonly string[]
  readonly attributeNames?: readonly string[]
  readonly defaults?: readonly Bytes[]
  readonly nodes?: readonly Bytes[]
  readonly overload?: string
}

export function localFunction(parts: FunctionParts): Bytes {
  return concat(
    field(1, parts.name),
    repeated(parts.inputs, (name) => field(4, name)),
    repeated(parts.outputs, (name) => field(5, name)),
    repeated(parts.attributeNames, (name) => field(6, name)),
    repeated(parts.nodes, (bytes) => field(7, bytes)),
    field(9, opset('', 18)),
    field(10, parts.domain),
    repeated(parts.defaults, (bytes) => field(11, bytes)),
    parts.overload === undefined ? concat() : field(13, parts.overload),
  )
}

export function opset(domain: string, version: number | bigint): Bytes {
  return concat(domain === '' ? concat() : field(1, domain), varintField(2, version))
}

export interface ModelParts {
  readonly irVersion?: number
  readonly producer?: string
  readonly graph?: Bytes
  readonly opsets?: readonly Bytes[]
  readonly functions?: readonly Bytes[]
}

export function model(parts: ModelParts): Bytes {
  return concat(
    varintField(1, parts.irVersion ?? 8),
    field(2, parts.producer ?? 'test'),
    parts.graph === undefined ? concat() : field(7, parts.graph),
    repeated(parts.opsets ?? [opset('', 17)], (bytes) => field(8, bytes)),
    repeated(parts.functions, (bytes) => field(25, bytes)),
  )
}

/** A whole file around one graph. */
export function modelOf(parts: GraphParts): Bytes {
  return model({ graph: graph(parts) })
}

/** x → Relu → … → y, `length` nodes. */
export function chain(length: number): Bytes {
  const name = (index: number) => (index === 0 ? 'x' : index === length ? 'y' : `v${index}`)
  return modelOf({
    inputs: [value('x', [1, 3, 8, 8])],
    outputs: [value('y', [1, 3, 8, 8])],
    nodes: Array.from({ length }, (_, index) => node('Relu', [name(index)], [name(index + 1)])),
  })
}
