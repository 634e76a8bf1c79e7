/**
 * Dataflow chips (docs/method/dataflow.md, DF-1 to DF-3): every layer has its own share of the array, rows stream through.
 *
 * With shares in proportion to work all layers keep step, so a finished item leaves every
 *     interval = Σ t_compute
 * and the first one additionally waits until each window has its rows:
 *     latency = interval · (1 + Σ_l (K_h,l − 1) / H_l)
 * A model whose weights do not fit runs in contexts: their weights cross the link (or DRAM) in every run, and nothing
 * overlaps between contexts.
 */
import type { Kernel } from '../cost/kernel.ts'
import { alignmentLosses, alignmentOf, utilisation } from './alignment.ts'
import type { ComputeUnitModel } from './compute-unit.ts'
import { transferS } from './law.ts'
import { boundaryS, vectorS } from './time-kernels.ts'

/** Rows of the output map that stream through, from the GEMM view of a square map; 1 where there is no window. */
function fillShare(kernel: Kernel, batch: number): number {
  const { gemm, window } = kernel
  if (gemm === null || window === null) return 0
  const rows = Math.max(1, Math.sqrt(gemm.m / batch))
  return Math.min(1, ((window.kernel[0] ?? 1) - 1) / rows)
}

export const dataflowModel: ComputeUnitModel = {
  name: 'dataflow',
  time(kernels, context, out) {
    const { rates, parameters, target, batch } = context
    const alignment = alignmentOf(target.unit, rates.arithmetic)
    const outside = rates.dramBytesPerS ?? rates.linkBytesPerS
    const fits = context.weightBytes <= rates.onchipBytes.value
    let intervalS = 0
    for (let i = 0; i < kernels.length; i++) {
      const kernel = kernels[i]
      if (kernel === undefined) continue
      const reached = rates.peakMacsPerS.value * utilisation(kernel, alignment) * parameters.efficiency[kernel.class]
      const work = (kernel.macs ?? 0) / reached + vectorS(kernel, context)
      const reloaded = fits || outside === null ? 0 : kernel.weightBytes
      const reload = outside === null ? 0 : transferS(reloaded, outside.value, parameters.bandwidthEfficiency, 0)
      const isLink = rates.dramBytesPerS === null
      out.computeS[i] = work * (1 + fillShare(kernel, batch) / batch)
      out.memoryS[i] = isLink ? 0 : reload
      out.linkS[i] = isLink ? reload : 0
      out.overheadS[i] = parameters.perKernelS
      out.dramBytes[i] = isLink ? 0 : reloaded
      out.linkBytes[i] = isLink ? reloaded : 0
      out.onchipBytes[i] = kernel.inputBytes + kernel.outputBytes + kernel.weightBytes - reloaded
      out.totalS[i] = parameters.perKernelS + work * (1 + fillShare(kernel, batch) / batch) + reload
      intervalS += work + reload
    }
    const boundary = boundaryS(context)
    return { overheadS: parameters.perInferenceS, ...boundary, intervalS: Math.max(intervalS, boundary.linkS) }
  },
  losses: (kernel, { target, rates }) => alignmentLosses(kernel, alignmentOf(target.unit, rates.arithmetic)),
}
