/** Peak activation memory of a summary: lifetimes over its operators, and the operator that causes the peak. */
import { dtypeBytes } from '../graph/dtype.ts'
import { lifetimesOf, ownBytes } from '../graph/lifetimes.ts'
import type { GraphSummary } from '../graph/summary.ts'

export interface Liveness {
  /** Bytes alive while each operator runs, in execution order. */
  readonly liveBytes: readonly number[]
  readonly peakBytes: number
  /** Index of the first operator that reaches the peak; `null` for a graph without operators. */
  readonly peakOperator: number | null
}

export interface LivenessRules {
  /** Views share the bytes of their input, as planners without copies lay them out. */
  readonly viewsAreFree: boolean
}

/** Tensors that no operator writes: what the runtime keeps from run to run. They live throughout. */
export function statesOf({ tensors, operators }: GraphSummary): number[] {
  const isWritten = new Uint8Array(tensors.length)
  for (const { outputs } of operators) for (const output of outputs) isWritten[output] = 1
  return tensors.flatMap(({ role }, index) => (role === 'activation' && isWritten[index] === 0 ? [index] : []))
}

/** Weights excluded, no reuse in place, no fusion: a planner may stay below. O(operators + tensors). */
export function livenessOf(summary: GraphSummary, rules: LivenessRules = { viewsAreFree: false }): Liveness {
  const { tensors, operators } = summary
  const owner = ownBytes(tensors.length)
  if (rules.viewsAreFree) {
    for (const operator of operators) {
      const [from] = operator.inputs
      const [to] = operator.outputs
      if (operator.class === 'view' && from !== undefined && to !== undefined) owner[to] = owner[from] ?? from
    }
  }
  const withRole = (role: string) => tensors.flatMap((tensor, index) => (tensor.role === role ? [index] : []))
  const states = statesOf(summary)
  const { liveBytes, peakBytes, peakStep } = lifetimesOf(
    operators.map(({ inputs, outputs }) => ({ reads: inputs, writes: outputs })),
    {
      sizesBytes: tensors.map(({ dtype, shape }) =>
        dtypeBytes(
          dtype,
          shape.reduce((count, dim) => count * dim, 1),
        ),
      ),
      inputs: [...withRole('input'), ...states],
      outputs: [...withRole('output'), ...states],
      owner,
    },
  )
  return { liveBytes, peakBytes, peakOperator: peakStep }
}
