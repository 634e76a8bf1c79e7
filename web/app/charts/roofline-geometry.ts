/** Points and ceilings of a roofline, in operations (1 MAC = 2) per byte and per second. */
import type { Ceilings, ComputeCeiling, MemoryCeiling } from '../../../simulator/decide/ceilings.ts'
import type { Bound, KernelResult, Prediction } from '../../../simulator/predict/prediction.ts'
import { opsFromMacs, sFromMs } from '../../../simulator/quantities.ts'
import { type Domain, logDomain } from './scale.ts'

export interface RooflinePoint {
  readonly index: number
  readonly kernel: KernelResult
  readonly opsPerByte: number
  readonly opsPerS: number
  readonly bound: Bound
}

/** A flat roof, from the intensity at which memory can feed it. */
export interface Flat {
  readonly ceiling: ComputeCeiling
  readonly fromOpsPerByte: number
}

/** A slanted roof, up to the highest flat one that it is drawn for. */
export interface Slope {
  readonly ceiling: MemoryCeiling
  readonly toOpsPerByte: number
  /** What feeds the kernels: DRAM, or the link of a unit without any. */
  readonly isInUse: boolean
}

export interface Roofline {
  readonly points: readonly RooflinePoint[]
  /** Kernels that have no multiply-accumulates, or whose work is not known: no place on this chart. */
  readonly omitted: number
  /** Kernels that are faster than the slope in use allows: not all of their bytes cross it. */
  readonly onChip: number
  readonly flats: readonly Flat[]
  readonly slopes: readonly Slope[]
  readonly x: Domain
  readonly y: Domain
}

export function roofline(prediction: Prediction, { compute, memory }: Ceilings): Roofline {
  const points = prediction.kernels.flatMap((kernel, index): RooflinePoint[] => {
    const { macs, arithmeticIntensity, timeMs, bound } = kernel
    if (macs === null || macs === 0 || arithmeticIntensity === null || timeMs <= 0) return []
    const opsPerS = opsFromMacs(macs) / sFromMs(timeMs)
    return [{ index, kernel, opsPerByte: opsFromMacs(arithmeticIntensity), opsPerS, bound }]
  })
  const outside = memory.find(({ level }) => level !== 'onchip')
  const fed = outside ?? memory[0]
  const inUse = compute.find(({ isInUse }) => isInUse)
  const highest = Math.max(...compute.map(({ opsPerS }) => opsPerS))
  const ridge = inUse === undefined || fed === undefined ? [] : [inUse.opsPerS / fed.bytesPerS]
  const x = logDomain([...points.map(({ opsPerByte }) => opsPerByte), ...ridge.flatMap((at) => [at / 2, at * 2])])
  return {
    points,
    omitted: prediction.kernels.length - points.length,
    onChip: outside === undefined ? 0 : points.filter((point) => isLeftOf(point, outside)).length,
    flats: compute.map((ceiling) => ({
      ceiling,
      fromOpsPerByte: fed === undefined ? x[0] : ceiling.opsPerS / fed.bytesPerS,
    })),
    slopes: memory.map((ceiling) => ({
      ceiling,
      isInUse: ceiling === fed,
      toOpsPerByte: (ceiling === fed ? highest : (inUse?.opsPerS ?? highest)) / ceiling.bytesPerS,
    })),
    x,
    y: logDomain([...points.map(({ opsPerS }) => opsPerS), ...compute.map(({ opsPerS }) => opsPerS * 1.5)]),
  }
}

function isLeftOf({ opsPerS, opsPerByte }: RooflinePoint, { bytesPerS }: MemoryCeiling): boolean {
  return opsPerS > opsPerByte * bytesPerS
}

/** Radius whose area is proportional to the share of time: 2.5 px for the shortest, 9 px for the longest. */
export function pointRadius(timeMs: number, longestMs: number): number {
  return Math.max(2.5, 9 * Math.sqrt(longestMs > 0 ? timeMs / longestMs : 0))
}
