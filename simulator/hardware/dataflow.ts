/**
 * Dataflow chips (docs/method/dataflow.md, DF-1 to DF-4): every layer has its own share of the array, rows stream through.
 *
 * With shares in proportion to work all layers keep step; the pace is set by the array as a whole or by the widest
 * tensor that has to pass one layer's port, whichever is slower:
 *     interval = max( Σ work, max_l bytes_l / (port · clock) )
 * The first item additionally waits until each window has its rows:
 *     latency  = interval · (1 + Σ_l (K_h,l − 1) / H_l)        each layer in proportion to its work
 * A network that takes more layers or weights than the chip holds runs in contexts, each of which is loaded over the link (or
 * from DRAM) in every run:
 *     contexts = ⌈layers / 100 + weights / memory on chip⌉
 */
import type { Kernel } from '../cost/kernel.ts'
import { alignmentLosses, alignmentOf, utilisation } from './alignment.ts'
import type { ComputeUnitModel, UnitContext } from './compute-unit.ts'
import { transferS } from './law.ts'
import { boundaryS, vectorS } from './time-kernels.ts'

/** Bytes per cycle between two layers **(default)**. */
const portBytesPerCycle = 4

/**
 * Layers that the chip holds where their weights take no room **(default)**. With DF-4 it tells networks that published
 * tables of four chips show in contexts (slower one by one than in eights) from the others in 203 of 219 cases.
 */
const layersPerContext = 100

/** Configuring one layer anew, s, by where it comes from **(defaults)**. */
const configureS = { link: 20e-6, dram: 10e-6 } as const

/** Of the weights: compilers store large layers in four bits **(default)**. */
const reloadedShare = 0.5

/** Share of an item's time that the first one waits for the rows of this window; maps of equal extents. */
function fillShare(kernel: Kernel, batch: number): number {
  const { gemm, window } = kernel
  if (gemm === null || window === null || window.kernel.length === 0) return 0
  const rows = Math.max(1, (gemm.m / batch) ** (1 / window.kernel.length))
  return Math.min(1, ((window.kernel[0] ?? 1) - 1) / rows)
}

export const dataflowModel: ComputeUnitModel = {
  name: 'dataflow',
  formula: 'DF-1',
  time(kernels, context, out) {
    const { rates, parameters, batch } = context
    const { work, portS } = paceOf(kernels, context)
    const isLink = rates.dramBytesPerS === null
    const outside = rates.reachedDramBytesPerS ?? rates.reachedLinkBytesPerS
    const taken = kernels.length / layersPerContext + context.weightBytes / rates.onchipBytes.value
    const reloads = outside !== null && taken > 1
    const configuringS = reloads ? configureS[isLink ? 'link' : 'dram'] : 0
    let workS = 0
    for (const each of work) workS += each
    let reloadS = 0
    for (let i = 0; i < kernels.length; i++) {
      const kernel = kernels[i]
      if (kernel === undefined) continue
      const ownWorkS = work[i] ?? 0
      const waits = 1 + fillShare(kernel, batch) / batch
      const computeS = ownWorkS * waits
      const streamS = workS > 0 ? portS * (ownWorkS / workS) * waits : 0
      const reloadedBytes = reloads ? kernel.weightBytes * reloadedShare : 0
      const ownReloadS = configuringS + (outside === null ? 0 : transferS(reloadedBytes, outside, 0))
      reloadS += ownReloadS
      out.computeS[i] = computeS
      out.memoryS[i] = streamS + (isLink ? 0 : ownReloadS)
      out.linkS[i] = isLink ? ownReloadS : 0
      out.overheadS[i] = parameters.perKernelS
      out.dramBytes[i] = isLink ? 0 : reloadedBytes
      out.linkBytes[i] = isLink ? reloadedBytes : 0
      out.onchipBytes[i] = kernel.inputBytes + kernel.outputBytes + kernel.weightBytes - reloadedBytes
      out.totalS[i] = parameters.perKernelS + Math.max(computeS, streamS) + ownReloadS
    }
    const boundary = boundaryS(context)
    // A graph without work still takes a cycle to pass.
    const cycleS = 1 / rates.clockHz.value
    return {
      overheadS: parameters.perInferenceS,
      ...boundary,
      intervalS: Math.max(Math.max(workS, portS) + reloadS, boundary.linkS, cycleS),
    }
  },
  losses: (kernel, { target, rates }) => alignmentLosses(kernel, alignmentOf(target.unit, rates.arithmetic)),
}

/** Time that each layer's work would take on the whole array, and that the widest tensor takes through a port. */
function paceOf(kernels: readonly Kernel[], context: UnitContext): { work: Float64Array; portS: number } {
  const { rates, parameters, target } = context
  const alignment = alignmentOf(target.unit, rates.arithmetic)
  const work = new Float64Array(kernels.length)
  let widestBytes = 0
  for (let i = 0; i < kernels.length; i++) {
    const kernel = kernels[i]
    if (kernel === undefined) continue
    const reached = rates.peakMacsPerS.value * utilisation(kernel, alignment) * parameters.efficiency[kernel.class]
    work[i] = (kernel.macs ?? 0) / reached + vectorS(kernel, context)
    widestBytes = Math.max(widestBytes, kernel.inputBytes, kernel.outputBytes)
  }
  return { work, portS: widestBytes / (portBytesPerCycle * rates.clockHz.value) }
}
