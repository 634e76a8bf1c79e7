/**
 * The terms of a kernel as they were before calibration, from those after it (`../hardware/rescale.ts`, CAL-1): dividing is
 * exact to rounding and spares timing every kernel twice.
 */
import type { Kernel } from '../cost/kernel.ts'
import { computeAt, covariatesOf, dramAt, kernelStartAt, linkAt, onchipAt } from '../hardware/calibration.ts'
import type { KernelTimes } from '../hardware/compute-unit.ts'
import { overlap } from '../hardware/law.ts'
import { logKernelFactor, logRunFactor } from '../hardware/rescale.ts'
import type { ResolvedTarget } from '../hardware/simulate.ts'

export interface PlainTerms {
  readonly computeS: number
  readonly dramS: number
  readonly onchipS: number
  readonly linkS: number
  readonly startS: number
  /** What the unit's own model made of the terms, over their norm; `null` = there are none. */
  readonly busyShare: number | null
}

/** ln of what multiplies every time of a run. */
export function logRunFactorOf({ target, rates, logFactors }: ResolvedTarget, batch: number): number {
  return logFactors === null ? 0 : logRunFactor(logFactors, covariatesOf(target, rates, batch))
}

export function plainTerms(
  kernel: Kernel,
  times: KernelTimes,
  index: number,
  resolved: ResolvedTarget,
  batch: number,
): PlainTerms {
  const { logFactors, rates, parameters } = resolved
  const at = (column: Float64Array): number => column[index] ?? 0
  const factor = (parameter: number): number => Math.exp(logFactors?.[parameter] ?? 0)
  const whole = Math.exp(logRunFactorOf(resolved, batch))
  const ofKernel = logFactors === null ? 1 : Math.exp(logKernelFactor(kernel, logFactors)) * whole
  const computeS = at(times.computeS) / (factor(computeAt) * ofKernel)
  const linkS = at(times.linkS) / (factor(linkAt) * ofKernel)
  const scaledMemoryS = at(times.memoryS) / ofKernel
  const onchipByBytesS = at(times.onchipBytes) / rates.onchipBytesPerS
  const dramS = (scaledMemoryS - onchipByBytesS * factor(onchipAt)) / factor(dramAt)
  const isSplit = dramS > 0
  const onchipS = isSplit ? onchipByBytesS : scaledMemoryS / factor(onchipAt)
  const startS = at(times.overheadS) / (factor(kernelStartAt) * whole)
  const { overlapExponent } = parameters
  const scaledNormS = overlap(computeS * factor(computeAt), scaledMemoryS, linkS * factor(linkAt), overlapExponent)
  const busyS = (at(times.totalS) - at(times.overheadS)) / ofKernel
  return {
    computeS,
    dramS: isSplit ? dramS : 0,
    onchipS,
    linkS,
    startS,
    busyShare: scaledNormS === 0 ? null : busyS / scaledNormS,
  }
}
