/** Everything a file says about its network, as plain JSON: the answer of `edgefit inspect`. */

import { architectureIdOf } from '../graph/architecture-id.ts'
import type { ShapeBindings } from '../graph/bindings.ts'
import { type BoundGraph, type BoundNode, type BoundValue, isDoneBefore } from '../graph/bound.ts'
import { boundLifetimes } from '../graph/bound-lifetimes.ts'
import type { DType } from '../graph/dtype.ts'
import type { Dim, Graph, Shape } from '../graph/graph.ts'
import { inferShapes } from '../graph/infer.ts'
import { modelId } from '../graph/model-id.ts'
import { countParameters } from '../graph/parameters.ts'
import { isStatic } from '../graph/shape.ts'
import { summarize } from '../graph/summarize.ts'
import type { Problem } from '../problem.ts'
import type { ParsedModel } from './reader.ts'

interface TensorInspection {
  readonly dtype: DType | null
  /** `null` while a dimension is not known. */
  readonly shape: readonly number[] | null
}

/** Inputs and outputs keep the symbols that the caller may bind. */
interface PortInspection {
  readonly name: string
  readonly dtype: DType | null
  readonly shape: Shape
}

/** Unknown is `null`, never 0. */
export interface Inspection {
  readonly format: string
  readonly modelId: string | null
  /** The same for every export of one architecture (docs/method/canonical-form.md, CAN-4). */
  readonly architectureId: string | null
  /** Version of the ai.onnx operator set. */
  readonly opset: number | null
  readonly nodes: number
  readonly nodesAllGraphs: number
  readonly params: number
  readonly macs: number | null
  /** By operator, only operators with multiply-accumulates or with unknown work. */
  readonly macsByOp: Readonly<Record<string, number | null>>
  readonly weightBytes: number
  readonly weightBytesByDtype: Readonly<Partial<Record<DType, number>>> | null
  readonly peakActivationBytes: number | null
  readonly inputs: readonly PortInspection[]
  readonly outputs: readonly PortInspection[]
  /** Sizes of open dimensions that are the file's own defaults, since nobody gave any. */
  readonly defaultSizes: Readonly<Record<string, number>>
  /** Every named value of all graphs, and every tensor of a file that names them otherwise. */
  readonly tensors: Readonly<Record<string, TensorInspection>>
  /** Share of the operators that execute whose work is known. */
  readonly coverage: number
  readonly problems: readonly Problem[]
}

/** Throws only what `bindInputs` refuses: bindings that contradict the model. Open symbols are `problems`. */
export async function inspectModel(parsed: ParsedModel, bindings: ShapeBindings): Promise<Inspection> {
  const bound = inferShapes(parsed.graph, bindings)
  const isBound = bound.unboundDimensions.length === 0
  const hasGraph = bound.graph.nodes.length > 0 || bound.graph.outputs.length > 0
  const executed = bound.nodes.filter((node) => !isDoneBefore(node))
  const summary = isBound && hasGraph ? summarize(bound, '') : null
  const macsByOp = macsByOperator(executed)
  const lifetimes = boundLifetimes(bound, { viewsAreFree: false, weightsFold: true })
  return {
    format: parsed.format,
    modelId: summary === null ? null : await modelId(summary),
    architectureId: summary === null ? null : architectureIdOf(summary),
    opset: parsed.graph.opsets[''] ?? null,
    nodes: parsed.nodes,
    nodesAllGraphs: parsed.nodesAllGraphs,
    params: countParameters(bound),
    macs: hasGraph ? Object.values(macsByOp).reduce<number | null>(addKnown, 0) : null,
    macsByOp,
    weightBytes: parsed.weightBytes,
    weightBytesByDtype: parsed.weightBytesByDtype,
    peakActivationBytes: hasGraph ? (lifetimes?.peakBytes ?? null) : null,
    inputs: bound.inputs.map((value) => inspectPort(value, value.name, bound)),
    outputs: bound.outputs.map((value, index) => inspectPort(value, parsed.graph.outputs[index] ?? '', bound)),
    defaultSizes: takenDefaults(parsed.graph, bindings),
    tensors: {
      ...parsed.tensors,
      ...Object.fromEntries([...bound.values].map(([name, value]) => [name, inspectTensor(value)])),
    },
    coverage: hasGraph ? coverageOf(executed) : 0,
    problems: [...parsed.problems, ...bound.problems],
  }
}

function takenDefaults(graph: Graph, { dims, inputShapes }: ShapeBindings): Readonly<Record<string, number>> {
  const shaped = Object.keys(inputShapes ?? {}).flatMap((input) => graph.values.get(input)?.shape ?? [])
  const given = new Set<Dim>([...Object.keys(dims ?? {}), ...shaped])
  return Object.fromEntries(Object.entries(graph.defaultSizes ?? {}).filter(([symbol]) => !given.has(symbol)))
}

function addKnown(total: number | null, amount: number | null): number | null {
  return total === null || amount === null ? null : total + amount
}

/** Loops count under the operators of their bodies, times the iterations. */
function macsByOperator(nodes: readonly BoundNode[]): Record<string, number | null> {
  const totals = new Map<string, number | null>()
  const count = (node: BoundNode, rounds: number | null): void => {
    if (node.body === null || node.work.macs === null) {
      const macs = node.work.macs === null || rounds === null ? null : node.work.macs * rounds
      if (macs !== 0) totals.set(node.key, addKnown(totals.get(node.key) ?? (totals.has(node.key) ? null : 0), macs))
      return
    }
    const { rounds: bodyRounds, nodes: inner } = node.body
    for (const each of inner)
      if (!isDoneBefore(each)) count(each, rounds === null || bodyRounds === null ? null : rounds * bodyRounds)
  }
  for (const node of nodes) count(node, 1)
  return Object.fromEntries(totals)
}

function coverageOf(nodes: readonly BoundNode[]): number {
  if (nodes.length === 0) return 1
  return nodes.filter(({ work }) => work.macs !== null && work.vectorOps !== null).length / nodes.length
}

function inspectTensor({ type }: BoundValue): TensorInspection {
  if (type.kind !== 'tensor') return { dtype: null, shape: null }
  return { dtype: type.dtype, shape: isStatic(type.shape) ? type.shape : null }
}

/** A value that inference could not type shows what the file declares. */
function inspectPort(value: BoundValue | null, name: string, bound: BoundGraph): PortInspection {
  const declared = bound.graph.values.get(name)
  const type = value?.type.kind === 'tensor' ? value.type : null
  return { name, dtype: type?.dtype ?? declared?.dtype ?? null, shape: type?.shape ?? declared?.shape ?? null }
}
