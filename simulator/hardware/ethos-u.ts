/**
 * Arm Ethos-U (docs/method/ethos-u.md, EU-1 to EU-3), the closed form behind the per-block rules.
 *
 * Convolutions use the whole array on blocks of eight input channels; depthwise windows take four kernel elements at a
 * time on one eighth of it; the output stage (bias, scaling, activation, element operations) runs beside the array.
 */
import type { Kernel } from '../cost/kernel.ts'
import { alignmentLosses, alignmentOf, utilisation } from './alignment.ts'
import type { ComputeUnitModel, UnitContext } from './compute-unit.ts'
import { boundaryS, timeKernels, vectorS } from './time-kernels.ts'

/** Kernel elements per step of the depthwise path, and input channels that a dot product spans. */
const elementsPerStep = 4
const dotProductChannels = 8

/** Share of the array a depthwise window keeps busy. */
function depthwiseShare(kernel: Kernel): number {
  const elements = (kernel.window?.kernel ?? [1]).reduce((product, size) => product * size, 1)
  return elements / (elementsPerStep * Math.ceil(elements / elementsPerStep)) / dotProductChannels
}

function computeS(kernel: Kernel, context: UnitContext): number {
  const { rates, parameters, target } = context
  const aligned = utilisation(kernel, alignmentOf(target.unit, rates.arithmetic))
  const share = kernel.class === 'depthwise-convolution' ? aligned * depthwiseShare(kernel) : aligned
  const reached = rates.peakMacsPerS.value * share * parameters.efficiency[kernel.class]
  return Math.max((kernel.macs ?? 0) / reached, vectorS(kernel, context))
}

export const ethosUModel: ComputeUnitModel = {
  name: 'ethos-u',
  formula: 'EU-1',
  time(kernels, context, out) {
    timeKernels(kernels, context, out, false, computeS)
    return { overheadS: context.parameters.perInferenceS, ...boundaryS(context), intervalS: null }
  },
  losses: (kernel, { target, rates }) => alignmentLosses(kernel, alignmentOf(target.unit, rates.arithmetic)),
}
