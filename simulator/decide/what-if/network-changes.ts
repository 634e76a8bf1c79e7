/** Changes to the network itself: another one of the zoo, multipliers, structured pruning (docs/method/what-if.md). */

import type { PresetOptions } from '../../build/preset.ts'
import type { Graph, Value } from '../../graph/graph.ts'
import { ProblemError } from '../../problem.ts'
import { pruneChannels } from '../../transform/prune/prune.ts'
import { changed, hindered, type Note, type Scenario, type Step, withGraph, type Zoo } from './scenario.ts'

/** Throws `unknown-preset`. */
export function exchange(scenario: Scenario, preset: string, { buildPreset }: Zoo): Step {
  if (scenario.origin.preset?.id === preset) return hindered('already-so')
  const graph = buildPreset(preset)
  return changed(withGraph(scenario, graph, { bindings: {}, preset: { id: preset, options: {} } }))
}

/** `width`, `depth` of a family that defines it. */
export function multiply(scenario: Scenario, axis: 'width' | 'depth', factor: number, zoo: Zoo): Step {
  const { preset } = scenario.origin
  if (factor === 1) return hindered('already-so')
  if (preset === null) return hindered('needs-preset')
  const { scales = [] } = zoo.presets.get(preset.id) ?? {}
  if (!scales.includes(axis)) return hindered('not-parametric', scales.length === 0 ? null : scales.join(', '))
  return rebuilt(scenario, { [axis]: (preset.options[axis] ?? 1) * factor }, zoo, () => [])
}

/** Images of another size: presets are built at it, files keep their weights and are read at it. */
export function resize(scenario: Scenario, factor: number, zoo: Zoo): Step {
  const { preset, graph } = scenario.origin
  if (factor === 1) return hindered('already-so')
  if (preset !== null) return rebuilt(scenario, { resolution: (preset.options.resolution ?? 1) * factor }, zoo, sideOf)
  if (graph === null) return hindered('needs-graph')
  return resizeGraph(scenario, graph, factor)
}

function rebuilt(scenario: Scenario, options: PresetOptions, zoo: Zoo, notesOn: (graph: Graph) => Note[]): Step {
  const { preset } = scenario.origin
  if (preset === null) return hindered('needs-preset')
  const combined = { ...preset.options, ...options }
  return attempt('not-parametric', () => {
    const graph = zoo.buildPreset(preset.id, combined)
    return changed(
      withGraph(scenario, graph, { bindings: {}, preset: { ...preset, options: combined } }),
      notesOn(graph),
    )
  })
}

/** Every published network halves its map up to five times. */
const sideStep = 32

function resizeGraph(scenario: Scenario, graph: Graph, factor: number): Step {
  const [input] = graph.inputs
  const value = input === undefined ? undefined : graph.values.get(input)
  const sides = scenario.request.summary.tensors.find(({ role }) => role === 'input')?.shape
  if (input === undefined || value === undefined || sides?.length !== 4) return hindered('none-found')
  const scaled = (side: number): number => Math.max(1, Math.round((side * factor) / sideStep)) * sideStep
  const [n = 1, ...rest] = sides
  // The channels are the short axis: NCHW or NHWC.
  const isChannelsLast = (rest[2] ?? 0) < (rest[0] ?? 0)
  const shape = isChannelsLast
    ? [n, scaled(rest[0] ?? 1), scaled(rest[1] ?? 1), rest[2] ?? 1]
    : [n, rest[0] ?? 1, scaled(rest[1] ?? 1), scaled(rest[2] ?? 1)]
  const values = new Map<string, Value>([...graph.values, [input, { ...value, shape }]])
  return attempt('fixed-shape', () => {
    const resized = { ...graph, values }
    const bindings = { inputValues: scenario.origin.bindings.inputValues ?? {} }
    return changed(withGraph(scenario, resized, { bindings, preset: null }), sideOf(resized))
  })
}

/** The shorter side of the first input. */
function sideOf({ inputs, values }: Graph): Note[] {
  const shape = values.get(inputs[0] ?? '')?.shape ?? []
  const sizes = shape.slice(1).flatMap((dim) => (typeof dim === 'number' ? dim : []))
  const side = sizes.toSorted((a, b) => b - a)[1]
  return sizes.length === 3 && side !== undefined ? [{ code: 'input-pixels', count: side, of: null }] : []
}

/** Channels go in multiples of `multiple`, so that what is left still fills the hardware. */
export function prune(scenario: Scenario, ratio: number, multiple: number): Step {
  const { graph, bindings } = scenario.origin
  if (ratio === 0) return hindered('already-so')
  if (graph === null) return hindered('needs-graph')
  return attempt('fixed-shape', () => {
    const pruned = pruneChannels(graph, { ratio, multiple, bindings })
    const all = pruned.groups.reduce((sum, { channels }) => sum + channels, 0)
    const kept = pruned.groups.reduce((sum, group) => sum + group.kept, 0)
    if (kept === all) return hindered('none-found')
    return changed(withGraph(scenario, pruned.graph, { bindings, preset: null }), [
      { code: 'channels-left', count: kept, of: all },
      ...(pruned.fixed.length === 0 ? [] : [{ code: 'layers-fixed', count: pruned.fixed.length, of: null } as const]),
    ])
  })
}

/** A model that cannot be changed so is bad news, not bad input; where it broke is the detail. */
function attempt(code: 'not-parametric' | 'fixed-shape', build: () => Step): Step {
  try {
    return build()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return hindered(code, error.problem.where)
  }
}
