/**
 * Precision as a graph: every operator in its number format, conversions where formats meet.
 *
 * The result is an ordinary graph: its summary, costs, file and diff say what the formats cost, scales included. Inputs
 * and outputs keep their types.
 */
import type { ShapeBindings } from '../graph/bindings.ts'
import type { BoundNode } from '../graph/bound.ts'
import type { Graph } from '../graph/graph.ts'
import { bindShapes, inferShapes } from '../graph/infer.ts'
import type { OperatorClass } from '../graph/summary.ts'
import { fail } from '../problem.ts'
import { type NumberFormat, numberFormats } from './number-formats.ts'
import { PrecisionWriter } from './precision-writer.ts'

export interface PrecisionAssignment {
  /** Everything not named below; default fp32. */
  readonly format?: NumberFormat
  readonly byClass?: Readonly<Partial<Record<OperatorClass, NumberFormat>>>
  /** By node name; wins over the class. */
  readonly byName?: Readonly<Record<string, NumberFormat>>
}

/** The operator-set version that has 16-bit quantization, int4 and blocks of weights. */
const neededOpset = 21

/**
 * The graph in the formats assigned; one that is quantized already keeps its quantized operators.
 *
 * Throws `unsupported-opset` for integer formats on an older operator set, `invalid-field` for a node that does not
 * exist, and what `bindShapes` throws.
 */
export function assignPrecision(graph: Graph, assignment: PrecisionAssignment, bindings: ShapeBindings = {}): Graph {
  const { format = numberFormats.fp32, byClass = {}, byName = {} } = assignment
  const formats = [format, ...Object.values(byClass), ...Object.values(byName)]
  if (formats.some(isQuantized)) checkOpset(graph)
  checkNames(graph, Object.keys(byName))
  const bound = bindShapes(graph, bindings)
  const boundNodes = new Map(bound.nodes.map((node) => [node.node, node]))
  const writer = new PrecisionWriter(bound)
  for (const node of graph.nodes) {
    const known = boundNodes.get(node)
    if (known === undefined || isLeftAlone(known)) writer.keep(node)
    else writer.write(known, byName[node.name] ?? byClass[known.class] ?? format)
  }
  const result = writer.finish()
  verify(graph, result, bindings)
  return result
}

/** Shape arithmetic and what was quantized before. */
function isLeftAlone(node: BoundNode): boolean {
  return node.isWeight || node.isShapeArithmetic || node.body !== null || node.class === 'quantization'
}

function isQuantized({ weights, activations }: NumberFormat): boolean {
  return weights !== undefined || activations !== undefined
}

function checkOpset(graph: Graph): void {
  const opset = graph.opsets['']
  if (opset === undefined || opset >= neededOpset) return
  throw fail('unsupported-opset', 'Convert the model to a newer operator set first.', {
    where: graph.name,
    expected: `at least ${neededOpset}`,
    received: `${opset}`,
  })
}

function checkNames(graph: Graph, names: readonly string[]): void {
  const known = new Set(graph.nodes.map(({ name }) => name))
  const unknown = names.find((name) => !known.has(name))
  if (unknown !== undefined) throw fail('invalid-field', 'Name a node of the graph.', { where: `byName.${unknown}` })
}

/** The types of inputs and outputs are the model's interface; a conversion left out shows there or as a contradiction. */
function verify(before: Graph, after: Graph, bindings: ShapeBindings): void {
  const found = inferShapes(after, bindings)
  const contradiction = found.problems.find(({ code }) => code === 'shape-mismatch')
  if (contradiction !== undefined) throw new Error(`precision broke ${contradiction.where}`)
  before.outputs.forEach((name, index) => {
    const type = found.outputs[index]?.type
    const [is, was] = [type?.kind === 'tensor' ? type.dtype : null, before.values.get(name)?.dtype ?? null]
    if (was !== null && is !== was) throw new Error(`precision changed output ${name} from ${was} to ${is}`)
  })
}
