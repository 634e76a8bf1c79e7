/** What flows from kernel to kernel, looked at through operators that execute nothing. */
import { traceDataflow } from '../cost/dataflow.ts'
import { tensorBytes } from '../cost/operand-bytes.ts'
import { sourcesOf } from './crossing.ts'
import type { PlacedSimulation } from './simulate-placed.ts'
import { resolvedAt } from './simulate-placed.ts'

export interface KernelEdge {
  /** Indices of kernels, `from` before `to`. */
  readonly from: number
  readonly to: number
  /** Of all tensors that the second reads of the first, as the first stores them. */
  readonly bytes: number
}

/** By the kernel that reads, in execution order. */
export function kernelEdges(simulation: PlacedSimulation): readonly KernelEdge[] {
  const { workload, fallback } = simulation
  const { summary, kernels, fusionProfile } = workload
  const isFree = fallback?.isFree ?? traceDataflow(summary, fusionProfile).free
  const sources = sourcesOf(summary, isFree)
  const factor = workload.batch / summary.batch
  const kernelOf = new Map(kernels.flatMap(({ operators }, index) => operators.map((each) => [each, index] as const)))
  return kernels.flatMap(({ operators }, to) => {
    const read = new Map<number, Set<number>>()
    for (const operator of operators) {
      for (const { tensor, operator: maker } of sources(operator)) {
        const from = kernelOf.get(maker)
        if (from === undefined || from === to) continue
        read.set(from, (read.get(from) ?? new Set()).add(tensor))
      }
    }
    return [...read].map(([from, tensors]) => {
      const { precision } = resolvedAt(simulation, from).target
      const bytes = [...tensors].reduce((sum, tensor) => {
        const described = summary.tensors[tensor]
        return described === undefined ? sum : sum + tensorBytes(described, precision) * factor
      }, 0)
      return { from, to, bytes }
    })
  })
}
