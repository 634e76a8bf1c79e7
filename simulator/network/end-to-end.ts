/**
 * From captured input to usable output: on the device, at the edge, in a distant cloud (docs/method/network.md, NET-3).
 *
 *     t = t_connect + bytes_up/BW_up + RTT + t_inference + bytes_down/BW_down
 */
import { lognormalMetric } from '../predict/interval.ts'
import type { AvailableMetric, Metric } from '../predict/prediction.ts'
import { msFromS } from '../quantities.ts'
import { z80, z95Single } from '../statistics.ts'
import type { NetworkProfile } from './profile.ts'
import { connectS, transmissionS } from './transfer.ts'

export interface PathRequest {
  /** Time of one inference where the model runs; a measurement is a metric without width. */
  readonly inferenceMs: Metric
  /** `null` = the model runs where the data arises. */
  readonly network: NetworkProfile | null
  /** What is sent (the input as encoded for the wire) and what comes back. */
  readonly uplinkBytes: number
  readonly downlinkBytes: number
  /** The connection is open and its window grown, as for a stream of requests. */
  readonly isWarm: boolean
}

export interface PathParts {
  readonly connectMs: number
  readonly uplinkMs: number
  readonly roundTripMs: number
  readonly inferenceMs: number
  readonly downlinkMs: number
}

export interface PathLatency {
  readonly totalMs: Metric
  /** Medians; they add up to the median of `totalMs`. `null` where it is unavailable. */
  readonly parts: PathParts | null
}

/** Bandwidth of shared networks varies by about this much over a day **(default)**, and round trips without a p95. */
const bandwidthLogSd = 0.5
const rttLogSd = 0.4

export function endToEnd(request: PathRequest): PathLatency {
  const { inferenceMs, network, uplinkBytes, downlinkBytes, isWarm } = request
  if (inferenceMs.availability === 'unavailable') return { totalMs: inferenceMs, parts: null }
  if (network === null) return { totalMs: inferenceMs, parts: partsOf(0, 0, 0, inferenceMs.p50, 0) }
  if (network.uplinkBytesPerS === null) return unavailable('network.uplinkBytesPerS')
  if (network.downlinkBytesPerS === null) return unavailable('network.downlinkBytesPerS')

  const rttS = network.rttS.value
  const parts = partsOf(
    connectS(rttS, isWarm),
    transmissionS(uplinkBytes, network.uplinkBytesPerS.value, rttS, isWarm),
    rttS,
    inferenceMs.p50,
    transmissionS(downlinkBytes, network.downlinkBytesPerS.value, rttS, isWarm),
  )
  return { totalMs: combine(parts, inferenceMs, network), parts }
}

function partsOf(connect: number, uplink: number, roundTrip: number, inferenceMs: number, downlink: number): PathParts {
  return {
    connectMs: msFromS(connect),
    uplinkMs: msFromS(uplink),
    roundTripMs: msFromS(roundTrip),
    inferenceMs,
    downlinkMs: msFromS(downlink),
  }
}

function unavailable(missing: string): PathLatency {
  return { totalMs: { availability: 'unavailable', missing }, parts: null }
}

/** NET-4: independent parts, each with its own log spread, in proportion to its share of the total. */
function combine(parts: PathParts, inference: AvailableMetric, network: NetworkProfile): Metric {
  const { connectMs, uplinkMs, roundTripMs, inferenceMs, downlinkMs } = parts
  const totalMs = connectMs + uplinkMs + roundTripMs + inferenceMs + downlinkMs
  const ofRtt = ((connectMs + roundTripMs) / totalMs) * spreadOfRtt(network)
  const ofBandwidth = ((uplinkMs + downlinkMs) / totalMs) * bandwidthLogSd
  const [low, high] = inference.pi80
  const share = inferenceMs / totalMs
  const below = inferenceMs > 0 && low > 0 ? (share * Math.log(inferenceMs / low)) / z80 : 0
  const above = inferenceMs > 0 ? (share * Math.log(high / inferenceMs)) / z80 : 0
  return lognormalMetric(totalMs, Math.hypot(ofRtt, ofBandwidth, below), Math.hypot(ofRtt, ofBandwidth, above))
}

function spreadOfRtt({ rttS, rttP95S }: NetworkProfile): number {
  if (rttP95S === null || rttP95S.value <= rttS.value) return rttLogSd
  return Math.log(rttP95S.value / rttS.value) / z95Single
}
