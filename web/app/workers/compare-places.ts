/** One model in four places: on a device, in a browser tab, in an edge Worker, in the cloud; with the way there and back. */
import { probability } from '../../../simulator/decide/fit.ts'
import { dtypeBytes } from '../../../simulator/graph/dtype.ts'
import type { GraphSummary, TensorSummary } from '../../../simulator/graph/summary.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import { endToEnd, type PathLatency } from '../../../simulator/network/end-to-end.ts'
import type { NetworkProfile } from '../../../simulator/network/profile.ts'
import type { Metric, Prediction, TargetKey } from '../../../simulator/predict/prediction.ts'

export const placeKinds = ['device', 'browser', 'worker', 'cloud'] as const
export type PlaceKind = (typeof placeKinds)[number]

/** Where data arises nothing is sent. */
const isLocal: Readonly<Record<PlaceKind, boolean>> = { device: true, browser: true, worker: false, cloud: false }

export interface Place {
  readonly kind: PlaceKind
  readonly device: Device
  readonly target: TargetKey
  readonly inferenceMs: Metric
  /** Time per inference that was really measured there; `null` = not measured. */
  readonly measuredMs: number | null
  /** From the measurement where there is one. */
  readonly path: PathLatency
  /** P(end to end within the deadline); `null` without a deadline or a figure. */
  readonly pInTime: number | null
}

export interface PlacesAnswer extends Payload {
  readonly places: readonly Place[]
}

export interface PathConditions {
  readonly network: NetworkProfile
  /** The connection is open already. */
  readonly isWarm: boolean
  readonly payload: Payload
  readonly deadlineMs: number | null
}

export interface Payload {
  readonly uplinkBytes: number
  readonly downlinkBytes: number
}

export function makePlace(
  kind: PlaceKind,
  device: Device,
  prediction: Prediction,
  measuredMs: number | null,
  conditions: PathConditions,
): Place {
  const inferenceMs = measuredMs === null ? prediction.latencyMs : exact(measuredMs)
  const path = endToEnd({
    inferenceMs,
    network: isLocal[kind] ? null : conditions.network,
    ...conditions.payload,
    isWarm: conditions.isWarm,
  })
  const { totalMs } = path
  const { deadlineMs } = conditions
  return {
    kind,
    device,
    target: prediction,
    inferenceMs: prediction.latencyMs,
    measuredMs,
    path,
    pInTime:
      deadlineMs === null || totalMs.availability === 'unavailable' ? null : probability(totalMs, deadlineMs, true),
  }
}

/** What travels: inputs as one byte per element (an image, quantised audio), outputs in their own type. */
export function payloadOf(summary: GraphSummary): Payload {
  const sum = (role: TensorSummary['role'], bytesOf: (tensor: TensorSummary) => number) =>
    summary.tensors.filter((tensor) => tensor.role === role).reduce((total, tensor) => total + bytesOf(tensor), 0)
  return {
    uplinkBytes: sum('input', elements),
    downlinkBytes: sum('output', (tensor) => dtypeBytes(tensor.dtype, elements(tensor))),
  }
}

function elements({ shape }: TensorSummary): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** A measurement as a figure without width; its spread is in the raw samples. */
function exact(valueMs: number): Metric {
  return { availability: 'available', p50: valueMs, pi80: [valueMs, valueMs], pi95: [valueMs, valueMs] }
}
