/** The catalog's entries as the simulator takes them: base units, and of every fact only value, status and sources. */
import { type Arithmetic, arithmetics } from '../simulator/graph/precision.ts'
import type { CpuCluster, Fact, FactStatus, PowerMode } from '../simulator/hardware/device.ts'
import {
  bytesFromGib,
  bytesFromKib,
  bytesPerSFromGbs,
  hzFromMhz,
  jFromPj,
  macsPerSFromTops,
} from '../simulator/quantities.ts'
import type { PublishedDevice, PublishedUnit } from './published-form.ts'
import type { CatalogFact, ClusterEntry, DeviceEntry, PowerModeEntry, UnitEntry } from './schema.ts'
import { cyclesPerMac, tf32Families } from './silicon.ts'
import type { FactUnit } from './vocabulary.ts'

const asPublished = (value: number): number => value

/** From the published unit to the simulator's. */
const toBase: Readonly<Record<FactUnit, (value: number) => number>> = {
  MHz: hzFromMhz,
  'MAC/cycle': asPublished,
  TOPS: macsPerSFromTops,
  TFLOPS: macsPerSFromTops,
  KiB: bytesFromKib,
  GiB: bytesFromGib,
  'GB/s': bytesPerSFromGbs,
  W: asPublished,
  V: asPublished,
  USD: asPublished,
  'USD/h': asPublished,
  nm: asPublished,
  cores: asPublished,
  lanes: asPublished,
  share: asPublished,
  year: asPublished,
  pJ: jFromPj,
  'gCO2e/kWh': asPublished,
}

export function toDevice(entry: DeviceEntry): PublishedDevice {
  return {
    id: entry.id,
    name: entry.name,
    vendor: entry.vendor,
    chip: entry.chip,
    silicon: entry.silicon,
    segment: entry.segment,
    units: entry.units.map(toUnit),
    dramBytes: simple(entry.dram?.size),
    dramBytesPerS: simple(entry.dram?.bandwidth),
    flashBytes: simple(entry.flash),
    link: entry.link === null ? null : { kind: entry.link.kind, bytesPerS: simple(entry.link.bandwidth) },
    powerModes: entry.powerModes.map(toPowerMode),
    tdpW: simple(entry.tdp),
    idleW: simple(entry.idle),
    linearSupplyV: simple(entry.linearSupply),
    priceUsd: simple(entry.price),
    pricePerHourUsd: simple(entry.pricePerHour),
    releaseYear: entry.releaseYear?.value ?? null,
  }
}

function toUnit(unit: UnitEntry): PublishedUnit {
  return {
    id: unit.id,
    kind: unit.kind,
    architecture: unit.architecture,
    family: unit.family,
    clockHz: simple(unit.clock),
    peakMacsPerS: rates(unit.densePeak),
    clusters: unit.clusters.map(toCluster),
    onchipBytes: simple(unit.onchip),
    cores: unit.cores === null ? null : { total: fact(unit.cores.total), perModel: fact(unit.cores.perModel) },
    batchLanes: simple(unit.batchLanes),
    alignment:
      unit.alignment === null
        ? null
        : {
            outputChannels: unit.alignment.outputChannels.value,
            inputChannels: unit.alignment.inputChannels.value,
          },
    cyclesPerMac: cyclesPerMac[unit.family] ?? null,
    roundsToTf32: tf32Families.includes(unit.family),
    runtimes: unit.runtimes,
    activeW: simple(unit.active),
    processNm: simple(unit.process),
  }
}

function toCluster(cluster: ClusterEntry): CpuCluster {
  return {
    core: cluster.core,
    inOrder: cluster.inOrder,
    cores: cluster.cores.value,
    clockHz: simple(cluster.clock),
    macsPerCycle: rates(cluster.macsPerCycle),
  }
}

function toPowerMode(mode: PowerModeEntry): PowerMode {
  return {
    id: mode.id,
    budgetW: simple(mode.budget),
    cpuCores: mode.cpuCores?.value ?? null,
    cpuClockHz: simple(mode.cpuClock),
    gpuClockHz: simple(mode.gpuClock),
    npuClockHz: simple(mode.npuClock),
    memoryBytesPerS: simple(mode.memoryBandwidth),
    gpuShare: simple(mode.gpuShare),
    supplyV: null,
  }
}

function rates(facts: UnitEntry['densePeak']): Partial<Record<Arithmetic, Fact>> {
  const simplified: Partial<Record<Arithmetic, Fact>> = {}
  for (const arithmetic of arithmetics) {
    const rate = simple(facts[arithmetic])
    if (rate !== null) simplified[arithmetic] = rate
  }
  return simplified
}

function simple(published: CatalogFact | null | undefined): Fact | null {
  return published === null || published === undefined ? null : fact(published)
}

function fact({ value, unit, sourceIds, ...stated }: CatalogFact): Fact {
  return { value: toBase[unit](value), status: shownStatus(stated), sourceIds }
}

/** A vendor's figure that nobody has seen in its source is recalled, whoever shows it. */
export function shownStatus({ status, confirmed }: Pick<CatalogFact, 'status' | 'confirmed'>): FactStatus {
  return status === 'vendor' && !confirmed ? 'recalled' : status
}
