/** Points and ceilings of a roofline, in operations (1 MAC = 2) per byte and per second. */
import type { Bound, KernelResult, Prediction } from '../../../simulator/predict/prediction.ts'
import { opsFromMacs, sFromMs } from '../../../simulator/quantities.ts'
import { basisValue } from './kernel-shares.ts'
import { type Domain, logDomain } from './scale.ts'

export interface RooflinePoint {
  readonly index: number
  readonly kernel: KernelResult
  readonly opsPerByte: number
  readonly opsPerS: number
  readonly bound: Bound
}

export interface Roofline {
  readonly points: readonly RooflinePoint[]
  /** Kernels that have no multiply-accumulates, or whose work is not known: no place on this chart. */
  readonly omitted: number
  /** Kernels that are faster than the slope allows: not all of their bytes cross it. */
  readonly onChip: number
  /** `null` = not published. */
  readonly peakOpsPerS: number | null
  readonly slopeBytesPerS: number | null
  readonly slopeIs: 'dram' | 'link'
  readonly arithmetic: string
  readonly x: Domain
  readonly y: Domain
}

export function roofline(prediction: Prediction): Roofline {
  const points = prediction.kernels.flatMap((kernel, index): RooflinePoint[] => {
    const { macs, arithmeticIntensity, timeMs, bound } = kernel
    if (macs === null || macs === 0 || arithmeticIntensity === null || timeMs <= 0) return []
    const opsPerS = opsFromMacs(macs) / sFromMs(timeMs)
    return [{ index, kernel, opsPerByte: opsFromMacs(arithmeticIntensity), opsPerS, bound }]
  })
  const peak = prediction.basis.find(({ field }) => field.startsWith('unit.peakMacsPerS.'))
  const peakOpsPerS = peak === undefined ? null : opsFromMacs(peak.value)
  const dram = basisValue(prediction, 'device.dramBytesPerS')
  const slopeBytesPerS = dram ?? basisValue(prediction, 'device.link.bytesPerS')
  const ridge = peakOpsPerS === null || slopeBytesPerS === null ? [] : [peakOpsPerS / slopeBytesPerS]
  const rates = points.map(({ opsPerS }) => opsPerS)
  return {
    points,
    omitted: prediction.kernels.length - points.length,
    onChip: points.filter(({ opsPerS, opsPerByte }) => slopeBytesPerS !== null && opsPerS > opsPerByte * slopeBytesPerS)
      .length,
    peakOpsPerS,
    slopeBytesPerS,
    slopeIs: dram === null ? 'link' : 'dram',
    arithmetic: peak?.field.split('.').at(-1)?.toUpperCase() ?? '',
    x: logDomain([...points.map(({ opsPerByte }) => opsPerByte), ...ridge.flatMap((value) => [value / 2, value * 2])]),
    y: logDomain(peakOpsPerS === null ? rates : [...rates, peakOpsPerS * 1.5]),
  }
}

/** Radius whose area is proportional to the share of time: 2.5 px for the shortest, 9 px for the longest. */
export function pointRadius(timeMs: number, longestMs: number): number {
  return Math.max(2.5, 9 * Math.sqrt(longestMs > 0 ? timeMs / longestMs : 0))
}
