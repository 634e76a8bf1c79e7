/**
 * Physics and bookkeeping of the catalog: findings about entries whose figures contradict each other.
 *
 * Every rule compares figures that were stated independently; what follows from one formula cannot disagree.
 */
import { type Arithmetic, arithmetics } from '../simulator/graph/precision.ts'
import {
  bytesFromBits,
  bytesPerSFromGbs,
  gbsFromBytesPerS,
  hzFromMhz,
  topsFromMacsPerS,
} from '../simulator/quantities.ts'
import type { CatalogFact, DeviceEntry, PowerModeEntry, UnitEntry } from './schema.ts'

export interface Finding {
  readonly rule: (typeof rules)[number]
  /** Device, unit and field. */
  readonly where: string
  readonly message: string
}

export const rules = [
  'duplicate-key',
  'peak-against-rate',
  'sparse-in-dense',
  'bandwidth-above-bus',
  'mode-above-clock',
  'idle-above-load',
  'namesake',
] as const

/** Published peaks and clocks are rounded; beyond this the two mean different things. */
const peakTolerance = 0.1
const roundingTolerance = 0.02

export function lintCatalog(entries: readonly DeviceEntry[]): Finding[] {
  return [...duplicateKeys(entries), ...namesakes(entries), ...entries.flatMap(lintEntry)]
}

export function lintEntry(entry: DeviceEntry): Finding[] {
  return [
    ...entry.units.flatMap((unit) => [...peaksAgainstRates(entry, unit), ...sparseInDense(entry, unit)]),
    ...bandwidthAboveBus(entry),
    ...entry.powerModes.flatMap((mode) => modeAboveClock(entry, mode)),
    ...idleAboveLoad(entry),
  ]
}

/** One entry per vendor, product and memory. */
function duplicateKeys(entries: readonly DeviceEntry[]): Finding[] {
  const seen = new Map<string, string>()
  return entries.flatMap((entry) => {
    const keys = [entry.id, [entry.vendor, entry.name, entry.dram?.size?.value ?? ''].join(' | ')]
    return keys.flatMap((key) => {
      const first = seen.get(key)
      if (first === undefined) {
        seen.set(key, entry.id)
        return []
      }
      return [finding('duplicate-key', entry.id, `${key} is also ${first}`)]
    })
  })
}

/** A mobile part with every figure of its desktop namesake was copied from it. */
function namesakes(entries: readonly DeviceEntry[]): Finding[] {
  const mobileWords = /\b(laptop|mobile|max-q|notebook)\b/i
  const plainName = (name: string): string => name.replace(mobileWords, '').replace(/\s+/g, ' ').trim().toLowerCase()
  const desktops = new Map(
    entries.filter(({ name }) => !mobileWords.test(name)).map((entry) => [plainName(entry.name), entry]),
  )
  return entries.flatMap((entry) => {
    const desktop = mobileWords.test(entry.name) ? desktops.get(plainName(entry.name)) : undefined
    if (desktop === undefined || figures(entry) !== figures(desktop)) return []
    return [finding('namesake', entry.id, `clock, peak and power are those of ${desktop.id}`)]
  })
}

function figures(entry: DeviceEntry): string {
  const units = entry.units.map(({ clock, densePeak }) => [clock?.value, densePeak.fp16?.value, densePeak.int8?.value])
  return JSON.stringify([entry.tdp?.value, units])
}

/** Peak = MACs per cycle × clock × 2; a factor of two is operations taken for MACs, or sparse for dense. */
function peaksAgainstRates(entry: DeviceEntry, unit: UnitEntry): Finding[] {
  return arithmetics.flatMap((arithmetic) => {
    const peak = unit.densePeak[arithmetic]
    const follows = topsFromRates(unit, arithmetic)
    if (peak === undefined || follows === null || isWithin(peak.value, follows, peakTolerance)) return []
    const message = `${peak.value} ${peak.unit} stated, ${follows.toPrecision(4)} from MACs per cycle and clock`
    return [finding('peak-against-rate', `${entry.id}.${unit.id}.${arithmetic}`, message)]
  })
}

function topsFromRates(unit: UnitEntry, arithmetic: Arithmetic): number | null {
  const rate = unit.macsPerCycle[arithmetic]
  if (rate !== undefined && unit.clock !== null) return topsFromMacsPerS(rate.value * hzFromMhz(unit.clock.value))
  let macsPerS = 0
  for (const { cores, clock, macsPerCycle } of unit.clusters) {
    const perCore = macsPerCycle[arithmetic]
    if (perCore === undefined || clock === null) return null
    macsPerS += cores.value * perCore.value * hzFromMhz(clock.value)
  }
  return unit.clusters.length === 0 ? null : topsFromMacsPerS(macsPerS)
}

/** On GPUs dense INT8 runs at most at twice the FP16 rate; four times is a sparse figure. */
function sparseInDense(entry: DeviceEntry, unit: UnitEntry): Finding[] {
  const { int8, fp16 } = unit.densePeak
  if (unit.kind !== 'gpu' || int8 === undefined || fp16 === undefined) return []
  if (int8.value <= 2 * fp16.value * (1 + peakTolerance)) return []
  return [finding('sparse-in-dense', `${entry.id}.${unit.id}.int8`, `${int8.value} TOPS beside ${fp16.value} TFLOPS`)]
}

/** Bandwidth ≤ bus width × transfer rate, where the name of the memory states both. */
function bandwidthAboveBus(entry: DeviceEntry): Finding[] {
  const bandwidth = entry.dram?.bandwidth ?? null
  const limit = entry.dram === null ? null : busBytesPerS(entry.dram.type)
  if (bandwidth === null || limit === null) return []
  if (bytesPerSFromGbs(bandwidth.value) <= limit * (1 + roundingTolerance)) return []
  const message = `${bandwidth.value} GB/s over a bus of ${gbsFromBytesPerS(limit)} (${entry.dram?.type})`
  return [finding('bandwidth-above-bus', `${entry.id}.dram.bandwidth`, message)]
}

/**
 * 'LPDDR5 256-bit 3200 MHz' (two transfers per cycle), 'LPDDR4-4266 4x32-bit' and '8ch DDR5-4800' (64-bit channels).
 * `null` where width or rate is missing or given for two kinds of memory.
 */
export function busBytesPerS(memory: string): number | null {
  if (memory.includes('/')) return null
  const bus = /(?:(\d+)x)?(\d+)-bit/.exec(memory)
  const channels = /^(\d+)ch /.exec(memory)
  const clockMhz = /(\d+) MHz/.exec(memory)
  const transfersMhz = /DDR\w*-(\d+)/.exec(memory)
  const bits = bus === null ? Number(channels?.[1] ?? Number.NaN) * 64 : Number(bus[1] ?? 1) * Number(bus[2])
  const rateMhz = clockMhz === null ? Number(transfersMhz?.[1] ?? Number.NaN) : 2 * Number(clockMhz[1])
  const limit = bytesFromBits(bits) * hzFromMhz(rateMhz)
  return Number.isNaN(limit) ? null : limit
}

/** A mode caps clocks; it never raises one above that of the unit. CPUs run faster with fewer cores, so they may. */
function modeAboveClock(entry: DeviceEntry, mode: PowerModeEntry): Finding[] {
  const check = (unitId: 'gpu' | 'npu', clock: CatalogFact | null): Finding[] => {
    const own = entry.units.find(({ id }) => id === unitId)?.clock ?? null
    if (clock === null || own === null || clock.value <= own.value * (1 + roundingTolerance)) return []
    const message = `${clock.value} MHz, the unit ends at ${own.value}`
    return [finding('mode-above-clock', `${entry.id}.powerModes.${mode.id}.${unitId}`, message)]
  }
  return [...check('gpu', mode.gpuClock), ...check('npu', mode.npuClock)]
}

function idleAboveLoad({ id, idle, tdp }: DeviceEntry): Finding[] {
  if (idle === null || tdp === null || idle.value < tdp.value) return []
  return [finding('idle-above-load', `${id}.idle`, `${idle.value} W idle, ${tdp.value} W under load`)]
}

function isWithin(stated: number, expected: number, tolerance: number): boolean {
  return Math.abs(stated - expected) <= tolerance * expected
}

function finding(rule: Finding['rule'], where: string, message: string): Finding {
  return { rule, where, message }
}
