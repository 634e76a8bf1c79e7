/** The loop that all models share: terms of every kernel, then the law (docs/method/latency.md, LAT-1). */
import type { Kernel } from '../cost/kernel.ts'
import type { KernelTimes, UnitContext } from './compute-unit.ts'
import { overlap, transferS } from './law.ts'
import type { Rates } from './rates.ts'
import { storedScoresBytes, type Traffic, traffic } from './traffic.ts'

/**
 * Fills `out`. `computeS` is the model's own part; `weightsResident` says whether constants stay on chip between runs.
 * Where the unit has no DRAM, what leaves the chip crosses the link instead.
 */
export function timeKernels(
  kernels: readonly Kernel[],
  context: UnitContext,
  out: KernelTimes,
  weightsResident: boolean,
  computeS: (kernel: Kernel, context: UnitContext) => number,
): void {
  const { rates, parameters, traits, startsSequence } = context
  const { halfSizeBytes, overlapExponent } = parameters
  const overheadS = kernelOverheadS(context)
  const onchipBytes = rates.onchipBytes.value
  const { reachedDramBytesPerS: dramBytesPerS, reachedLinkBytesPerS: linkBytesPerS } = rates
  const moved: Traffic = { dramBytes: 0, onchipBytes: 0 }

  for (let i = 0; i < kernels.length; i++) {
    const kernel = kernels[i]
    if (kernel === undefined) continue
    traffic(kernel, onchipBytes, weightsResident, moved)
    if (traits.storesScores && kernel.class === 'attention')
      moved.dramBytes += storedScoresBytes(kernel, startsSequence)
    const compute = computeS(kernel, context)
    let memory = transferS(moved.onchipBytes, rates.onchipBytesPerS, 0)
    let link = 0
    if (dramBytesPerS !== null) {
      memory += transferS(moved.dramBytes, dramBytesPerS, halfSizeBytes)
      out.dramBytes[i] = moved.dramBytes
    } else if (linkBytesPerS !== null) {
      link = transferS(moved.dramBytes, linkBytesPerS, halfSizeBytes)
      out.linkBytes[i] = moved.dramBytes
    }
    out.onchipBytes[i] = moved.onchipBytes
    out.computeS[i] = compute
    out.memoryS[i] = memory
    out.linkS[i] = link
    out.overheadS[i] = overheadS
    out.totalS[i] = overheadS + overlap(compute, memory, link, overlapExponent)
  }
}

/** Starting one kernel on every core that takes part (LAT-3). */
function kernelOverheadS({ rates, parameters }: UnitContext): number {
  return parameters.perKernelS + parameters.perForkS * (rates.cores - 1)
}

/** Element operations that turn the weights of a product into numbers of the multipliers. */
export function unpackOpsOf(
  { gemm, weightBytes }: Kernel,
  { unpackOpsPerByte }: Pick<Rates, 'unpackOpsPerByte'>,
): number {
  return gemm === null ? 0 : weightBytes * unpackOpsPerByte
}

/** Time of the element operations of a kernel on the unit's lanes, weights unpacked once. */
export function vectorS(kernel: Kernel, { rates, parameters }: UnitContext): number {
  return ((kernel.vectorOps ?? 0) + unpackOpsOf(kernel, rates)) / (rates.vectorOpsPerS * parameters.vectorEfficiency)
}

/** Inputs and outputs of the graph over the host link, once per run. */
export function boundaryS({ rates, boundaryBytes }: UnitContext): { linkS: number; linkBytes: number } {
  if (rates.reachedLinkBytesPerS === null) return { linkS: 0, linkBytes: 0 }
  return { linkS: transferS(boundaryBytes, rates.reachedLinkBytesPerS, 0), linkBytes: boundaryBytes }
}
