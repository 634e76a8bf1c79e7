/**
 * The report file: what is stored, shared and recomputed. Fields only, no logic.
 *
 * A report carries the graph summary, the budget and the answers, so that anyone can compute it again and compare bytes.
 * It is addressed by the SHA-256 of its canonical JSON, so nothing in it depends on when or where it was made.
 */
import type { Budget, Fit } from '../decide/budget.ts'
import type { GraphSummary } from '../graph/summary.ts'
import type { KernelResult, Prediction } from '../predict/prediction.ts'

/** One bar of the "largest kernels" list; the whole kernel table is recomputed from the summary. */
export type KernelShare = Pick<KernelResult, 'name' | 'class' | 'timeMs' | 'bound'>

/** A prediction without what the summary recomputes (kernel table, explanation tree), which would be 20 times its size. */
export interface ReportPrediction extends Omit<Prediction, 'kernels' | 'explanation' | 'largestKernels'> {
  readonly largestKernels: readonly KernelShare[]
}

/** One device: the answer and its verdict against the report's budget. */
export interface ReportRow {
  readonly deviceName: string
  readonly prediction: ReportPrediction
  readonly fit: Fit
}

/** Inference really run at the edge, as its coordinator timed it. Attached as it was measured, never recomputed. */
export interface EdgeRunMeasurement {
  /** `preset:ID` of the network that ran. */
  readonly model: string
  readonly precision: string
  readonly valid: boolean
  readonly method: string
  readonly slopeMs: number | null
  readonly interceptMs: number | null
  readonly r2: number | null
  /** `k` inferences in one call took `ms`. */
  readonly samples: readonly { readonly k: number; readonly ms: number }[]
  readonly versions: Readonly<Record<string, string>>
  /** Data centre that ran it; `null` = local or not stated. */
  readonly colo: string | null
}

/** `size-limit`: a server takes reports up to a size. */
export const omissionReasons = ['size-limit'] as const
export type OmissionReason = (typeof omissionReasons)[number]

/** Devices that were answered and are not in the report. */
interface Omission {
  readonly count: number
  readonly reason: OmissionReason
}

export interface Report {
  readonly format: 'edgefit-report'
  /** Of this shape; raised when a reader of the old shape would misread the new one. */
  readonly version: 1
  readonly title: string
  readonly createdWith: { readonly engineVersion: string; readonly catalogVersion: string }
  readonly model: { readonly id: string; readonly name: string; readonly summary: GraphSummary }
  readonly budget: Budget
  /** Best verdict first; see `buildReport`. */
  readonly rows: readonly ReportRow[]
  /** Absent = every device that was answered has its row. */
  readonly omitted?: Omission
  readonly edgeRun: EdgeRunMeasurement | null
}
