/**
 * The least time that a run can take on a unit: no record below it is believed, and no prediction may lie below it
 * (docs/method/floor.md, FLOOR-1, FLOOR-2).
 *
 *     t ≥ multiplies / fastest peak         t ≥ (weights − on chip) / DRAM bandwidth
 *
 * Every choice is the one that makes the floor lower: 3×3 stride-1 convolutions in floating point by minimal filtering,
 * the fastest arithmetic the runtime may take instead of the stated one, all cores in use, weights kept on chip.
 */
import type { Kernel } from '../cost/kernel.ts'
import type { Workload } from '../cost/workload.ts'
import { type Arithmetic, precisions } from '../graph/precision.ts'
import type { CpuCluster, Device, PowerMode } from '../hardware/device.ts'
import { modeClockShare, modeGpuShare } from '../hardware/power-mode.ts'
import type { Target } from '../hardware/target.ts'

export interface PhysicsFloor {
  readonly computeS: number
  readonly memoryS: number
  /** What the multipliers are taken to work in. */
  readonly arithmetic: Arithmetic
}

/** Of one batch; `null` where the unit states no peak that bounds the row's arithmetic. */
export function physicsFloor(workload: Workload, target: Target): PhysicsFloor | null {
  const fastest = fastestPeak(target)
  if (fastest === null) return null
  const { floatShare, integerShare } = target.runtime.minimalFiltering
  const filteredShare = floats.has(precisions[target.precision].arithmetic) ? floatShare : integerShare
  let multiplies = 0
  for (const kernel of workload.kernels) multiplies += leastMultiplies(kernel, filteredShare)
  return {
    computeS: multiplies / fastest.macsPerS,
    memoryS: weightsS(workload, target),
    arithmetic: fastest.arithmetic,
  }
}

const floats: ReadonlySet<Arithmetic> = new Set(['fp32', 'tf32', 'fp16', 'bf16'])

function leastMultiplies({ macs, class: operatorClass, window }: Kernel, filteredShare: number): number {
  if (macs === null) return 0
  const slides = operatorClass === 'convolution' || operatorClass === 'depthwise-convolution'
  if (!slides || window === null || window.kernel.length !== 2) return macs
  const isFiltered = window.kernel.every((size) => size === 3) && window.stride.every((step) => step === 1)
  return isFiltered ? macs * filteredShare : macs
}

/** Wide to narrow: a runtime may compute wider than it is asked to, where that is faster. */
const widths: readonly (readonly Arithmetic[])[] = [
  ['fp32'],
  ['tf32'],
  ['fp16', 'bf16'],
  ['int8', 'fp8'],
  ['int4', 'analog'],
]

interface Peak {
  readonly arithmetic: Arithmetic
  readonly macsPerS: number
}

/**
 * The fastest stated peak among the formats that the runtime may choose; a format that the unit does not state is
 * bounded by the narrower ones that it does state.
 */
function fastestPeak(target: Target): Peak | null {
  const { arithmetic } = precisions[target.precision]
  const asked = widths.findIndex((formats) => formats.includes(arithmetic))
  const halves = arithmetic === 'fp32' && target.runtime.halvesFloats
  const narrowest = Math.max(asked, halves ? 2 : asked, arithmetic === 'fp32' && target.unit.roundsToTf32 ? 1 : asked)
  const peaks = (formats: readonly Arithmetic[]): Peak[] =>
    formats.flatMap((format) => {
      const macsPerS = statedPeak(target, format)
      return macsPerS === null ? [] : [{ arithmetic: format, macsPerS }]
    })
  const own = peaks(widths[narrowest] ?? [])
  const bounding = own.length > 0 ? own : peaks(widths.slice(narrowest + 1).flat())
  if (bounding.length === 0) return null
  const candidates = [...peaks(widths.slice(0, narrowest).flat()), ...bounding]
  return candidates.reduce<Peak | null>(
    (best, peak) => (best === null || peak.macsPerS > best.macsPerS ? peak : best),
    null,
  )
}

/** With the cores, clocks and clusters that the target leaves on. */
function statedPeak({ device, unit, powerMode, threads }: Target, arithmetic: Arithmetic): number | null {
  if (unit.clusters.length > 0) return clustersPeak(unit.clusters, arithmetic, powerMode, threads)
  const stated = unit.peakMacsPerS[arithmetic]
  if (stated === undefined) return null
  return stated.value * modeClockShare(device, unit.kind, unit.clockHz, powerMode) * modeGpuShare(unit.kind, powerMode)
}

/** The fastest cores first, as many as there are threads; `null` unless every cluster states a rate. */
function clustersPeak(
  clusters: readonly CpuCluster[],
  arithmetic: Arithmetic,
  mode: PowerMode | null,
  threads: number | null,
): number | null {
  const rates: number[] = []
  for (const { cores, clockHz, macsPerCycle } of clusters) {
    const perCycle = macsPerCycle[arithmetic]
    if (clockHz === null || perCycle === undefined) return null
    const hz = Math.min(clockHz.value, mode?.cpuClockHz?.value ?? clockHz.value)
    for (let core = 0; core < cores; core++) rates.push(hz * perCycle.value)
  }
  const most = Math.min(threads ?? Number.POSITIVE_INFINITY, mode?.cpuCores ?? Number.POSITIVE_INFINITY)
  const used = rates.sort((a, b) => b - a).slice(0, Math.min(most, rates.length))
  return used.reduce((sum, rate) => sum + rate, 0)
}

/** 0 unless both the bandwidth and the memory on chip are stated. */
function weightsS({ weightBytes }: Workload, { device, unit, powerMode }: Target): number {
  const bytesPerS = bandwidth(device, powerMode)
  if (bytesPerS === null || unit.onchipBytes === null) return 0
  return Math.max(0, weightBytes - unit.onchipBytes.value) / bytesPerS
}

function bandwidth({ dramBytesPerS }: Device, mode: PowerMode | null): number | null {
  return mode?.memoryBytesPerS?.value ?? dramBytesPerS?.value ?? null
}
