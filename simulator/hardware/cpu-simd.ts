/**
 * CPUs with SIMD lanes (docs/method/cpu.md): all cores that help, caches that keep small models, Winograd where the
 * runtime has it. The same model runs WebAssembly, whose lanes and cores are facts of the unit.
 */
import type { Kernel } from '../cost/kernel.ts'
import { alignmentLosses, alignmentOf, utilisation } from './alignment.ts'
import type { ComputeUnitModel, UnitContext } from './compute-unit.ts'
import { boundaryS, timeKernels, vectorS } from './time-kernels.ts'
import { multiplyShare } from './winograd.ts'

function computeS(kernel: Kernel, context: UnitContext): number {
  const { rates, parameters, traits } = context
  const share = utilisation(kernel, alignmentOf(context.target.unit, rates.arithmetic))
  const macs = (kernel.macs ?? 0) * (traits.winograd ? multiplyShare(kernel, rates.arithmetic) : 1)
  const reached = rates.peakMacsPerS.value * rates.parallelShare * share * parameters.efficiency[kernel.class]
  return macs / reached + vectorS(kernel, context)
}

/** A cache keeps the weights from run to run when they leave half of it to activations. */
function weightsStayCached({ weightBytes, rates }: UnitContext): boolean {
  return weightBytes <= rates.onchipBytes.value / 2
}

export const cpuSimdModel: ComputeUnitModel = {
  name: 'cpu-simd',
  formula: 'CPU-4',
  time(kernels, context, out) {
    timeKernels(kernels, context, out, weightsStayCached(context), computeS)
    return { overheadS: context.parameters.perInferenceS, ...boundaryS(context), intervalS: null }
  },
  losses: (kernel, { target, rates }) => alignmentLosses(kernel, alignmentOf(target.unit, rates.arithmetic)),
}
