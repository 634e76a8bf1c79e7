import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { type ArenaBuffer, arenaBytes, arenaLowerBound } from '../../../simulator/cost/arena.ts'
import { planAsTflm, planByBreadth, planBySize, planInTimeOrder } from '../../../simulator/cost/arena-greedy.ts'
import { LiveBuffers } from '../../../simulator/cost/arena-lives.ts'
import { anyBuffers, describeArenaPlanner } from '../../contracts/arena-contract.ts'
import { type GoldenRow, readGolden, readReference } from '../../golden/read-golden.ts'

describeArenaPlanner('TFLM', planAsTflm)
describeArenaPlanner('size', planBySize)
describeArenaPlanner('breadth', planByBreadth)
describeArenaPlanner('time order', planInTimeOrder)

const buffer = (bytes: number, firstUsed: number, lastUsed: number): ArenaBuffer => ({ bytes, firstUsed, lastUsed })

describe("TensorFlow Lite Micro's offsets", () => {
  test.for([...instancesOf(readGolden('tflm-arena'))])('of %s', ([, rows]) => {
    expect(planAsTflm(rows.map(bufferOf))).toEqual(rows.map(({ offset }) => Number(offset)))
  })

  const reference = instancesOf(readReference('tflm_arena_buffers'))

  test.skipIf(reference.size === 0)('of every instance at hand (skipped where the table is absent)', () => {
    const summaries = new Map(readReference('tflm_arena_summary').map((row) => [row.instance, row]))
    for (const [instance, rows] of reference) {
      const buffers = rows.map(bufferOf)
      const offsets = planAsTflm(buffers)
      expect([instance, ...offsets]).toEqual([instance, ...rows.map((row) => Number(row.greedy_offset))])
      const summary = summaries.get(instance)
      expect(arenaBytes(buffers, offsets)).toBe(Number(summary?.greedy_arena_bytes))
      expect(arenaLowerBound(buffers)).toBe(Number(summary?.lower_bound_bytes))
    }
  })

  test('place the later of two equals first', () => {
    expect(planAsTflm([buffer(16, 0, 1), buffer(16, 1, 2)])).toEqual([16, 0])
    expect(planBySize([buffer(16, 0, 1), buffer(16, 1, 2)])).toEqual([0, 16])
  })
})

describe('the most that lives at once', () => {
  test('counts first and last use', () => {
    expect(arenaLowerBound([buffer(10, 0, 1), buffer(20, 1, 2), buffer(30, 2, 3)])).toBe(50)
    expect(arenaLowerBound([])).toBe(0)
  })

  propertyTest.prop([anyBuffers])('is the largest sum over the steps', (buffers) => {
    const steps = Array.from({ length: 40 }, (_, step) =>
      buffers
        .filter(({ firstUsed, lastUsed }) => firstUsed <= step && step <= lastUsed)
        .reduce((sum, { bytes }) => sum + bytes, 0),
    )
    expect(arenaLowerBound(buffers)).toBe(Math.max(...steps))
  })
})

describe('orders of placement', () => {
  // [0, 1] and [2, 3] are small and first, [1, 2] is large.
  const chain = [buffer(32, 0, 1), buffer(96, 1, 2), buffer(48, 2, 3), buffer(16, 3, 4)]

  test('by size starts with the largest', () => {
    expect(planBySize(chain)).toEqual([96, 0, 96, 0])
  })

  test('by time starts with the earliest', () => {
    expect(planInTimeOrder(chain)).toEqual([0, 32, 128, 0])
  })

  test('by breadth starts where most lives', () => {
    expect(planByBreadth(chain)).toEqual([96, 0, 96, 0])
  })

  test('fill a gap only where the buffer fits', () => {
    const beside = [buffer(64, 0, 9), buffer(32, 0, 4), buffer(16, 0, 9), buffer(32, 5, 9)]
    const offsets = planInTimeOrder(beside)
    expect(offsets).toEqual([0, 64, 96, 64])
  })
})

describe('buffers that live during a time', () => {
  propertyTest.prop([anyBuffers, fc.nat({ max: 40 }), fc.nat({ max: 10 }), fc.func(fc.boolean())])(
    'are those found by looking at each',
    (buffers, first, life, isMember) => {
      const lives = new LiveBuffers(buffers)
      for (const [index, each] of buffers.entries()) {
        lives.add(index, each)
        if (!isMember(index)) lives.remove(index)
      }
      const expected = buffers.flatMap(({ firstUsed, lastUsed }, index) =>
        isMember(index) && firstUsed <= first + life && lastUsed >= first ? index : [],
      )
      expect(lives.during(first, first + life).sort((a, b) => a - b)).toEqual(expected)
    },
  )
})

function instancesOf(rows: readonly GoldenRow[]): Map<string, GoldenRow[]> {
  const instances = new Map<string, GoldenRow[]>()
  for (const row of rows) instances.set(row.instance ?? '', [...(instances.get(row.instance ?? '') ?? []), row])
  return instances
}

function bufferOf({ aligned_bytes, first_used, last_used }: GoldenRow): ArenaBuffer {
  return buffer(Number(aligned_bytes), Number(first_used), Number(last_used))
}
