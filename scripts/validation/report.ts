/** The form of `device-catalog/validation.gen.json`: what the API serves and the portal and docs/accuracy.md show. */
import type { Cell } from '../../device-catalog/evidence/cases.ts'
import type { Quantity } from '../../device-catalog/evidence/quantity.ts'
import type { SplitAxis } from '../../device-catalog/evidence/splits.ts'
import type { CalibrationPoint, Metrics } from './metrics.ts'
import type { OrderAccuracy } from './order.ts'
import type { SignAccuracy } from './precision-sign.ts'
import type { VerdictAccuracy } from './verdicts.ts'

export interface ValidationReport {
  readonly version: 1
  readonly engineVersion: string
  readonly catalogVersion: string
  /** SHA-256 over the evidence, its ledger and the versions. */
  readonly inputsHash: string
  readonly evidence: EvidenceCount
  readonly quarantine: readonly QuarantineRecord[]
  readonly splits: Readonly<Record<SplitAxis, SplitReport>>
  /** A sample of the pooled rows, fixed by their ids, each predicted without its model. */
  readonly points: readonly Point[]
  /** Ledger entries of every source that is named in this report. */
  readonly sources: readonly SourceCredit[]
}

export interface EvidenceCount {
  readonly rows: number
  readonly presets: number
  readonly devices: number
  readonly sources: number
  /** Trust 3 and more, newest, outside the quarantine. */
  readonly scored: number
  readonly unanswered: readonly { readonly code: string; readonly rows: number }[]
}

export interface QuarantineRecord {
  readonly rowId: string
  readonly presetId: string
  readonly deviceId: string
  readonly runtime: string
  readonly precision: string
  readonly trust: number
  readonly measuredMs: number
  readonly floorMs: number
  readonly floorFrom: 'compute' | 'memory'
  readonly arithmetic: string
  readonly sourceId: string
}

export interface SplitReport {
  readonly folds: number
  /** Latency and throughput of networks. */
  readonly pooled: Comparison
  readonly order: OrderComparison | null
  readonly precisionSign: SignAccuracy | null
  readonly calibration: readonly CalibrationPoint[]
  readonly verdicts: VerdictAccuracy | null
  /** Cells of at least `leastFamilyRows` rows, largest first. */
  readonly families: readonly FamilyReport[]
  readonly language: readonly (Comparison & { readonly quantity: Quantity })[]
  readonly energy: readonly (Comparison & { readonly origin: string })[]
  /** The pooled rows that are farthest off. */
  readonly worst: readonly Point[]
}

export interface Comparison {
  readonly rows: number
  readonly models: number
  readonly devices: number
  /** Without an answer. */
  readonly unanswered: number
  readonly metrics: Metrics | null
  readonly baselines: Readonly<Record<string, BaselineMetrics | null>>
  /** `null` = no row has a sister. */
  readonly sisterBound: BaselineMetrics | null
}

export type BaselineMetrics = Pick<Metrics, 'n' | 'mdApe' | 'p90Factor'>

export interface OrderComparison extends OrderAccuracy {
  readonly baselines: Readonly<Record<string, number | null>>
}

export type FamilyReport = Cell & Comparison & { readonly standing: Standing }

/**
 * `evident`: better than every baseline, 80 % intervals cover 75–85 %; `offTarget`: better, but the intervals do not;
 * `noBetter`: a baseline is as good; `fewRows`: under 30, nothing is claimed.
 */
export type Standing = 'evident' | 'offTarget' | 'noBetter' | 'fewRows'

export interface Point {
  readonly rowId: string
  readonly presetId: string
  readonly deviceId: string
  readonly kind: string
  readonly runtime: string
  readonly precision: string
  readonly quantity: Quantity
  readonly measured: number
  readonly predicted: number
  readonly pi80: readonly [number, number] | null
  readonly sourceId: string
}

export interface SourceCredit {
  readonly id: string
  readonly title: string
  readonly locator: string
  readonly revision: string
  readonly licence: string
  readonly attribution: string
}
