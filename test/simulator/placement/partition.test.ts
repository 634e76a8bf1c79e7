import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import type { PartitionRule } from '../../../simulator/hardware/support-table.ts'
import { type Partition, partition, producers } from '../../../simulator/placement/partition.ts'
import { anySummary } from '../../support/arbitraries.ts'
import { SummaryBuilder } from '../../support/summaries.ts'

const anyRule: fc.Arbitrary<PartitionRule> = fc.constantFrom(
  { kind: 'every' },
  { kind: 'leading' },
  { kind: 'largest', most: 1 },
  { kind: 'largest', most: 2 },
)

const split = fc.record({
  summary: anySummary,
  lacking: fc.infiniteStream(fc.integer({ min: 0, max: 3 })),
  rule: anyRule,
})

function masks(summary: GraphSummary, lacking: Iterator<number>) {
  const isFree = Uint8Array.from(summary.operators, ({ class: operatorClass }) => (operatorClass === 'view' ? 1 : 0))
  const runsOnUnit = Uint8Array.from(summary.operators, () => (lacking.next().value === 0 ? 0 : 1))
  return { isFree, runsOnUnit }
}

function unitParts(parts: readonly Partition[]): readonly Partition[] {
  return parts.filter(({ side }) => side === 'unit')
}

describe('partitions', () => {
  test.prop([split])('place every operator once, after what it reads, never where it is lacking', (drawn) => {
    const { summary, rule } = drawn
    const { isFree, runsOnUnit } = masks(summary, drawn.lacking)
    const parts = partition(summary, runsOnUnit, isFree, rule)
    const order = parts.flatMap(({ operators }) => operators)
    expect(order.toSorted((a, b) => a - b)).toEqual([...summary.operators.keys()])

    const producer = producers(summary)
    const position = new Map(order.map((operator, at) => [operator, at]))
    summary.operators.forEach(({ inputs }, index) => {
      for (const input of inputs) {
        const from = producer[input] ?? -1
        if (from !== -1) expect(position.get(from)).toBeLessThan(position.get(index) ?? -1)
      }
    })
    for (const { operators } of unitParts(parts)) {
      for (const index of operators) expect(isFree[index] === 1 || runsOnUnit[index] === 1).toBe(true)
    }
    parts.slice(1).forEach(({ side }, before) => {
      expect(side).not.toBe(parts[before]?.side)
    })
  })

  test.prop([split])('are as many as the rule allows', (drawn) => {
    const { summary, rule } = drawn
    const { isFree, runsOnUnit } = masks(summary, drawn.lacking)
    const onUnit = unitParts(partition(summary, runsOnUnit, isFree, rule))
    if (rule.kind === 'largest') expect(onUnit.length).toBeLessThanOrEqual(rule.most)
    if (rule.kind !== 'leading') return
    expect(onUnit.length).toBeLessThanOrEqual(1)
    const first = summary.operators.findIndex((_, index) => runsOnUnit[index] === 0 && isFree[index] === 0)
    const executed = onUnit.flatMap(({ operators }) => operators).filter((index) => isFree[index] === 0)
    const ahead = [...summary.operators.keys()].filter(
      (index) => isFree[index] === 0 && (first === -1 || index < first),
    )
    expect(executed).toEqual(ahead)
  })

  it('keep two branches in one part where only one of them is cut', () => {
    const b = new SummaryBuilder()
    const x = b.conv(b.input([1, 3, 8, 8]), 4)
    const left = b.relu(b.conv(x, 4)) // 1, 2
    const odd = b.relu(x) // 3
    const right = b.conv(odd, 4) // 4
    const summary = b.build('branches', [b.add(left, right)]) // 5
    const runsOnUnit = Uint8Array.from([1, 1, 1, 0, 1, 1])
    const parts = partition(summary, runsOnUnit, new Uint8Array(6), { kind: 'every' })
    expect(parts).toEqual([
      { side: 'unit', operators: [0, 1, 2] },
      { side: 'fallback', operators: [3] },
      { side: 'unit', operators: [4, 5] },
    ])
  })
})
