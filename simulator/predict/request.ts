/** What a prediction is asked with: a network, a device, and wishes about the target. */
import type { Workloads } from '../cost/workload.ts'
import type { GraphSummary } from '../graph/summary.ts'
import type { Device } from '../hardware/device.ts'
import type { PeerFacts } from '../hardware/missing.ts'
import type { Anchor } from './anchors.ts'
import type { Calibration } from './calibration.ts'

export interface PredictionRequest {
  readonly summary: GraphSummary
  readonly modelId: string
  readonly device: Device
  /** Facts of other devices, made once by `makePeerFacts`; they stand in for facts that this device lacks. */
  readonly peers: PeerFacts
  readonly catalogVersion: string
  readonly unit?: string | undefined
  readonly runtime?: string | undefined
  /** Release of the runtime as printed; results of the same release count more. */
  readonly runtimeVersion?: string | undefined
  readonly precision?: string | undefined
  /** Items per inference; 1 by default. */
  readonly batch?: number | undefined
  readonly powerMode?: string | undefined
  /** CPU threads; by default what the runtime takes by itself (CPU-2). */
  readonly threads?: number | undefined
  /** All kernels in the answer; by default only the largest five. */
  readonly kernels?: boolean | undefined
  /**
   * Kernels whose times are explained down to every calibrated factor and its scopes; by default the largest are named,
   * with their times alone.
   */
  readonly explain?: 'largest' | 'all' | undefined
  /** Work counted earlier for the same summary: pass one along when asking about many devices. */
  readonly workloads?: Workloads | undefined
  /** What measured results taught; without it the documented defaults answer. */
  readonly calibration?: Calibration | null | undefined
  /** Sound results of the user's own (`soundAnchors`); they count beside a calibration. */
  readonly anchors?: readonly Anchor[] | undefined
}
