/**
 * Structured pruning: whole channels go, and every node that depends on their number is re-shaped exactly.
 *
 * Dependencies are found by following channels through the graph (`trace.ts`, one rule per operator) as in DepGraph
 * (arXiv:2301.12900), here element by element: residual additions join layers, concatenations keep them apart.
 */
import type { ShapeBindings } from '../../graph/bindings.ts'
import type { BoundGraph } from '../../graph/bound.ts'
import type { Graph } from '../../graph/graph.ts'
import { bindShapes, inferShapes } from '../../graph/infer.ts'
import { formatShape } from '../../graph/shape.ts'
import { fail } from '../../problem.ts'
import { capturedBy } from '../captured-values.ts'
import { hoistConstants } from './hoist-constants.ts'
import { rewrite } from './rewrite.ts'
import { traceNode } from './rules.ts'
import { type ChannelGroup, type FixedLayer, selectChannels } from './select.ts'
import { Trace } from './trace.ts'

export interface PruneOptions {
  /** Share of the channels that goes, in [0, 1): of every group, or by group id (others keep all). */
  readonly ratio: number | Readonly<Record<string, number>>
  /** Every pruned layer keeps a multiple of this many channels; default 8. */
  readonly multiple?: number
  /** Sizes of named dimensions, while the dependencies are found. */
  readonly bindings?: ShapeBindings
}

export interface PrunedModel {
  readonly graph: Graph
  readonly groups: readonly ChannelGroup[]
  /** What could not be pruned, with the node that stands in the way. */
  readonly fixed: readonly FixedLayer[]
}

/**
 * The graph with fewer channels; inputs and outputs keep their shapes.
 *
 * Throws `invalid-field` for a ratio or multiple out of range or an unknown group, and what `bindShapes` throws.
 */
export function pruneChannels(graph: Graph, { ratio, multiple = 8, bindings = {} }: PruneOptions): PrunedModel {
  const bound = bindShapes(hoistConstants(graph), bindings)
  const trace = traceChannels(bound)
  checkMultiple(multiple)
  const ratioOf =
    typeof ratio === 'number' ? () => checkedRatio(ratio) : (group: string) => checkedRatio(ratio[group] ?? 0)
  const { groups, fixed, keeps } = selectChannels(trace.sets, ratioOf, multiple)
  if (typeof ratio !== 'number') checkGroups(Object.keys(ratio), groups)
  const pruned = rewrite(trace, keeps)
  verify(bound, inferShapes(pruned, bindings))
  return { graph: pruned, groups, fixed }
}

function traceChannels(bound: BoundGraph): Trace {
  const trace = new Trace(bound)
  const { nodes, outputs } = bound.graph
  for (const node of nodes) {
    if (node.outputs.every((name) => name === null || trace.isWeight(name))) continue
    traceNode(trace, node)
    for (const name of outputs) {
      const track = node.outputs.includes(name) ? trace.track(name) : null
      if (track !== null) trace.sets.fix(track.channels, { node: name, reason: 'graph-output' })
    }
  }
  for (const node of nodes) {
    for (const name of capturedBy(node)) {
      const track = trace.track(name)
      if (track !== null) trace.fix(node, track.channels, 'operator')
    }
  }
  return trace
}

/** A rule that is wrong shows here: as a contradiction, or as an output of another shape. */
function verify(before: BoundGraph, after: BoundGraph): void {
  const contradiction = after.problems.find(({ code }) => code === 'shape-mismatch')
  if (contradiction !== undefined) {
    throw new Error(`pruning broke ${contradiction.where}: ${contradiction.expected}, not ${contradiction.received}`)
  }
  before.outputs.forEach((output, index) => {
    const shapes = [output, after.outputs[index]].map((value) =>
      value?.type.kind === 'tensor' ? formatShape(value.type.shape) : '',
    )
    if (shapes[0] !== shapes[1]) throw new Error(`pruning changed ${output?.name} from ${shapes[0]} to ${shapes[1]}`)
  })
}

function checkedRatio(ratio: number): number {
  if (ratio >= 0 && ratio < 1) return ratio
  throw fail('invalid-field', 'Give a share from 0 up to, not including, 1.', { where: 'ratio', received: `${ratio}` })
}

function checkMultiple(multiple: number): void {
  if (Number.isSafeInteger(multiple) && multiple > 0) return
  throw fail('invalid-field', 'Give a positive integer.', { where: 'multiple', received: `${multiple}` })
}

function checkGroups(asked: readonly string[], groups: readonly ChannelGroup[]): void {
  const ids = new Set(groups.map(({ id }) => id))
  const unknown = asked.find((id) => !ids.has(id))
  if (unknown === undefined) return
  throw fail('invalid-field', 'Name a group by its first layer.', {
    where: `ratio.${unknown}`,
    expected: [...ids].slice(0, 5).join(', '),
  })
}
