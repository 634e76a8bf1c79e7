/**
 * Missing facts are the normal case: most NPUs publish no bandwidth and many no peak (docs/method/facts.md).
 *
 * A fact that a device does not state is taken from the nearest parent that has it: units of the same silicon family
 * among the peers, then units of the same kind in the same segment, then a documented default. The nearer the parent,
 * the narrower its spread; the spread widens the interval. Nothing missing becomes 0.
 */
import { type Arithmetic, arithmetics } from '../graph/precision.ts'
import { logStandardDeviation, median } from '../statistics.ts'
import { ownPeak } from './arithmetic-rates.ts'
import type { ComputeUnit, Device, Fact, FactStatus, Segment } from './device.ts'

export type PeerField =
  | 'dramBytesPerS'
  | 'tdpW'
  | 'idleW'
  | 'clockHz'
  | 'onchipBytes'
  | 'processNm'
  | `peakMacsPerS.${Arithmetic}`

/** What units like this one have. */
export interface Parent {
  readonly value: number
  /** Standard deviation of the logarithm among the parents; 0 for one. */
  readonly logSd: number
  readonly from: 'family' | 'segment'
}

export interface PeerFacts {
  parentOf(field: PeerField, unit: ComputeUnit, segment: Segment): Parent | null
}

/**
 * Reads a device list once; lookups afterwards are constant time. Sizes of on-chip memory follow a design, not a
 * segment, so beyond the family they are left to the default of the kind.
 */
export function makePeerFacts(devices: readonly Device[]): PeerFacts {
  const stated = new Map<string, number[]>()
  const record = (key: string, value: number): void => {
    const values = stated.get(key)
    if (values === undefined) stated.set(key, [value])
    else values.push(value)
  }
  for (const device of devices) {
    for (const unit of device.units) {
      for (const [field, value] of statedFields(device, unit)) {
        record(familyKey(field, unit), value)
        record(segmentKey(field, unit, device.segment), value)
      }
    }
  }
  const parents = new Map<string, Parent>()
  for (const [key, values] of stated) {
    const from = key.startsWith('family') ? 'family' : 'segment'
    parents.set(key, { value: median(values), logSd: logStandardDeviation(values), from })
  }
  return {
    parentOf: (field, unit, segment) =>
      parents.get(familyKey(field, unit)) ??
      (field === 'onchipBytes' ? null : parents.get(segmentKey(field, unit, segment))) ??
      null,
  }
}

export const noPeers: PeerFacts = makePeerFacts([])

function familyKey(field: PeerField, unit: ComputeUnit): string {
  return `family|${field}|${unit.family}`
}

function segmentKey(field: PeerField, unit: ComputeUnit, segment: Segment): string {
  return `segment|${field}|${unit.kind}|${segment}`
}

function statedFields(device: Device, unit: ComputeUnit): [PeerField, number][] {
  const found: [PeerField, number][] = []
  const add = (field: PeerField, fact: Fact | null): void => {
    if (fact !== null && fact.value > 0) found.push([field, fact.value])
  }
  add('dramBytesPerS', device.dramBytesPerS)
  add('tdpW', device.tdpW)
  add('idleW', device.idleW)
  add('clockHz', unit.clockHz)
  add('onchipBytes', unit.onchipBytes)
  add('processNm', unit.processNm)
  for (const arithmetic of arithmetics) add(`peakMacsPerS.${arithmetic}`, ownPeak(unit, arithmetic))
  return found
}

/** A number ready for the law, with where it came from and how far off it may be. */
export interface ResolvedFact {
  readonly value: number
  readonly status: FactStatus | 'default'
  readonly sourceIds: readonly string[]
  readonly from: 'device' | 'family' | 'segment' | 'default'
  /** Standard deviation of ln(true / value). */
  readonly logSd: number
}

/** Documented defaults: how far a stated fact of each status is trusted to be from the truth. */
export const statusLogSd: Readonly<Record<FactStatus, number>> = {
  measured: 0.05,
  vendor: 0.1,
  derived: 0.2,
  assumed: 0.35,
}
/** Least spread granted to a fact taken from a parent, however alike the parents are. */
export const parentLogSd = { family: 0.25, segment: 0.6, default: 0.9 } as const

export function stated(fact: Fact): ResolvedFact {
  return { ...fact, from: 'device', logSd: statusLogSd[fact.status] }
}

/** `own` when the device states it, else the nearest parent, else `fallback`. */
export function resolveFact(
  own: Fact | null,
  field: PeerField,
  unit: ComputeUnit,
  segment: Segment,
  peers: PeerFacts,
  fallback: number,
): ResolvedFact {
  if (own !== null && own.value > 0) return stated(own)
  const parent = peers.parentOf(field, unit, segment)
  if (parent === null) {
    return { value: fallback, status: 'default', sourceIds: [], from: 'default', logSd: parentLogSd.default }
  }
  const logSd = Math.hypot(parent.logSd, parentLogSd[parent.from])
  return { value: parent.value, status: 'assumed', sourceIds: [], from: parent.from, logSd }
}
