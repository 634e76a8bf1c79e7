/**
 * `power_mode` as printed by measurement tables, turned into a state that the simulator knows: a power mode of the
 * device, or one made for the row (a clock, some of the CPU clusters).
 */
import type { ComputeUnit, CpuCluster, Device, Fact, PowerMode, UnitKind } from '../../simulator/hardware/device.ts'
import { hzFromMhz } from '../../simulator/quantities.ts'

export interface OperatingState {
  readonly device: Device
  /** `undefined` = the mode that the device ships in. */
  readonly powerMode: string | undefined
  /** The row names a mode or a clock; otherwise any mode of the device may have been set. */
  readonly isModeStated: boolean
  /** Of a unit with lanes of a batch: those that are there; `null` = it has none. */
  readonly batchLanes: number | null
  /** What the row says and the answer leaves out. */
  readonly notModelled: readonly string[]
}

export function operatingState(device: Device, unit: ComputeUnit, text: string): OperatingState {
  const { base, clockHz, supplyV, clusters, cores, notModelled } = readMode(device, unit, text)
  const batchLanes = unit.batchLanes === null ? null : (lanesOf(text) ?? unit.batchLanes.value)
  const isModeStated = clusters === null && (base !== undefined || clockHz !== null)
  if (cores !== null) {
    const state = withUnit(device, withCores(unit, cores))
    return { device: state, powerMode: undefined, isModeStated, batchLanes, notModelled }
  }
  if (clockHz === null && clusters === null)
    return { device, powerMode: base?.id, isModeStated, batchLanes, notModelled }
  const made: PowerMode = {
    ...(base ?? device.powerModes[0] ?? undescribed),
    id: text,
    ...(clockHz === null ? {} : { [clockField(unit)]: clockHz }),
    ...(supplyV === null ? {} : { supplyV }),
  }
  const withCpu = clusters === null ? device : withUnit(device, withClusters(unit, clusters))
  const state: Device = { ...withCpu, powerModes: [...device.powerModes, made] }
  return { device: state, powerMode: made.id, isModeStated, batchLanes, notModelled }
}

/** AI Engine tiles of one lane of a DPU for Versal (AMD PG389, C32). */
const tilesPerLane = 32

/** `C20B14CU1`, `96 AIE`; `null` for other texts, and where not one lane is there. */
function lanesOf(text: string): number | null {
  const lanes = /B(\d+)CU/.exec(text)?.[1]
  const tiles = /^(\d+) AIE\b/.exec(text)?.[1] ?? '0'
  const stated = lanes === undefined ? Math.floor(Number(tiles) / tilesPerLane) : Number(lanes)
  return stated === 0 ? null : stated
}

const undescribed: PowerMode = {
  id: 'default',
  budgetW: null,
  cpuCores: null,
  cpuClockHz: null,
  gpuClockHz: null,
  npuClockHz: null,
  memoryBytesPerS: null,
  gpuShare: null,
  supplyV: null,
}

interface Mode {
  readonly base: PowerMode | undefined
  readonly clockHz: Fact | null
  readonly supplyV: Fact | null
  readonly clusters: readonly CpuCluster[] | null
  /** Of an accelerator, for one model. */
  readonly cores: number | null
  readonly notModelled: readonly string[]
}

function readMode(device: Device, unit: ComputeUnit, text: string): Mode {
  const nothing: Mode = { base: undefined, clockHz: null, supplyV: null, clusters: null, cores: null, notModelled: [] }
  if (text === '') return nothing
  const named =
    device.powerModes.find(({ id }) => id.toLowerCase() === text.toLowerCase()) ??
    (text === 'nvpmodel max' ? device.powerModes.find(({ id }) => /maxn/i.test(id)) : undefined)
  if (named !== undefined) return { ...nothing, base: named }

  const clusters = clusterSpellings.get(text)?.(unit.clusters) ?? null
  if (clusters !== null && clusters.length > 0) return { ...nothing, clusters }

  const cores = coresOf(unit, text)
  if (cores !== null) return { ...nothing, cores }

  const clocks = [...text.matchAll(/(\d+(?:\.\d+)?) ?(M|G)Hz/g)]
  const [, digits, prefix] = clocks[0] ?? []
  // Two clocks are of two parts of the unit, and which one counts differs by operator.
  if (clocks.length === 1 && digits !== undefined) {
    const supply = device.linearSupplyV === null ? null : /(\d+(?:\.\d+)?) ?V\b/.exec(text)
    const understood = supply === null ? [clocks[0]?.[0]] : [clocks[0]?.[0], supply[0]]
    const rest = text === understood.join(', ') ? [] : [`power_mode "${text}" beyond its clock`]
    return {
      ...nothing,
      clockHz: measured(hzFromMhz(Number(digits) * (prefix === 'G' ? 1000 : 1))),
      supplyV: supply === null ? null : measured(Number(supply[1])),
      notModelled: rest,
    }
  }
  return { ...nothing, notModelled: [`power_mode "${text}"`] }
}

function measured(value: number): Fact {
  return { value, status: 'measured', sourceIds: [] }
}

/** As `hardware/power-mode.ts` reads them. */
function clockField({ kind }: ComputeUnit): 'cpuClockHz' | 'gpuClockHz' | 'npuClockHz' {
  if (isCpu(kind)) return 'cpuClockHz'
  return kind === 'gpu' ? 'gpuClockHz' : 'npuClockHz'
}

export function isCpu(kind: UnitKind): boolean {
  return kind === 'cpu-simd' || kind === 'mcu-cpu' || kind === 'wasm-simd'
}

/** Sets of cores as ncnn names them: big = clocked above the middle between the fastest and the slowest cluster. */
const clusterSpellings: ReadonlyMap<string, (clusters: readonly CpuCluster[]) => readonly CpuCluster[]> = new Map([
  ['all cores', (clusters) => clusters],
  ['big cores', (clusters) => clusters.filter(({ clockHz }) => (clockHz?.value ?? 0) >= middleHz(clusters))],
  ['little cores', (clusters) => clusters.filter(({ clockHz }) => (clockHz?.value ?? Infinity) < middleHz(clusters))],
])

function middleHz(clusters: readonly CpuCluster[]): number {
  const clocks = clusters.flatMap(({ clockHz }) => clockHz?.value ?? [])
  return (Math.max(...clocks) + Math.min(...clocks)) / 2
}

/** `1 core`, `NPU 3 cores`, `with 1/2 device capability`; `null` for other texts, and for units that state no cores. */
function coresOf({ cores }: ComputeUnit, text: string): number | null {
  if (cores === null) return null
  const [, count] = /^(?:NPU )?(\d+) cores?$/.exec(text) ?? []
  if (count !== undefined) return Number(count)
  const [, part, whole] = /^with (\d+)\/(\d+)(?:th)? device capability$/.exec(text) ?? []
  return part === undefined || whole === undefined ? null : (cores.total.value * Number(part)) / Number(whole)
}

function withCores(unit: ComputeUnit, perModel: number): ComputeUnit {
  if (unit.cores === null) return unit
  return { ...unit, cores: { ...unit.cores, perModel: { value: perModel, status: 'measured', sourceIds: [] } } }
}

function withUnit(device: Device, unit: ComputeUnit): Device {
  return { ...device, units: device.units.map((other) => (other.id === unit.id ? unit : other)) }
}

/** The same CPU with some of its clusters; its peak follows from what is left, and so does the design that answers for it. */
function withClusters(unit: ComputeUnit, clusters: readonly CpuCluster[]): ComputeUnit {
  if (clusters.length === unit.clusters.length) return unit
  const core = fastestCore(clusters)
  const family = core === fastestCore(unit.clusters) ? unit.family : familyOfCore(core)
  return { ...unit, family, clusters, peakMacsPerS: {} }
}

function fastestCore(clusters: readonly CpuCluster[]): string {
  const [fastest] = [...clusters].sort((a, b) => (b.clockHz?.value ?? 0) - (a.clockHz?.value ?? 0))
  return fastest?.core ?? ''
}

/** `Cortex-A55` → `cortex-a55`, as the catalog names families. */
function familyOfCore(core: string): string {
  return core.toLowerCase().replaceAll(' ', '-')
}
