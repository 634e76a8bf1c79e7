/**
 * Missing facts are the normal case: most NPUs publish no bandwidth and many no peak (docs/method/facts.md).
 *
 * A fact that a device does not state is taken from the nearest parent that has it: the same unit of the same die under
 * another name, units of the same family (in the same segment first), then units of the same kind in the same segment,
 * then a documented default. The nearer the parent, the narrower its spread; the spread widens the interval. Nothing
 * missing becomes 0.
 */
import { type Arithmetic, arithmetics } from '../graph/precision.ts'
import { logStandardDeviation, median } from '../statistics.ts'
import { ownPeak } from './arithmetic-rates.ts'
import { coreShare } from './core-share.ts'
import type { ComputeUnit, Device, Fact, FactStatus } from './device.ts'
import type { Runtime, RuntimeById } from './runtime.ts'

/**
 * Idle power grows more slowly than what a device is built for: from boards of 3 W (0.6 to 1.9 W idle) to cards of 700 W
 * (70 W) it follows the power of three quarters **(default)**.
 */
export const idleExponent = 0.75

/** Facts of silicon, which a family shares wherever it is built in; of peaks and memory, what one model can use; … */
const siliconFields = ['clockHz', 'processNm', 'onchipBytes'] as const
/**
 * … and of products, which resemble each other within a segment only. `idleScale` = idle power over `tdpW`^¾;
 * `runningJPerCycle` = power of a running microcontroller over its clock.
 */
const productFields = ['dramBytesPerS', 'tdpW', 'idleScale', 'runningJPerCycle'] as const

type SiliconField = (typeof siliconFields)[number] | `peakMacsPerS.${Arithmetic}`
type ProductField = (typeof productFields)[number]
export type PeerField = SiliconField | ProductField

/** What units like this one have. */
interface Parent {
  readonly value: number
  /** Standard deviation of the logarithm among the parents; 0 for one. */
  readonly logSd: number
  readonly from: 'family' | 'segment'
  /** Least spread granted, however alike the parents are. */
  readonly leastLogSd: number
}

/** Where a unit is built in. */
export type Place = Pick<Device, 'segment' | 'silicon'>

export interface PeerFacts {
  /** Runtimes beside those of the device in question: on its host, or compiling for it without being listed. */
  readonly runtimeById: RuntimeById
  parentOf(field: PeerField, unit: ComputeUnit, place: Place): Parent | null
}

/** Reads a device list once; lookups afterwards are constant time. `runtimes`: those that no device may list as well. */
export function makePeerFacts(devices: readonly Device[], runtimes: readonly Runtime[] = []): PeerFacts {
  const stated = new Map<string, number[]>()
  for (const device of devices) {
    for (const unit of device.units) {
      for (const [field, value] of statedFields(device, unit)) {
        for (const { key } of groupsOf(field, unit, device)) {
          const values = stated.get(key)
          if (values === undefined) stated.set(key, [value])
          else values.push(value)
        }
      }
    }
  }
  const listed = devices.flatMap(({ units }) => units.flatMap((unit) => unit.runtimes))
  const spreads = new Map<string, { readonly value: number; readonly logSd: number }>()
  for (const [key, values] of stated) {
    spreads.set(key, { value: median(values), logSd: logStandardDeviation(values) })
  }
  return {
    runtimeById: new Map([...listed, ...runtimes].map((runtime) => [runtime.id, runtime])),
    parentOf(field, unit, place) {
      for (const { key, from, leastLogSd } of groupsOf(field, unit, place)) {
        const spread = spreads.get(key)
        if (spread !== undefined) return { ...spread, from, leastLogSd }
      }
      return null
    },
  }
}

export const noPeers: PeerFacts = makePeerFacts([])

/**
 * Groups that a unit shares a fact with, nearest first. Sizes of on-chip memory follow a design, not a segment: beyond
 * the family they are left to the default of the kind.
 */
function groupsOf(field: PeerField, { id, family, kind }: ComputeUnit, { segment, silicon }: Place) {
  const groups: (Pick<Parent, 'from' | 'leastLogSd'> & { readonly key: string })[] = []
  const add = (key: string, parent: keyof typeof parentLogSd, from: Parent['from']): void => {
    groups.push({ key: `${field}|${key}`, from, leastLogSd: parentLogSd[parent] })
  }
  if (!variesOnOneDie(field)) add(`die ${silicon}|${id}|${family}`, 'die', 'family')
  add(`${family}|${segment}`, 'family', 'family')
  if (!isProductField(field)) add(family, 'family', 'family')
  if (field !== 'onchipBytes') add(`kind ${kind}|${segment}`, 'segment', 'segment')
  return groups
}

/** Chosen by who builds the product; the memory controller of a die comes with it. */
function variesOnOneDie(field: PeerField): boolean {
  return field === 'tdpW' || field === 'idleScale'
}

function isProductField(field: PeerField): field is ProductField {
  return (productFields as readonly string[]).includes(field)
}

function statedFields(device: Device, unit: ComputeUnit): [PeerField, number][] {
  const found: [PeerField, number][] = []
  const add = (field: PeerField, value: number | undefined): void => {
    if (value !== undefined && value > 0) found.push([field, value])
  }
  const { tdpW, idleW } = device
  add('dramBytesPerS', device.dramBytesPerS?.value)
  add('tdpW', tdpW?.value)
  if (tdpW !== null && idleW !== null && idleW.value < tdpW.value)
    add('idleScale', idleW.value / tdpW.value ** idleExponent)
  if (tdpW !== null && unit.clockHz !== null && isRunningPower(device, unit)) {
    add('runningJPerCycle', tdpW.value / unit.clockHz.value)
  }
  const share = coreShare(unit)
  add('clockHz', unit.clockHz?.value)
  add('processNm', unit.processNm?.value)
  add('onchipBytes', (unit.onchipBytes?.value ?? 0) * share)
  for (const arithmetic of arithmetics) {
    add(`peakMacsPerS.${arithmetic}`, (ownPeak(unit, arithmetic)?.value ?? 0) * share)
  }
  return found
}

/**
 * Microcontrollers have no thermal design power: what stands in its place is what the chip draws while its first unit
 * runs, from a data sheet's current or a measurement.
 */
export function isRunningPower({ segment, units }: Device, unit: ComputeUnit): boolean {
  return segment === 'mcu' && units[0]?.id === unit.id
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
  recalled: 0.1,
  derived: 0.2,
  assumed: 0.35,
}
/** Least spread granted to a fact taken from a parent, however alike the parents are. */
export const parentLogSd = { die: 0.1, family: 0.25, segment: 0.6, default: 0.9 } as const

export function stated(fact: Fact): ResolvedFact {
  return { ...fact, from: 'device', logSd: statusLogSd[fact.status] }
}

/** `own` when the device states it, else the nearest parent, else `fallback`. */
export function resolveFact(
  own: Fact | null,
  field: PeerField,
  unit: ComputeUnit,
  place: Place,
  peers: PeerFacts,
  fallback: number,
): ResolvedFact {
  if (own !== null && own.value > 0) return stated(own)
  const parent = peers.parentOf(field, unit, place)
  if (parent === null) {
    return { value: fallback, status: 'default', sourceIds: [], from: 'default', logSd: parentLogSd.default }
  }
  const logSd = Math.hypot(parent.logSd, parent.leastLogSd)
  return { value: parent.value, status: 'assumed', sourceIds: [], from: parent.from, logSd }
}
