/** Taking operators out of a summary: readers of what is gone read what took its place. */
import type { GraphSummary, OperatorSummary } from '../../graph/summary.ts'

export interface Rewiring {
  /** Index of the operator → what stands there instead; `null` = nothing. */
  readonly operators: ReadonlyMap<number, OperatorSummary | null>
  /** Tensor that is no longer made → the one that is read for it. */
  readonly tensors: ReadonlyMap<number, number>
}

/** Tensors keep their indices; those that nothing makes any more are read by nobody. */
export function rewire(summary: GraphSummary, { operators, tensors }: Rewiring): GraphSummary {
  const readOf = (tensor: number): number => {
    const instead = tensors.get(tensor)
    return instead === undefined ? tensor : readOf(instead)
  }
  return {
    ...summary,
    operators: summary.operators.flatMap((given, index) => {
      const instead = operators.get(index)
      if (instead === null) return []
      const operator = instead ?? given
      return [{ ...operator, inputs: operator.inputs.map(readOf) }]
    }),
  }
}

/** Indices of the operators that read each tensor. */
export function readersOf({ operators, tensors }: GraphSummary): number[][] {
  const readers: number[][] = tensors.map(() => [])
  operators.forEach(({ inputs }, index) => {
    for (const input of new Set(inputs)) readers[input]?.push(index)
  })
  return readers
}

export function elementsOf(summary: GraphSummary, tensor: number | undefined): number {
  const shape = tensor === undefined ? undefined : summary.tensors[tensor]?.shape
  return shape === undefined ? 0 : shape.reduce((product, size) => product * size, 1)
}
