/** File, preset or travelled graph → an opened model: its summary, its id and the few figures shown beside its name. */

import { buildPreset } from '../../../model-zoo/index.ts'
import { recognisedPreset } from '../../../model-zoo/recognise.ts'
import { architectureIdOf } from '../../../simulator/graph/architecture-id.ts'
import type { ShapeBindings } from '../../../simulator/graph/bindings.ts'
import type { BoundGraph } from '../../../simulator/graph/bound.ts'
import type { Graph } from '../../../simulator/graph/graph.ts'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import { modelId } from '../../../simulator/graph/model-id.ts'
import { formatShape } from '../../../simulator/graph/shape.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import { openInFolder } from '../../../simulator/import/folder.ts'
import { type Problem, ProblemError } from '../../../simulator/problem.ts'
import { folderOf, modelAmong } from './dropped-files.ts'
import type { Bindings, OpenDimension, OpenedModel, Reading } from './model-service.ts'
import type { ReportProgress } from './rpc.ts'

/** Called with what was opened, before it is answered. */
export type KeepGraph = (modelId: string, bound: BoundGraph) => void

/** `files`: the model and what lies beside it. */
export async function readFiles(
  files: readonly File[],
  bindings: Bindings,
  report: ReportProgress,
  keep: KeepGraph,
): Promise<Reading> {
  report({ stage: 'opening', share: null })
  const file = modelAmong(files)
  const folder = folderOf(files, (read, share) => report({ stage: 'reading', share: read === file ? share : null }))
  const parsed = await openInFolder(folder, file.name)
  report({ stage: 'shapes', share: null })
  const bound = inferShapes(parsed.graph, shapeBindings(parsed.graph, bindings))
  if (bound.unboundDimensions.length > 0) {
    return { kind: 'open-dimensions', dimensions: openDimensions(parsed.graph, bound.unboundDimensions) }
  }
  refuseContradictions(bound)
  report({ stage: 'counting', share: null })
  const problems = [...parsed.problems, ...bound.problems]
  const model = await describe(summarize(bound, file.name), problems)
  keep(model.id, bound)
  return { kind: 'opened', model }
}

export async function readPreset(id: string): Promise<OpenedModel> {
  const bound = inferShapes(buildPreset(id), {})
  return describe(summarize(bound, id), bound.problems)
}

export async function describe(summary: GraphSummary, problems: readonly Problem[] = []): Promise<OpenedModel> {
  const macs = summary.operators.map((operator) => operator.macs)
  return {
    id: await modelId(summary),
    name: summary.name,
    summary,
    parameters: summary.constants.reduce((sum, { elements }) => sum + elements, 0),
    macs: macs.includes(null) ? null : macs.reduce<number>((sum, each) => sum + (each ?? 0), 0),
    inputs: summary.tensors.filter(({ role }) => role === 'input').map(({ shape }) => shape),
    recognised: recognisedPreset(architectureIdOf(summary)),
    problems,
  }
}

/** Symbols bind by name; `input[axis]` and inputs of unknown rank need the whole shape of that input. */
function shapeBindings(graph: Graph, bindings: Bindings): ShapeBindings {
  const dims: Record<string, number> = {}
  const inputShapes: Record<string, readonly number[]> = {}
  const unnamed = (input: string, axis: number) => bindings[`${input}[${axis}]`]?.[0]
  for (const input of graph.inputs) {
    const shape = graph.values.get(input)?.shape ?? null
    const whole = bindings[input]
    if (shape === null) {
      if (whole !== undefined) inputShapes[input] = whole
      continue
    }
    const sizes = shape.map((dim, axis) =>
      typeof dim === 'number' ? dim : dim === null ? unnamed(input, axis) : bindings[dim]?.[0],
    )
    for (const [axis, dim] of shape.entries()) {
      const size = sizes[axis]
      if (typeof dim === 'string' && size !== undefined) dims[dim] = size
    }
    const complete = sizes.flatMap((size) => (size === undefined ? [] : [size]))
    if (shape.includes(null) && complete.length === shape.length) inputShapes[input] = complete
  }
  return { dims, inputShapes }
}

function openDimensions(graph: Graph, names: readonly string[]): readonly OpenDimension[] {
  return names.map((name) => ({
    name,
    where: graph.inputs.flatMap((input) => {
      const shape = graph.values.get(input)?.shape ?? null
      const mentions = shape?.some((dim, axis) => dim === name || `${input}[${axis}]` === name) ?? input === name
      return mentions ? [`${input}: ${formatShape(shape)}`] : []
    }),
  }))
}

function refuseContradictions(bound: BoundGraph): void {
  const contradiction = bound.problems.find(({ code }) => code === 'shape-mismatch')
  if (contradiction !== undefined) throw new ProblemError(contradiction)
}
