/**
 * Microcontroller cores (docs/method/mcu.md, MCU-1): cycles per MAC by core and kernel family.
 *
 *     cycles = Σ [ MACs · cpm(core, kernel) / (U · η) + element operations · cpo + t_op ]
 *
 * Never faster than the stated peak. Code and weights in internal flash are part of cpm.
 */
import type { Kernel } from '../cost/kernel.ts'
import type { Arithmetic } from '../graph/precision.ts'
import { alignmentLosses, alignmentOf, utilisation } from './alignment.ts'
import type { ComputeUnitModel, KernelTimes, UnitContext } from './compute-unit.ts'
import type { CyclesPerMac } from './device.ts'
import { overlap, transferS } from './law.ts'

/** Of a core that the catalog does not list **(default)**. */
const unlistedCore: CyclesPerMac = { convolution: 4, depthwise: 8, fullyConnected: 4, float: 4 }

/** Cycles per element operation, and per kernel of an interpreter **(defaults)**. */
const cyclesPerVectorOp = 2
const cyclesPerKernel = 1500

function cyclesOf(kernel: Kernel, core: CyclesPerMac, arithmetic: Arithmetic): number {
  const integer =
    kernel.class === 'depthwise-convolution'
      ? core.depthwise
      : kernel.class === 'fully-connected'
        ? core.fullyConnected
        : core.convolution
  return arithmetic === 'int8' || arithmetic === 'int4' ? integer : integer * core.float
}

export const mcuModel: ComputeUnitModel = {
  name: 'mcu',
  formula: 'MCU-1',
  time(kernels, context, out) {
    const { rates, parameters, target } = context
    const core = target.unit.cyclesPerMac ?? unlistedCore
    const alignment = alignmentOf(target.unit, rates.arithmetic)
    const clockHz = rates.clockHz.value
    const external = hasExternalWeights(context) ? rates.reachedDramBytesPerS : null
    for (let i = 0; i < kernels.length; i++) {
      const kernel = kernels[i]
      if (kernel === undefined) continue
      const rate = Math.min(rates.peakMacsPerS.value, clockHz / cyclesOf(kernel, core, rates.arithmetic))
      const reached = rate * utilisation(kernel, alignment) * parameters.efficiency[kernel.class]
      const compute = (kernel.macs ?? 0) / reached + ((kernel.vectorOps ?? 0) * cyclesPerVectorOp) / clockHz
      fill(out, i, kernel, compute, external, context)
    }
    return { overheadS: parameters.perInferenceS, linkS: 0, linkBytes: 0, intervalS: null }
  },
  losses: (kernel, { target, rates }) => alignmentLosses(kernel, alignmentOf(target.unit, rates.arithmetic)),
}

/** Weights beyond the internal flash are read from external memory in every run. */
function hasExternalWeights({ target, weightBytes }: UnitContext): boolean {
  const { flashBytes, dramBytes } = target.device
  return flashBytes !== null && dramBytes !== null && weightBytes > flashBytes.value
}

function fill(
  out: KernelTimes,
  i: number,
  kernel: Kernel,
  compute: number,
  externalBytesPerS: number | null,
  { rates, parameters }: UnitContext,
): void {
  const outside = externalBytesPerS === null ? 0 : kernel.weightBytes
  const memory = externalBytesPerS === null ? 0 : transferS(outside, externalBytesPerS, parameters.halfSizeBytes)
  const overhead = parameters.perKernelS + cyclesPerKernel / rates.clockHz.value
  out.computeS[i] = compute
  out.memoryS[i] = memory
  out.linkS[i] = 0
  out.overheadS[i] = overhead
  out.dramBytes[i] = outside
  out.linkBytes[i] = 0
  out.onchipBytes[i] = kernel.inputBytes + kernel.outputBytes + kernel.weightBytes - outside
  out.totalS[i] = overhead + overlap(compute, memory, 0, parameters.overlapExponent)
}
