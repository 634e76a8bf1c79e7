/** From what is written down to a complete entry: every number a fact, peaks of CPUs from their clusters. */
import type { Arithmetic } from '../simulator/graph/precision.ts'
import { bytesFromBits, gbsFromBytesPerS, hzFromMhz, topsFromMacsPerS } from '../simulator/quantities.ts'
import { cpuCores } from './cpu-cores.ts'
import { factIn, optionalFactIn } from './facts.ts'
import type { CatalogFact, ClusterEntry, DeviceEntry, PowerModeEntry, UnitEntry } from './schema.ts'
import type { SourceId } from './sources.ts'
import type { ClusterSpec, DeviceSpec, PowerModeSpec, Rates, RuntimeTable, UnitSpec } from './spec.ts'
import type { FactUnit } from './vocabulary.ts'

export function defineDevice(spec: DeviceSpec): DeviceEntry {
  const at = spec.sources
  return {
    id: spec.id,
    name: spec.name,
    vendor: spec.vendor,
    chip: spec.chip,
    silicon: spec.silicon ?? spec.id,
    segment: spec.segment,
    lifecycle: spec.lifecycle ?? 'product',
    units: spec.units.map((unit) => defineUnit(unit, spec)),
    dram:
      spec.dram === undefined
        ? null
        : {
            type: spec.dram.type,
            size: optionalFactIn(spec.dram.gib, 'GiB', at),
            bandwidth: optionalFactIn(spec.dram.gbPerS, 'GB/s', at),
          },
    flash: optionalFactIn(spec.flashKib, 'KiB', at),
    link:
      spec.link === undefined
        ? null
        : { kind: spec.link.kind, bandwidth: optionalFactIn(spec.link.gbPerS, 'GB/s', at) },
    powerModes: (spec.powerModes ?? []).map((mode) => definePowerMode(mode, spec)),
    tdp: optionalFactIn(spec.tdpW, 'W', at),
    idle: optionalFactIn(spec.idleW, 'W', at),
    linearSupply: optionalFactIn(spec.linearSupplyV, 'V', at),
    price: optionalFactIn(spec.priceUsd, 'USD', at),
    pricePerHour: optionalFactIn(spec.pricePerHourUsd, 'USD/h', at),
    releaseYear: optionalFactIn(spec.releaseYear, 'year', at),
    note: spec.note ?? null,
  }
}

function defineUnit(spec: UnitSpec, device: DeviceSpec): UnitEntry {
  const at = spec.sources ?? device.sources
  const clusters = (spec.clusters ?? []).map((item) => defineCluster(item, at))
  return {
    id: spec.id,
    kind: spec.kind,
    family: spec.family,
    architecture: spec.architecture,
    clock: optionalFactIn(spec.clockMhz, 'MHz', at) ?? fastestClock(clusters),
    macsPerCycle: ratesIn(spec.macsPerCycle, () => 'MAC/cycle', at),
    densePeak: { ...peakOfClusters(clusters), ...ratesIn(spec.denseTops, peakUnit, at) },
    structuredSparsity: spec.structuredSparsity ?? null,
    clusters,
    cores:
      spec.cores === undefined
        ? null
        : { total: factIn(spec.cores.total, 'cores', at), perModel: factIn(spec.cores.perModel, 'cores', at) },
    batchLanes: optionalFactIn(spec.batchLanes, 'lanes', at),
    onchip: optionalFactIn(spec.onchipKib, 'KiB', at),
    cache: optionalFactIn(spec.cacheKib, 'KiB', at),
    alignment:
      spec.alignment === undefined
        ? null
        : {
            outputChannels: factIn(spec.alignment.outputChannels, 'lanes', at),
            inputChannels: factIn(spec.alignment.inputChannels, 'lanes', at),
          },
    runtimes: runtimesOf(spec.runtimes),
    active: optionalFactIn(spec.activeW, 'W', at),
    process: optionalFactIn(spec.processNm, 'nm', at) ?? optionalFactIn(device.processNm, 'nm', device.sources),
    note: spec.note ?? null,
  }
}

function defineCluster(spec: ClusterSpec, at: readonly SourceId[]): ClusterEntry {
  const { macsPerCycle, inOrder, source } = cpuCores[spec.core]
  return {
    core: spec.core,
    inOrder,
    cores: factIn(spec.cores, 'cores', at),
    clock: factIn(spec.clockMhz, 'MHz', at),
    macsPerCycle: ratesIn(macsPerCycle, () => 'MAC/cycle', [source]),
  }
}

function definePowerMode(spec: PowerModeSpec, device: DeviceSpec): PowerModeEntry {
  const at = spec.sources
  const memoryClock = optionalFactIn(spec.memoryMhz, 'MHz', at)
  return {
    id: spec.id,
    budget: optionalFactIn(spec.budgetW, 'W', at),
    cpuCores: optionalFactIn(spec.cpuCores, 'cores', at),
    cpuClock: optionalFactIn(spec.cpuMhz, 'MHz', at),
    gpuClock: optionalFactIn(spec.gpuMhz, 'MHz', at),
    npuClock: optionalFactIn(spec.npuMhz, 'MHz', at),
    memoryClock,
    memoryBandwidth: modeBandwidth(memoryClock, device.dram?.busBits),
    gpuShare: gpuShareOf(optionalFactIn(spec.gpuClusters, 'share', at), device.gpuClusters),
    note: spec.note ?? null,
  }
}

/** Double data rate: two transfers per cycle over the whole bus. */
function modeBandwidth(clock: CatalogFact | null, busBits: number | undefined): CatalogFact | null {
  if (clock === null || busBits === undefined) return null
  return {
    ...clock,
    value: gbsFromBytesPerS(2 * hzFromMhz(clock.value) * bytesFromBits(busBits)),
    unit: 'GB/s',
    status: 'derived',
    formula: `2 × ${clock.value} MHz × ${busBits} bit`,
  }
}

function gpuShareOf(clustersOn: CatalogFact | null, clusters: number | undefined): CatalogFact | null {
  if (clustersOn === null || clusters === undefined) return null
  const formula = `${clustersOn.value} of ${clusters} processor clusters on`
  return { ...clustersOn, value: clustersOn.value / clusters, status: 'derived', formula }
}

/** Σ cores × clock × MACs per cycle, for every arithmetic that all clusters state. */
function peakOfClusters(clusters: readonly ClusterEntry[]): UnitEntry['densePeak'] {
  const peaks: Partial<Record<Arithmetic, CatalogFact>> = {}
  const stated = clusters[0]?.macsPerCycle ?? {}
  for (const arithmetic of keysOf(stated)) {
    let macsPerS = 0
    for (const { cores, clock, macsPerCycle } of clusters) {
      const rate = macsPerCycle[arithmetic]
      macsPerS += rate === undefined || clock === null ? Number.NaN : cores.value * hzFromMhz(clock.value) * rate.value
    }
    if (Number.isNaN(macsPerS)) continue
    const facts = clusters.flatMap((item) => [item.cores, item.clock, item.macsPerCycle[arithmetic]])
    peaks[arithmetic] = {
      value: topsFromMacsPerS(macsPerS),
      unit: peakUnit(arithmetic),
      status: 'derived',
      sourceIds: [...new Set(facts.flatMap((item) => item?.sourceIds ?? []))],
      retrieved: null,
      confirmed: false,
      formula: '2 × Σ cores × clock × MACs per cycle',
    }
  }
  return peaks
}

function fastestClock(clusters: readonly ClusterEntry[]): CatalogFact | null {
  return clusters.reduce<CatalogFact | null>(
    (best, { clock }) => (clock !== null && clock.value > (best?.value ?? 0) ? clock : best),
    null,
  )
}

function ratesIn(
  rates: Rates | undefined,
  unitOf: (arithmetic: Arithmetic) => FactUnit,
  at: readonly SourceId[],
): Partial<Record<Arithmetic, CatalogFact>> {
  const facts: Partial<Record<Arithmetic, CatalogFact>> = {}
  for (const arithmetic of keysOf(rates ?? {})) {
    const figure = rates?.[arithmetic]
    if (figure !== undefined) facts[arithmetic] = factIn(figure, unitOf(arithmetic), at)
  }
  return facts
}

function peakUnit(arithmetic: Arithmetic): FactUnit {
  return arithmetic.startsWith('int') || arithmetic === 'analog' ? 'TOPS' : 'TFLOPS'
}

function runtimesOf(table: RuntimeTable): UnitEntry['runtimes'] {
  return keysOf(table).map((id) => ({ id, precisions: [...(table[id] ?? [])] }))
}

/** The keys of an object written as a literal are those of its type. */
function keysOf<Key extends string>(table: Partial<Readonly<Record<Key, unknown>>>): Key[] {
  return Object.keys(table) as Key[]
}
