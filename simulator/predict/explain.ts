/**
 * The explanation of the latency: a tree of values, each with its formula in `docs/method/` and what went in.
 *
 * Nodes of LAT-5 add up to it; nodes of LAT-1 overlap. The energy is explained by its parts (EN-1), which are in the
 * answer itself.
 */
import type { Kernel } from '../cost/kernel.ts'
import { hostS } from '../hardware/simulate.ts'
import { unpackOpsOf } from '../hardware/time-kernels.ts'
import { unitModels } from '../hardware/unit-models.ts'
import { type PlacedSimulation, resolvedAt } from '../placement/simulate-placed.ts'
import { msFromS } from '../quantities.ts'
import type { Explanation } from './prediction.ts'

/** `largest`: indices of the kernels worth naming; the others are one sum. */
export function explain(simulation: PlacedSimulation, largest: readonly number[]): Explanation {
  const { workload, kernels, run, latencyS } = simulation
  let othersS = 0
  for (let i = 0; i < workload.kernels.length; i++) if (!largest.includes(i)) othersS += kernels.totalS[i] ?? 0
  const others = workload.kernels.length - largest.length
  return node('LAT-5', 'latency', msFromS(latencyS), 'ms', [
    ...largest.flatMap((index) => {
      const kernel = workload.kernels[index]
      return kernel === undefined ? [] : explainKernel(simulation, kernel, index)
    }),
    ...(others === 0 ? [] : [node('LAT-1', `${others} other kernels`, msFromS(othersS), 'ms')]),
    node('LAT-3', 'per inference', msFromS(run.overheadS), 'ms', explainHost(simulation)),
    ...explainCrossings(simulation),
    ...(run.linkS === 0 ? [] : [node('LAT-4', 'inputs and outputs over the link', msFromS(run.linkS), 'ms')]),
  ])
}

/** Before calibration, which scales all that a run costs beside its kernels. */
function explainHost({ workload, resolved }: PlacedSimulation): Explanation[] {
  const betweenS = hostS(workload, resolved.parameters)
  return betweenS === 0 ? [] : [node('LM-6', 'host between passes, by default', msFromS(betweenS), 'ms')]
}

function explainCrossings({ fallback }: PlacedSimulation): Explanation[] {
  if (fallback === null || fallback.crossings.length === 0) return []
  const parts = fallback.crossings.map(({ bytes, linkS, copyS }) =>
    node('PLACE-4', 'crossing', msFromS(linkS + copyS), 'ms', [node('PLACE-4', 'bytes', bytes, 'B')]),
  )
  const totalMs = parts.reduce((sum, { value }) => sum + value, 0)
  return [node('PLACE-5', 'between units', totalMs, 'ms', parts)]
}

function explainKernel(simulation: PlacedSimulation, kernel: Kernel, index: number): Explanation {
  const { kernels } = simulation
  const resolved = resolvedAt(simulation, index)
  const { target, rates, parameters } = resolved
  const { formula } = unitModels[target.unit.kind]
  const ms = (column: Float64Array): number => msFromS(column[index] ?? 0)
  const unpackOps = unpackOpsOf(kernel, rates)
  const compute = [
    ...known('WORK-3', 'MACs', kernel.macs, 'MAC'),
    ...known('WORK-3', 'element operations', kernel.vectorOps, 'op'),
    ...(unpackOps === 0 ? [] : [node('LM-7', 'unpacking weights', unpackOps, 'op')]),
    node('FACT-1', 'peak', rates.peakMacsPerS.value, 'MAC/s'),
    node('LAT-2', `efficiency of ${kernel.class}`, parameters.efficiency[kernel.class], '1'),
  ]
  const memory = [
    node('MEM-1', 'bytes over DRAM', kernels.dramBytes[index] ?? 0, 'B'),
    node('MEM-1', 'bytes on chip', kernels.onchipBytes[index] ?? 0, 'B'),
    ...known('FACT-1', 'DRAM bandwidth reached', rates.reachedDramBytesPerS, 'B/s'),
  ]
  const linkBytes = kernels.linkBytes[index] ?? 0
  return node('LAT-1', kernel.name, ms(kernels.totalS), 'ms', [
    node(formula, 'compute', ms(kernels.computeS), 'ms', compute),
    node('MEM-1', 'memory', ms(kernels.memoryS), 'ms', memory),
    ...(linkBytes === 0
      ? []
      : [node('LAT-4', 'link', ms(kernels.linkS), 'ms', [node('LAT-4', 'bytes over the link', linkBytes, 'B')])]),
    node('LAT-3', 'overhead', ms(kernels.overheadS), 'ms'),
  ])
}

/** What is not known is left out, never shown as 0. */
function known(formula: string, quantity: string, value: number | null, unit: string): Explanation[] {
  return value === null ? [] : [node(formula, quantity, value, unit)]
}

function node(
  formula: string,
  quantity: string,
  value: number,
  unit: string,
  inputs: readonly Explanation[] = [],
): Explanation {
  return { formula, quantity, value, unit, inputs }
}
