/**
 * In-memory computing (docs/method/compute-in-memory.md, CIM-1 to CIM-4). Status: research.
 *
 * Weights stay in the cells from run to run while they fit, so only activations move; what they leave of a crossbar
 * idles. A layer is at least one matrix-vector product long. Weights beyond the capacity are fetched and written row by
 * row in every run.
 */
import type { Kernel } from '../cost/kernel.ts'
import { precisions } from '../graph/precision.ts'
import { alignmentLosses, alignmentOf } from './alignment.ts'
import type { ComputeUnitModel, UnitContext } from './compute-unit.ts'
import { type Crossbar, mapToCrossbars, productS } from './crossbar.ts'
import { overlap, transferS } from './law.ts'
import { boundaryS, vectorS } from './time-kernels.ts'
import { type Traffic, traffic } from './traffic.ts'

/** Cells of one bit, driven one bit at a time, a converter for each column, one phase per cycle **(defaults)**. */
function crossbarOf({ target, rates }: UnitContext): Crossbar {
  const { inputChannels, outputChannels } = alignmentOf(target.unit, rates.arithmetic)
  const cycleS = 1 / rates.clockHz.value
  return {
    rows: inputChannels,
    columns: outputChannels * Math.ceil(precisions[target.precision].weightBits),
    cellBits: 1,
    cellsPerSlice: 1,
    driverBits: 1,
    activeRows: inputChannels,
    columnsPerConverter: 1,
    rowS: cycleS,
    conversionS: cycleS,
  }
}

/** CIM-3: flash beside the unit is where its cells keep the weights, else the memory on chip. */
function isResident({ target, rates, weightBytes }: UnitContext): boolean {
  return weightBytes <= Math.max(target.device.flashBytes?.value ?? 0, rates.onchipBytes.value)
}

function computeS(kernel: Kernel, context: UnitContext): number {
  const { rates, parameters, target } = context
  const { gemm, class: operatorClass } = kernel
  const reached = rates.peakMacsPerS.value * parameters.efficiency[operatorClass]
  const lanes = vectorS(kernel, context)
  if (gemm === null || gemm.m * gemm.n * gemm.k * gemm.repeat === 0) return (kernel.macs ?? 0) / reached + lanes
  const { weightBits, activationBits } = precisions[target.precision]
  const crossbar = crossbarOf(context)
  const mapping = mapToCrossbars(gemm, crossbar, Math.ceil(weightBits), activationBits)
  const onCells = (kernel.macs ?? 0) / (reached * mapping.spatialShare)
  return Math.max(onCells, productS(mapping, crossbar)) + lanes + writingS(mapping.crossbars * gemm.repeat, context)
}

/** CIM-4: rows of cells written one per cycle **(default, as of SRAM)**; phase-change and flash cells take far longer. */
function writingS(crossbars: number, context: UnitContext): number {
  if (isResident(context)) return 0
  const { rows, columns } = crossbarOf(context)
  const { peakMacsPerS, clockHz } = context.rates
  const writtenAtOnce = Math.max(1, peakMacsPerS.value / (clockHz.value * rows * columns))
  return (crossbars * rows) / (writtenAtOnce * clockHz.value)
}

export const computeInMemoryModel: ComputeUnitModel = {
  name: 'compute-in-memory',
  formula: 'CIM-1',
  time(kernels, context, out) {
    const { rates, parameters } = context
    const resident = isResident(context)
    const moved: Traffic = { dramBytes: 0, onchipBytes: 0 }
    for (const [i, kernel] of kernels.entries()) {
      traffic(kernel, rates.onchipBytes.value, resident, moved)
      // Weights in cells are read where they are: they take no part in the traffic of activations.
      const movedOnchip = moved.onchipBytes - (resident ? kernel.weightBytes : 0)
      const outside = rates.reachedDramBytesPerS ?? rates.reachedLinkBytesPerS
      const outsideS = outside === null ? 0 : transferS(moved.dramBytes, outside, parameters.halfSizeBytes)
      const isLink = rates.reachedDramBytesPerS === null
      out.computeS[i] = computeS(kernel, context)
      out.memoryS[i] = transferS(movedOnchip, rates.onchipBytesPerS, 0) + (isLink ? 0 : outsideS)
      out.linkS[i] = isLink ? outsideS : 0
      out.overheadS[i] = parameters.perKernelS
      out.dramBytes[i] = isLink ? 0 : moved.dramBytes
      out.linkBytes[i] = isLink ? moved.dramBytes : 0
      out.onchipBytes[i] = moved.onchipBytes
      const terms = overlap(out.computeS[i] ?? 0, out.memoryS[i] ?? 0, out.linkS[i] ?? 0, parameters.overlapExponent)
      out.totalS[i] = parameters.perKernelS + terms
    }
    return { overheadS: parameters.perInferenceS, ...boundaryS(context), intervalS: null }
  },
  losses: (kernel, { target, rates }) => alignmentLosses(kernel, alignmentOf(target.unit, rates.arithmetic)),
}
