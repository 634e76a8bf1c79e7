/** What the worker of the tab does for the portal: everything that touches a model or the catalog. */
import type { FusionProfileId } from '../../../device-catalog/runtimes/fusion.ts'
import type { Budget } from '../../../simulator/decide/budget.ts'
import type { Change } from '../../../simulator/decide/what-if/change.ts'
import type { Trial } from '../../../simulator/decide/what-if/trial.ts'
import type { Amounts, ModelDiff, ModelLayers } from '../../../simulator/graph/diff.ts'
import type { PrecisionId } from '../../../simulator/graph/precision.ts'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import type { Segment } from '../../../simulator/hardware/device.ts'
import type { Problem } from '../../../simulator/problem.ts'
import type { EdgeRunMeasurement, Report } from '../../../simulator/report/format.ts'
import type { Verification } from '../../../simulator/report/recompute.ts'
import type { Answer } from '../answer/answer.ts'
import type { OwnResult, TargetChoice } from '../state/portal-state.ts'
import type { PlaceKind, PlacesAnswer } from './compare-places.ts'
import type { DeviceStore } from './device-store.ts'
import type { OwnResultCheck } from './own-results.ts'
import type { PowerStates } from './power-states.ts'
import type { RunnableUnit } from './runnable.ts'
import type { KernelGraph, WorkbenchAnswer, WorkbenchQuestion } from './workbench-question.ts'

export interface OpenedModel {
  readonly id: string
  readonly name: string
  readonly summary: GraphSummary
  readonly parameters: number
  /** `null` = some operator's work is not known. */
  readonly macs: number | null
  /** Shapes of the inputs, in order. */
  readonly inputs: readonly (readonly number[])[]
  /** The preset that the network is, however it was exported; `null` = none that is known. */
  readonly recognised: string | null
  /** Bad news that did not stop the reading. */
  readonly problems: readonly Problem[]
}

/** A size that the file leaves to its user: a symbol, `input[axis]`, or an input of unknown rank. */
export interface OpenDimension {
  readonly name: string
  /** Inputs that have it, with their declared shapes: `data: [N, 3, H, W]`. */
  readonly where: readonly string[]
}

export type Reading =
  | { readonly kind: 'opened'; readonly model: OpenedModel }
  | { readonly kind: 'open-dimensions'; readonly dimensions: readonly OpenDimension[] }

export type Catalog = Pick<DeviceStore, 'devices' | 'networks'>

/** Size by the name of an open dimension; a whole shape for an input of unknown rank. */
export type Bindings = Readonly<Record<string, readonly number[]>>

export interface ReportRequest {
  readonly title: string
  readonly summary: GraphSummary
  readonly budget: Budget
  readonly segments: readonly Segment[]
  readonly edgeRun: EdgeRunMeasurement | null
}

export interface PlacesRequest {
  readonly summary: GraphSummary
  /** Device id in each place, and the target wished on the first. */
  readonly devices: Readonly<Record<PlaceKind, string>>
  readonly choice: TargetChoice
  readonly networkId: string
  readonly isWarm: boolean
  readonly deadlineMs: number | null
  /** Time per inference that the edge run measured; `null` = none. */
  readonly measuredWorkerMs: number | null
  readonly ownResults: readonly OwnResult[]
}

/** A preset, or a file that was opened in this tab, counted in a precision; `null` = as it is stored. */
export interface ModelChoice {
  readonly model:
    | { readonly kind: 'preset'; readonly id: string }
    | { readonly kind: 'opened'; readonly modelId: string; readonly name: string }
  readonly precision: PrecisionId | null
}

export interface LiveLayer {
  readonly name: string
  readonly liveBytes: number
}

export interface ModelDetail {
  readonly layers: ModelLayers
  readonly totals: Amounts
  /** In execution order. */
  readonly live: readonly LiveLayer[]
  /** How many kernels each runtime's fusion table leaves. */
  readonly kernels: readonly { readonly profile: FusionProfileId; readonly kernels: number }[]
}

/** All bad input comes back as `ProblemError`. */
export interface ModelService {
  catalog(): Promise<Catalog>
  /** A model and the files beside it that hold its data or its configuration. */
  openFiles(files: readonly File[], bindings: Bindings): Promise<Reading>
  openPreset(id: string): Promise<OpenedModel>
  openSummary(summary: GraphSummary): Promise<OpenedModel>
  /** Every device of the segments (all when empty) on its preferred target, against the budget. */
  answer(
    summary: GraphSummary,
    budget: Budget,
    segments: readonly Segment[],
    ownResults: readonly OwnResult[],
  ): Promise<Answer>
  /** Which of them count while this model is open, in their order. */
  checkOwnResults(summary: GraphSummary, ownResults: readonly OwnResult[]): Promise<readonly OwnResultCheck[]>
  /** One target in full, with the sliders where they are: kernels, explanation, basis, heat, battery. */
  workbench(question: WorkbenchQuestion): Promise<WorkbenchAnswer>
  /** Which runtimes of the device execute the network. */
  runnable(question: WorkbenchQuestion): Promise<readonly RunnableUnit[]>
  /** How data flows between its kernels. */
  kernelGraph(question: WorkbenchQuestion): Promise<KernelGraph>
  /** The same target at other clocks and in other power modes, against the budget. */
  powerStates(question: WorkbenchQuestion, budget: Budget): Promise<PowerStates>
  /** Changes worth trying on the target as it is chosen. */
  proposals(question: WorkbenchQuestion): Promise<readonly Change[]>
  tryChange(question: WorkbenchQuestion, change: Change): Promise<Trial>
  /** The same model on the device, in a tab, at the edge and in the cloud, end to end. */
  places(request: PlacesRequest): Promise<PlacesAnswer>
  /** Without the visitor's own results: whoever verifies it has the catalog only. */
  report(request: ReportRequest): Promise<Report>
  /** Layers, memory and kernels of one model. */
  inspect(choice: ModelChoice): ModelDetail
  /** What changed between two models, or between two precisions of one. */
  diff(before: ModelChoice, after: ModelChoice): ModelDiff
  /** Computes every row of a report again from its summary and compares bytes. */
  verify(report: Report): Promise<Verification>
}
