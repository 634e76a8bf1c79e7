/**
 * Tiled NPUs: a matrix engine fed from local memory, a vector unit beside it (docs/method/npu.md, NPU-1).
 *
 *     t_compute = (MACs / (peak · U_align · η) + element operations / (V · η_v)) / U_lanes
 *
 * Weights are fetched from DRAM in every run, once for all lanes; activations stay local where they fit.
 */
import type { Kernel } from '../cost/kernel.ts'
import { alignedShare, alignmentLosses, alignmentOf, utilisation } from './alignment.ts'
import type { ComputeUnitModel, UnitContext } from './compute-unit.ts'
import { boundaryS, timeKernels, vectorS } from './time-kernels.ts'

function computeS(kernel: Kernel, context: UnitContext): number {
  const { rates, parameters, target, batch } = context
  const share = utilisation(kernel, alignmentOf(target.unit, rates.arithmetic))
  const reached = rates.peakMacsPerS.value * share * parameters.efficiency[kernel.class]
  const lanes = target.unit.batchLanes?.value ?? 1
  return ((kernel.macs ?? 0) / reached + vectorS(kernel, context)) / alignedShare(batch, lanes)
}

export const npuTiledModel: ComputeUnitModel = {
  name: 'npu-tiled',
  formula: 'NPU-1',
  time(kernels, context, out) {
    timeKernels(kernels, context, out, false, computeS)
    return { overheadS: context.parameters.perInferenceS, ...boundaryS(context), intervalS: null }
  },
  losses: (kernel, { target, rates }) => alignmentLosses(kernel, alignmentOf(target.unit, rates.arithmetic)),
}
