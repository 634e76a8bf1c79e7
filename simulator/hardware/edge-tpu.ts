/**
 * Edge TPU (docs/method/edge-tpu.md, TPU-1 to TPU-3): a 64×64 array, a parameter memory, and a link for the rest.
 *
 * The compiler gives whole layers, in execution order, a place in the parameter memory until it is full; the others
 * stream over the host link in every run, hidden behind compute where it is longer. Activations stay on chip.
 */
import type { Kernel } from '../cost/kernel.ts'
import { alignedShare, alignmentLosses, alignmentOf, utilisation } from './alignment.ts'
import type { ComputeUnitModel } from './compute-unit.ts'
import { overlap, transferS } from './law.ts'
import { boundaryS, vectorS } from './time-kernels.ts'

/** Share of the on-chip memory left to parameters beside activations and the program: 7.0 of 8 MB **(default)**. */
const parameterShare = 7 / 8

/** Parameters as stored: both channel dimensions padded to the array. */
function storedBytes(kernel: Kernel, width: number): number {
  const { gemm, window } = kernel
  if (gemm === null || kernel.weightBytes === 0) return kernel.weightBytes
  const reduction = window === null ? gemm.k : window.inputChannels / window.groups
  const isDepthwise = kernel.class === 'depthwise-convolution'
  const share = isDepthwise ? 1 : alignedShare(gemm.n, width) * Math.max(alignedShare(reduction, width), 1 / 2)
  return kernel.weightBytes / share
}

export const edgeTpuModel: ComputeUnitModel = {
  name: 'edge-tpu',
  formula: 'TPU-1',
  time(kernels, context, out) {
    const { rates, parameters, target } = context
    const alignment = alignmentOf(target.unit, rates.arithmetic)
    const link = rates.reachedLinkBytesPerS ?? rates.reachedDramBytesPerS
    let free = rates.onchipBytes.value * parameterShare
    for (let i = 0; i < kernels.length; i++) {
      const kernel = kernels[i]
      if (kernel === undefined) continue
      const stored = storedBytes(kernel, alignment.inputChannels)
      const cached = stored <= free
      free = cached ? free - stored : 0
      const streamed = cached || link === null ? 0 : stored
      const reached = rates.peakMacsPerS.value * utilisation(kernel, alignment) * parameters.efficiency[kernel.class]
      const compute = (kernel.macs ?? 0) / reached + vectorS(kernel, context)
      const onchipBytes = kernel.inputBytes + kernel.outputBytes + (cached ? stored : 0)
      const memory = transferS(onchipBytes, rates.onchipBytesPerS, 0)
      const streaming = link === null ? 0 : transferS(streamed, link, 0)
      out.computeS[i] = compute
      out.memoryS[i] = memory
      out.linkS[i] = streaming
      out.overheadS[i] = parameters.perKernelS
      out.onchipBytes[i] = onchipBytes
      out.linkBytes[i] = streamed
      out.totalS[i] = parameters.perKernelS + overlap(compute, memory, streaming, parameters.overlapExponent)
    }
    return { overheadS: parameters.perInferenceS, ...boundaryS(context), intervalS: null }
  },
  losses: (kernel, { target, rates }) => alignmentLosses(kernel, alignmentOf(target.unit, rates.arithmetic)),
}
