/** What a link to the portal says: the question, never the answer. */
import type { Budget } from '../../../simulator/decide/budget.ts'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import type { Segment } from '../../../simulator/hardware/device.ts'
import type { StageId } from '../../../simulator/placement/stages.ts'
import { limits } from '../../../worker/contract/limits.ts'

/** Which model: a preset, a graph that travels in the link, or a file that the reader has to bring. */
export type ModelRef =
  | { readonly kind: 'preset'; readonly id: string }
  | { readonly kind: 'summary'; readonly summary: GraphSummary }
  | { readonly kind: 'file'; readonly modelId: string; readonly name: string }

/** Choices of the workbench; what is left out is the device's preference. */
export interface TargetChoice {
  readonly device?: string
  readonly unit?: string
  readonly runtime?: string
  readonly precision?: string
  readonly powerMode?: string
  readonly batch?: number
}

/** Devices that stand for a tab, an edge Worker and a cloud; what is left out is the first of its kind. */
export interface PlaceChoice {
  readonly browser?: string
  readonly worker?: string
  readonly cloud?: string
}

/** Sliders and conditions of the workbench; what is left out is as it is. */
export interface WhatIfChoice {
  /** Factors on the published channels and on the sides of the image. */
  readonly width?: number
  readonly resolution?: number
  /** Share of the channels that goes. */
  readonly prune?: number
  /** Share of the clock that the mode allows, and a factor on the bandwidth. */
  readonly clock?: number
  readonly bandwidth?: number
  /** Items per second; left out = back to back. */
  readonly ratePerS?: number
  readonly ambientC?: number
  /** Id of a battery of the catalog. */
  readonly battery?: string
  /** Timeline and verdict count what the application does before and after the network. */
  readonly endToEnd?: true
  /** Of one item, by stage, in place of what is assumed; 0 = the stage is left out. */
  readonly stageMs?: StageTimes
}

export type StageTimes = Readonly<Partial<Record<StageId, number>>>

/** A question of the workbench that later ones are compared with. */
export interface Pinned {
  readonly modelId: string
  readonly model: ModelRef
  readonly target: TargetChoice & { readonly device: string }
  readonly whatIf: WhatIfChoice
}

/** A result that the visitor measured; what is left out of the target is the device's preference. */
export interface OwnResult extends TargetChoice {
  readonly modelId: string
  /** `null` = a file. */
  readonly preset: string | null
  readonly device: string
  /** Of one batch. */
  readonly latencyMs: number
}

/** As many as a request to the API may bring. */
export const maxOwnResults = limits.maxAnchors

/** Views of the workbench, in the order of their tabs. */
export const workbenchViews = [
  'overview',
  'timeline',
  'roofline',
  'memory',
  'graph',
  'energy',
  'heat',
  'battery',
  'tries',
  'basis',
  'verify',
] as const
export type WorkbenchView = (typeof workbenchViews)[number]

export interface PortalState {
  readonly model: ModelRef | null
  readonly budget: Budget
  /** Empty = anywhere. */
  readonly segments: readonly Segment[]
  readonly target: TargetChoice
  /** Id of a network profile; `null` = the first. */
  readonly network: string | null
  readonly places: PlaceChoice
  readonly whatIf: WhatIfChoice
  /** `null` = the first. */
  readonly view: WorkbenchView | null
  readonly ownResults: readonly OwnResult[]
  /** `null` = nothing is pinned. */
  readonly pinned: Pinned | null
}

export const emptyState: PortalState = {
  model: null,
  budget: {},
  segments: [],
  target: {},
  network: null,
  places: {},
  whatIf: {},
  view: null,
  ownResults: [],
  pinned: null,
}
