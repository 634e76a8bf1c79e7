/**
 * `power_mode` and `threads` as printed by measurement tables, turned into a state that the simulator knows:
 * a power mode of the device, or one made for the row (a clock, a number of cores, some of the CPU clusters).
 */
import type { ComputeUnit, CpuCluster, Device, Fact, PowerMode } from '../../simulator/hardware/device.ts'
import { fail } from '../../simulator/problem.ts'
import { hzFromMhz } from '../../simulator/quantities.ts'

export interface OperatingState {
  readonly device: Device
  /** `undefined` = the mode that the device ships in. */
  readonly powerMode: string | undefined
  /** What the row says and the answer leaves out. */
  readonly notModelled: readonly string[]
}

/** Throws `ProblemError` `invalid-field` for threads that are neither a number nor `multi`. */
export function operatingState(device: Device, unit: ComputeUnit, text: string, threads: string): OperatingState {
  const mode = readMode(device, unit, text)
  const cores = readThreads(unit, threads)
  const clockHz = mode.clockHz
  const notModelled = [...mode.notModelled, ...cores.notModelled]
  if (clockHz === null && cores.count === null && mode.clusters === null) {
    return { device, powerMode: mode.base?.id, notModelled }
  }
  const made: PowerMode = {
    ...(mode.base ?? device.powerModes[0] ?? undescribed),
    id: [text, threads === '' ? '' : `${threads} threads`].filter((part) => part !== '').join(', '),
    ...(cores.count === null ? {} : { cpuCores: cores.count }),
    ...(clockHz === null ? {} : { [clockField(unit)]: clockHz }),
  }
  const units =
    mode.clusters === null
      ? device.units
      : device.units.map((other) => (other.id === unit.id ? withClusters(other, mode.clusters ?? []) : other))
  return { device: { ...device, units, powerModes: [...device.powerModes, made] }, powerMode: made.id, notModelled }
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
}

interface Mode {
  readonly base: PowerMode | undefined
  readonly clockHz: Fact | null
  readonly clusters: readonly CpuCluster[] | null
  readonly notModelled: readonly string[]
}

function readMode(device: Device, unit: ComputeUnit, text: string): Mode {
  const nothing: Mode = { base: undefined, clockHz: null, clusters: null, notModelled: [] }
  if (text === '') return nothing
  const named =
    device.powerModes.find(({ id }) => id.toLowerCase() === text.toLowerCase()) ??
    (text === 'nvpmodel max' ? device.powerModes.find(({ id }) => /maxn/i.test(id)) : undefined)
  if (named !== undefined) return { ...nothing, base: named }

  const clusters = clusterSpellings.get(text)?.(unit.clusters) ?? null
  if (clusters !== null && clusters.length > 0) return { ...nothing, clusters }

  const clocks = [...text.matchAll(/(\d+(?:\.\d+)?) ?(M|G)Hz/g)]
  const [, digits, prefix] = clocks[0] ?? []
  // Two clocks are of two parts of the unit, and which one counts differs by operator.
  if (clocks.length === 1 && digits !== undefined) {
    const rest = text === `${digits} ${prefix}Hz` ? [] : [`power_mode "${text}" beyond its clock`]
    return { ...nothing, clockHz: statedClock(Number(digits) * (prefix === 'G' ? 1000 : 1)), notModelled: rest }
  }
  return { ...nothing, notModelled: [`power_mode "${text}"`] }
}

function statedClock(mhz: number): Fact {
  return { value: hzFromMhz(mhz), status: 'measured', sourceIds: [] }
}

function clockField(unit: ComputeUnit): 'cpuClockHz' | 'gpuClockHz' | 'npuClockHz' {
  if (unit.id === 'cpu') return 'cpuClockHz'
  return unit.id === 'gpu' ? 'gpuClockHz' : 'npuClockHz'
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

/** The same CPU with some of its clusters; its peak follows from what is left. */
function withClusters(unit: ComputeUnit, clusters: readonly CpuCluster[]): ComputeUnit {
  return clusters.length === unit.clusters.length ? unit : { ...unit, clusters, peakMacsPerS: {} }
}

function readThreads(unit: ComputeUnit, threads: string): { count: number | null; notModelled: readonly string[] } {
  const none = { count: null, notModelled: [] }
  // As many as the source found best is what the shipped mode stands for.
  if (threads === '' || threads === 'multi') return none
  const count = Number(threads)
  if (!Number.isSafeInteger(count) || count < 1) {
    throw fail('invalid-field', 'Give a number of threads, multi, or nothing.', { where: 'threads', received: threads })
  }
  if (unit.kind === 'cpu-simd' || unit.kind === 'wasm-simd') return { count, notModelled: [] }
  return count === 1 ? none : { count: null, notModelled: [`threads ${threads}`] }
}
