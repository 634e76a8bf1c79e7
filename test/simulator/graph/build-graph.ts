/** Graphs in code, for tests of the graph stage. */
import type { DType } from '../../../simulator/graph/dtype.ts'
import {
  type Attribute,
  type Constant,
  type Dim,
  type Graph,
  type Node,
  operatorKey,
  type Value,
} from '../../../simulator/graph/graph.ts'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import type { Work } from '../../../simulator/graph/operator.ts'
import type { TensorType } from '../../../simulator/graph/value-type.ts'
import { coremlDialect } from '../../../simulator/import/coreml/dialect.ts'
import { onnxDialect } from '../../../simulator/import/onnx/dialect.ts'
import { tfliteDialect } from '../../../simulator/import/tflite/dialect.ts'

/** Of the formats whose operators tests name. */
const dialects = [coremlDialect, onnxDialect, tfliteDialect]

type Shape = readonly Dim[]

/** Nodes in execution order; values are names. */
export class GraphBuilder {
  readonly nodes: Node[] = []
  readonly values = new Map<string, Value>()
  readonly constants = new Map<string, Constant>()
  readonly inputs: string[] = []
  readonly outputs: string[] = []
  readonly opsets: Record<string, number>

  constructor(opset = 21) {
    this.opsets = { '': opset }
  }

  input(name: string, shape: Shape | null, dtype: DType | null = 'float32'): string {
    this.inputs.push(name)
    this.values.set(name, { name, dtype, shape })
    return name
  }

  /** A weight without content. */
  weight(name: string, dims: readonly number[], dtype: DType = 'float32'): string {
    return this.constant(name, dims, null, dtype)
  }

  constant(name: string, dims: readonly number[], elements: readonly number[] | null, dtype: DType = 'int64'): string {
    this.constants.set(name, { name, dtype, dims, elements, external: null })
    return name
  }

  /** `key`: operator with its domain, as in `operatorKey`. Returns the first output. */
  node(
    key: string,
    inputs: readonly (string | null)[],
    attributes: Record<string, Attribute> = {},
    outputs: readonly (string | null)[] = [`v${this.nodes.length}`],
  ): string {
    const dot = key.lastIndexOf('.')
    const [domain, op] = [key.slice(0, Math.max(0, dot)), key.slice(dot + 1)]
    this.nodes.push({ name: `${op}_${this.nodes.length}`, domain, op, inputs, outputs, attributes })
    return outputs[0] ?? ''
  }

  declare(name: string, shape: Shape | null, dtype: DType | null = 'float32'): void {
    this.values.set(name, { name, dtype, shape })
  }

  output(...names: string[]): this {
    this.outputs.push(...names)
    return this
  }

  build(rest: Partial<Graph> = {}): Graph {
    const { nodes, values, constants, inputs, outputs, opsets } = this
    const dialect = dialects.find(({ operators, control }) =>
      nodes.map(operatorKey).some((key) => operators.has(key) || control.has(key)),
    )
    const graph = { name: 'test', nodes, values, constants, inputs, outputs, opsets, ...rest }
    return dialect === undefined ? graph : { ...graph, dialect }
  }
}

export function int64Vector(values: readonly number[]): Attribute {
  return {
    kind: 'tensor',
    tensor: { name: '', dtype: 'int64', dims: [values.length], elements: values, external: null },
  }
}

export function graphAttribute(graph: Graph): Attribute {
  return { kind: 'graph', graph }
}

/** One operand of an operator under test; with `elements` its content is known. */
export interface Operand {
  readonly shape: Shape | null
  readonly dtype?: DType
  readonly elements?: readonly number[]
}

/** Types of the outputs of a single operator. */
export function inferOperator(
  key: string,
  operands: readonly (Operand | null)[],
  attributes: Record<string, Attribute> = {},
  { opset = 21, outputs = 1 }: { readonly opset?: number; readonly outputs?: number } = {},
): readonly TensorType[] {
  const builder = new GraphBuilder(opset)
  const names = operands.map((operand, index) => {
    if (operand === null) return null
    const { shape, dtype = 'float32', elements } = operand
    const name = `x${index}`
    return elements === undefined
      ? builder.input(name, shape, dtype)
      : builder.constant(name, (shape ?? []).map(Number), elements, dtype)
  })
  const results = Array.from({ length: outputs }, (_, index) => `y${index}`)
  builder.node(key, names, attributes, results)
  const bound = inferShapes(builder.output(...results).build(), {})
  const [problem] = bound.problems.filter(({ code }) => code === 'shape-mismatch')
  if (problem !== undefined) throw new Error(`${problem.code}: ${problem.expected}, ${problem.received}`)
  return bound.outputs.map((value) => {
    if (value?.type.kind !== 'tensor') throw new Error('the output is no tensor')
    return value.type
  })
}

/** Shape of the first output. */
export function shapeOf(...operator: Parameters<typeof inferOperator>): Shape | null {
  return inferOperator(...operator)[0]?.shape ?? null
}

/** What one operator costs. */
export function workOf(key: string, operands: readonly Operand[], attributes: Record<string, Attribute> = {}): Work {
  const builder = new GraphBuilder()
  const names = operands.map(({ shape, dtype = 'float32' }, index) => builder.input(`x${index}`, shape, dtype))
  const [node] = inferShapes(builder.output(builder.node(key, names, attributes)).build(), {}).nodes
  if (node === undefined) throw new Error('no node')
  return node.work
}
