/** What a placement says in words: what runs elsewhere, and what does not run at all. */
import type { Workload } from '../cost/workload.ts'
import type { Target } from '../hardware/target.ts'
import { type Problem, problem } from '../problem.ts'
import { lacksOf } from './division.ts'
import type { PlacedSimulation } from './simulate-placed.ts'
import { supportTableOf } from './support.ts'

/** Operators that the unit lacks where its runtime has nothing else to run them on; `null` = it runs. */
export function refusalOf(workload: Workload, target: Target): Problem | null {
  const table = supportTableOf(target)
  if (table === null || table.fallbackRuntimes !== null) return null
  const lacks = lacksOf(workload, table)
  if (lacks.length === 0) return null
  const names = operatorTypes(
    workload,
    lacks.map(({ operator }) => operator),
  )
  return problem(
    'operator-unsupported',
    'Choose a runtime that falls back to the processor, or cut these operators off.',
    {
      where: names,
      expected: table.source,
      received: `${table.title} runs no part of a network elsewhere`,
    },
  )
}

/** `null` where all of it runs on its unit. */
export function fallbackWarning({ fallback, workload }: PlacedSimulation): Problem | null {
  if (fallback === null) return null
  const { lacks, partitions, target, table } = fallback
  const { unit, runtime } = target.target
  const elsewhere = [...fallback.partOfKernel].filter((part) => partitions[part]?.side === 'fallback').length
  const host = target.isAssumed ? 'a host that is not stated' : `${unit.id} (${runtime.id})`
  return problem('operator-unsupported', `${elsewhere} of ${workload.kernels.length} kernels run on ${host}.`, {
    where: operatorTypes(
      workload,
      lacks.map(({ operator }) => operator),
    ),
    expected: table.source,
    received: `${table.title}${table.status === 'recalled' ? ', list recalled, not read again' : ''}`,
  })
}

function operatorTypes({ summary }: Workload, operators: readonly number[]): string {
  return [...new Set(operators.map((index) => summary.operators[index]?.op ?? ''))].join(', ')
}
