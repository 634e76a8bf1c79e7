/** The kernels of a run as they are shown. */
import { arithmeticIntensity } from '../cost/kernel.ts'
import { contextOf, kernelBound, type Simulation } from '../hardware/simulate.ts'
import { unitModels } from '../hardware/unit-models.ts'
import { type PlacedSimulation, resolvedAt } from '../placement/simulate-placed.ts'
import { type EnergyOfRun, kernelEnergyJ } from '../power/energy.ts'
import { mjFromJ, msFromS } from '../quantities.ts'
import type { KernelResult } from './prediction.ts'

const largestKernelCount = 5

export function everyKernel({ workload }: Simulation): number[] {
  return [...workload.kernels.keys()]
}

/** Indices of the kernels that take longest, longest first. */
export function largestKernels({ kernels }: Simulation): number[] {
  const largest: number[] = []
  const timeOf = (index: number): number => kernels.totalS[index] ?? 0
  for (let i = 0; i < kernels.totalS.length; i++) {
    let place = largest.length
    while (place > 0 && timeOf(largest[place - 1] ?? 0) < timeOf(i)) place--
    if (place === largestKernelCount) continue
    largest.splice(place, 0, i)
    if (largest.length > largestKernelCount) largest.pop()
  }
  return largest
}

export function kernelResult(simulation: PlacedSimulation, index: number, energy: EnergyOfRun | null): KernelResult {
  const { workload, kernels, latencyS } = simulation
  const resolved = resolvedAt(simulation, index)
  const kernel = workload.kernels[index]
  if (kernel === undefined) throw new Error(`no kernel ${index}`)
  const timeS = kernels.totalS[index] ?? 0
  return {
    name: kernel.name,
    operators: kernel.operators.map((operator) => workload.summary.operators[operator]?.name ?? ''),
    class: kernel.class,
    macs: kernel.macs,
    vectorOps: kernel.vectorOps,
    weightBytes: kernel.weightBytes,
    inputBytes: kernel.inputBytes,
    outputBytes: kernel.outputBytes,
    arithmeticIntensity: arithmeticIntensity(kernel),
    timeMs: msFromS(timeS),
    computeMs: msFromS(kernels.computeS[index] ?? 0),
    memoryMs: msFromS(kernels.memoryS[index] ?? 0),
    linkMs: msFromS(kernels.linkS[index] ?? 0),
    overheadMs: msFromS(kernels.overheadS[index] ?? 0),
    bound: kernelBound(kernels, index),
    losses: unitModels[resolved.target.unit.kind].losses(kernel, contextOf(workload, resolved)),
    energyMj:
      energy === null ? null : mjFromJ(kernelEnergyJ(energy, timeS, latencyS, resolved !== simulation.resolved)),
    liveBytes: workload.liveBytes[index] ?? 0,
  }
}
