/** What a change starts from and leads to: a model, and the question about it. */
import type { PresetInfo, PresetOptions } from '../../build/preset.ts'
import type { ShapeBindings } from '../../graph/bindings.ts'
import type { Graph } from '../../graph/graph.ts'
import { bindShapes } from '../../graph/infer.ts'
import { summarize } from '../../graph/summarize.ts'
import type { GraphSummary } from '../../graph/summary.ts'
import type { Device } from '../../hardware/device.ts'
import type { PredictionRequest } from '../../predict/request.ts'

/** How the model came about, for changes that need more than its summary. */
export interface ModelOrigin {
  /** `null` = only the summary is at hand. */
  readonly graph: Graph | null
  /** Sizes given to what the graph leaves open. */
  readonly bindings: ShapeBindings
  /** `null` = no preset. */
  readonly preset: { readonly id: string; readonly options: PresetOptions } | null
}

export const summaryOnly: ModelOrigin = { graph: null, bindings: {}, preset: null }

export interface Scenario {
  readonly origin: ModelOrigin
  readonly request: PredictionRequest
}

/** What lies outside the scenario. */
export interface Surroundings {
  /** Throws `unknown-device`. */
  deviceById(id: string): Device
  readonly zoo: Zoo
}

/** Networks that can be built by name. */
export interface Zoo {
  readonly presets: ReadonlyMap<string, PresetInfo>
  /** Throws `unknown-preset`, and `invalid-field` for options that the family does not have. */
  buildPreset(id: string, options?: PresetOptions): Graph
}

/** Why a change does nothing here; a value, not an error. */
export interface Hindrance {
  readonly code: HindranceCode
  /** What is in the way, or what there is instead; `null` = nothing to add. */
  readonly detail: string | null
}

export const hindranceCodes = [
  /** The scenario is like that already. */
  'already-so',
  /** The device, unit or runtime does not have it; the detail lists what there is. */
  'not-on-target',
  /** The weights and wiring are needed, and only a summary is at hand. */
  'needs-graph',
  /** Only presets can be exchanged or scaled. */
  'needs-preset',
  /** The family does not define this multiplier, or cannot be built so. */
  'not-parametric',
  /** The shapes of the file cannot be changed without breaking it; the detail names the node. */
  'fixed-shape',
  /** Nothing in the model that the change could touch. */
  'none-found',
  /** The silicon multiplies zeros like any other number. */
  'dense-silicon',
  /** The silicon could skip them, this runtime does not. */
  'dense-runtime',
  /** Too few zeros, the wrong pattern, precision or layers for the kernels that skip them. */
  'dense-layers',
] as const
export type HindranceCode = (typeof hindranceCodes)[number]

/** A fact about what the change did: how many of what. */
export interface Note {
  readonly code: NoteCode
  readonly count: number
  readonly of: number | null
}

export const noteCodes = [
  'channels-left', // of all that could go
  'layers-fixed', // that could not be pruned
  'activations-replaced',
  'transposes-dropped',
  'transposes-kept', // part of attention, not of the layout
  'channels-padded', // layers
  'layers-skipping-zeros', // of all products
  'layers-dense', // of which the pattern does not divide
  'input-pixels', // side of the image
] as const
export type NoteCode = (typeof noteCodes)[number]

export type Step =
  | { readonly scenario: Scenario; readonly notes: readonly Note[]; readonly hindrance: null }
  | { readonly scenario: null; readonly hindrance: Hindrance }

export function changed(scenario: Scenario, notes: readonly Note[] = []): Step {
  return { scenario, notes, hindrance: null }
}

export function hindered(code: HindranceCode, detail: string | null = null): Step {
  return { scenario: null, hindrance: { code, detail } }
}

/** Another model in the same question. Figures that a measurement anchors to the old model's id do not carry over. */
export function withSummary(scenario: Scenario, summary: GraphSummary, origin: ModelOrigin = summaryOnly): Scenario {
  return {
    origin,
    request: { ...scenario.request, summary, modelId: changedModelId, workloads: undefined },
  }
}

/** A changed model has no id of its own: nobody can ask for it by one. */
export const changedModelId = 'changed'

/** Throws what `bindShapes` throws. */
export function withGraph(scenario: Scenario, graph: Graph, origin: Omit<ModelOrigin, 'graph'>): Scenario {
  const summary = summarize(bindShapes(graph, origin.bindings), scenario.request.summary.name)
  return withSummary(scenario, summary, { ...origin, graph })
}

/** The same model asked about elsewhere. */
export function asking(scenario: Scenario, question: Partial<PredictionRequest>): Scenario {
  return { ...scenario, request: { ...scenario.request, ...question } }
}
