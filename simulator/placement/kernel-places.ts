/** Where each kernel runs and, where that is not the unit of the target, why (docs/method/placement.md, PLACE-1, PLACE-2). */
import type { PlacedSimulation } from './simulate-placed.ts'

export type FallbackReason =
  /** The runtime does not execute the operator on the unit. */
  | { readonly kind: 'lacks'; readonly op: string; readonly reason: string; readonly isAssumed: boolean }
  /** It could, but the compiler stops at the first operator that it lacks. */
  | { readonly kind: 'after-first'; readonly op: string; readonly reason: string }
  /** It could, but the runtime hands over the largest parts only. */
  | { readonly kind: 'small-part'; readonly most: number }

export interface KernelPlace {
  readonly unitId: string
  /** Index of the partition; 0 where everything runs on one unit. */
  readonly part: number
  /** `null` = it runs on the unit of the target. */
  readonly why: FallbackReason | null
}

/** In the order of the kernels. */
export function kernelPlaces({ workload, resolved, fallback }: PlacedSimulation): readonly KernelPlace[] {
  const unitId = resolved.target.unit.id
  if (fallback === null) return workload.kernels.map(() => ({ unitId, part: 0, why: null }))
  const { lacks, partitions, partOfKernel, table } = fallback
  const lackOf = new Map(lacks.map((lack) => [lack.operator, lack]))
  const opOf = (operator: number): string => workload.summary.operators[operator]?.op ?? ''
  const left = leftByRule()
  return workload.kernels.map(({ operators }, index) => {
    const part = partOfKernel[index] ?? 0
    if (partitions[part]?.side === 'unit') return { unitId, part, why: null }
    const lack = operators.map((operator) => lackOf.get(operator)).find((each) => each !== undefined)
    return {
      unitId: fallback.resolved.target.unit.id,
      part,
      why:
        lack === undefined
          ? left
          : { kind: 'lacks', op: opOf(lack.operator), reason: lack.reason, isAssumed: lack.isAssumed },
    }
  })

  /** What the rule of the table leaves beside the operators that are lacking. */
  function leftByRule(): FallbackReason | null {
    const [first] = lacks
    switch (table.partitions.kind) {
      case 'leading':
        return first === undefined ? null : { kind: 'after-first', op: opOf(first.operator), reason: first.reason }
      case 'largest':
        return { kind: 'small-part', most: table.partitions.most }
      case 'every':
        return null
    }
  }
}
