/**
 * Tiled NPUs: a matrix engine fed from local memory, a vector unit beside it (docs/method/npu.md, NPU-1).
 *
 *     t_compute = (MACs / (peak · U_align · η) + element operations / (V · η_v)) / U_lanes
 *
 * Weights are fetched from DRAM in every run, once for all lanes; activations stay local where they fit.
 */
import type { Kernel } from '../cost/kernel.ts'
import { precisions } from '../graph/precision.ts'
import { alignedShare, alignmentLosses, alignmentOf, utilisation } from './alignment.ts'
import type { ComputeUnitModel, UnitContext } from './compute-unit.ts'
import { boundaryS, timeKernels, vectorS } from './time-kernels.ts'

function computeS(kernel: Kernel, context: UnitContext): number {
  const { target, batch } = context
  const lanes = target.unit.batchLanes?.value ?? 1
  return productS(kernel, context) / alignedShare(batch, lanes)
}

function productS(kernel: Kernel, context: UnitContext): number {
  const { rates, parameters, target } = context
  if (isVolumeOnVectors(kernel, context)) return volumeS(kernel, context) + vectorS(kernel, context)
  const share = utilisation(kernel, alignmentOf(target.unit, rates.arithmetic))
  const reached = rates.peakMacsPerS.value * share * parameters.efficiency[kernel.class]
  return (kernel.macs ?? 0) / reached + vectorS(kernel, context)
}

/** NPU-3. */
function isVolumeOnVectors({ window, gemm }: Kernel, { traits }: UnitContext): boolean {
  return traits.volumesOnVectors && gemm !== null && window?.kernel.length === 3
}

const accumulatorBits = 32

/** A lane as wide as an activation is a part of the lane that accumulates. */
function volumeS({ macs }: Kernel, { rates, target }: UnitContext): number {
  const lanesPerMac = Math.max(1, accumulatorBits / precisions[target.precision].activationBits)
  return ((macs ?? 0) * lanesPerMac) / rates.vectorOpsPerS
}

export const npuTiledModel: ComputeUnitModel = {
  name: 'npu-tiled',
  formula: 'NPU-1',
  time(kernels, context, out) {
    timeKernels(kernels, context, out, false, computeS)
    return { overheadS: context.parameters.perInferenceS, ...boundaryS(context), intervalS: null }
  },
  losses(kernel, context) {
    const { target, rates } = context
    return isVolumeOnVectors(kernel, context) ? [] : alignmentLosses(kernel, alignmentOf(target.unit, rates.arithmetic))
  },
}
