/** What the workbench asks its worker, and what it is told. */
import type { BatteryLife } from '../../../simulator/decide/battery-life.ts'
import type { Ceilings } from '../../../simulator/decide/ceilings.ts'
import type { Sustained } from '../../../simulator/decide/sustained.ts'
import type { Change } from '../../../simulator/decide/what-if/change.ts'
import type { Outcome } from '../../../simulator/decide/what-if/outcome.ts'
import type { Hindrance } from '../../../simulator/decide/what-if/scenario.ts'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import type { KernelEdge } from '../../../simulator/placement/kernel-graph.ts'
import type { Metric, Prediction } from '../../../simulator/predict/prediction.ts'
import type { GraphLayout } from '../charts/graph-layout.ts'
import type { OwnResult, TargetChoice, WhatIfChoice } from '../state/portal-state.ts'
import type { PlacedRun } from './placed-run.ts'

export interface WorkbenchQuestion {
  readonly summary: GraphSummary
  readonly modelId: string
  /** `null` = a file, or a graph that came with a link. */
  readonly preset: string | null
  readonly device: string
  readonly choice: TargetChoice
  readonly whatIf: WhatIfChoice
  /** They narrow every prediction. */
  readonly ownResults: readonly OwnResult[]
}

export interface WorkbenchAnswer {
  /** With the sliders where they are. */
  readonly prediction: Prediction
  readonly placed: PlacedRun
  /** Against the model and the target as they are; `null` while no slider changes either. */
  readonly outcome: Outcome | null
  /** Sliders that this model cannot follow. */
  readonly hindered: readonly { readonly change: Change; readonly hindrance: Hindrance }[]
  /** `null` = no rate was chosen. */
  readonly powerAtRateW: Metric | null
  /** `null` where power or the machine is not known. */
  readonly sustained: Sustained | null
  /** At the rate that was chosen; `null` = no battery, no rate, or its power is not known. */
  readonly battery: BatteryLife | null
  /** At every rate that the target keeps up with, lowest first; empty without a battery. */
  readonly batteryByRate: readonly { readonly ratePerS: number; readonly life: BatteryLife }[]
  readonly ceilings: Ceilings
  readonly sliders: {
    readonly width: boolean
    /** Shorter side of the image as it is; `null` = no image, or its shapes are fixed. */
    readonly sidePixels: number | null
    readonly prune: boolean
  }
}

/** What flows between the kernels of the prediction, and where each stands in a drawing. */
export interface KernelGraph {
  readonly kernels: number
  readonly edges: readonly KernelEdge[]
  readonly layout: GraphLayout
}
