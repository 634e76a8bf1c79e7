/**
 * Accelerators of microcontrollers (docs/method/npu.md, NPU-2): a tiled NPU whose memory ports do not grow with its array.
 *
 *     t_compute = MACs / (peak · U_align · η / (1 + N/N_half)) + element operations / (V · η_v)
 *
 * N: MACs per cycle. Without external memory the weights are on the chip, and no DRAM is read.
 */
import type { Kernel } from '../cost/kernel.ts'
import { alignmentLosses, alignmentOf, utilisation } from './alignment.ts'
import type { ComputeUnitModel, UnitContext } from './compute-unit.ts'
import { boundaryS, timeKernels, vectorS } from './time-kernels.ts'

/** Array of which the ports feed one half **(default)**: published runs reach 13 of 16, 25 of 32, 54 of 200. */
const halfFedMacsPerCycle = 80

function computeS(kernel: Kernel, context: UnitContext): number {
  const { rates, parameters, target } = context
  const share = utilisation(kernel, alignmentOf(target.unit, rates.arithmetic))
  const fedShare = 1 / (1 + rates.peakMacsPerS.value / rates.clockHz.value / halfFedMacsPerCycle)
  const reached = rates.peakMacsPerS.value * share * fedShare * parameters.efficiency[kernel.class]
  return (kernel.macs ?? 0) / reached + vectorS(kernel, context)
}

export const mcuNpuModel: ComputeUnitModel = {
  name: 'mcu-npu',
  formula: 'NPU-2',
  time(kernels, context, out) {
    const hasExternalMemory = context.target.device.dramBytes !== null
    timeKernels(kernels, context, out, !hasExternalMemory, computeS)
    return { overheadS: context.parameters.perInferenceS, ...boundaryS(context), intervalS: null }
  },
  losses: (kernel, { target, rates }) => alignmentLosses(kernel, alignmentOf(target.unit, rates.arithmetic)),
}
