/** The explanation tree: every number of the answer, its formula in `docs/method/`, and what went in. */
import type { Bound } from '../hardware/law.ts'
import type { Simulation } from '../hardware/simulate.ts'
import type { EnergyOfRun } from '../power/energy.ts'
import { mjFromJ, msFromS } from '../quantities.ts'
import type { Explanation } from './prediction.ts'

/** `largest`: indices of the kernels worth naming; the others are one sum. */
export function explain(simulation: Simulation, largest: readonly number[], energy: EnergyOfRun | null): Explanation {
  const { workload, kernels, run, latencyS } = simulation
  let others = 0
  for (let i = 0; i < workload.kernels.length; i++) if (!largest.includes(i)) others += kernels.totalS[i] ?? 0

  const inputs = [
    ...largest.map((index) => explainKernel(simulation, index)),
    leaf('LAT-1', `${workload.kernels.length - largest.length} other kernels`, msFromS(others), 'ms'),
    leaf('LAT-3', 'per inference', msFromS(run.overheadS), 'ms'),
  ]
  if (run.linkS > 0) inputs.push(leaf('LAT-4', 'inputs and outputs over the link', msFromS(run.linkS), 'ms'))
  const root: Explanation = { formula: 'LAT-5', quantity: 'latency', value: msFromS(latencyS), unit: 'ms', inputs }
  return energy === null ? root : { ...root, inputs: [...inputs, explainEnergy(energy)] }
}

function explainKernel({ workload, kernels, resolved }: Simulation, index: number): Explanation {
  const kernel = workload.kernels[index]
  const { rates, parameters } = resolved
  const terms: [Bound, string, number | undefined][] = [
    ['compute', 'LAT-2', kernels.computeS[index]],
    ['memory', 'MEM-1', kernels.memoryS[index]],
    ['link', 'LAT-4', kernels.linkS[index]],
    ['overhead', 'LAT-3', kernels.overheadS[index]],
  ]
  const inputs = terms.map(([bound, formula, timeS]) => leaf(formula, bound, msFromS(timeS ?? 0), 'ms'))
  const [compute, memory, ...rest] = inputs
  return {
    formula: 'LAT-1',
    quantity: kernel?.name ?? '',
    value: msFromS(kernels.totalS[index] ?? 0),
    unit: 'ms',
    inputs: [
      ...(compute === undefined
        ? []
        : [
            {
              ...compute,
              inputs: [
                leaf('WORK-3', 'MACs', kernel?.macs ?? 0, 'MAC'),
                leaf('FACT-1', 'peak', rates.peakMacsPerS.value, 'MAC/s'),
                leaf('LAT-2', 'efficiency', parameters.efficiency[kernel?.class ?? 'unknown'], '1'),
              ],
            },
          ]),
      ...(memory === undefined
        ? []
        : [
            {
              ...memory,
              inputs: [
                leaf('MEM-1', 'bytes over DRAM', kernels.dramBytes[index] ?? 0, 'B'),
                leaf('MEM-1', 'bytes on chip', kernels.onchipBytes[index] ?? 0, 'B'),
              ],
            },
          ]),
      ...rest,
    ],
  }
}

function explainEnergy(energy: EnergyOfRun): Explanation {
  const part = (quantity: string, valueJ: number): Explanation => leaf('EN-1', quantity, mjFromJ(valueJ), 'mJ')
  return {
    formula: 'EN-1',
    quantity: 'energy',
    value: mjFromJ(energy.totalJ),
    unit: 'mJ',
    inputs: [
      part('compute', energy.computeJ),
      part('on-chip memory', energy.onchipJ),
      part('DRAM', energy.dramJ),
      part('link', energy.linkJ),
      part('static', energy.staticJ),
    ],
  }
}

function leaf(formula: string, quantity: string, value: number, unit: string): Explanation {
  return { formula, quantity, value, unit, inputs: [] }
}
