import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { schedule, type Task } from '../../../simulator/placement/schedule.ts'

const drawn = fc.record({
  lane: fc.constantFrom('npu', 'cpu', 'link'),
  timeMs: fc.integer({ min: 0, max: 1000 }),
  after: fc.array(fc.nat({ max: 30 }), { maxLength: 3 }),
})

const anyTasks: fc.Arbitrary<Task[]> = fc.array(drawn, { minLength: 1, maxLength: 30 }).map((steps) =>
  steps.map(({ lane, timeMs, after }, index) => ({
    name: `${index}`,
    kind: 'kernel',
    lane,
    timeS: timeMs,
    after: after.filter((before) => before < index),
  })),
)

describe('a schedule', () => {
  // A 4 ms on the accelerator; B 3 ms needs A, C 5 ms on the processor needs A, D 2 ms on the accelerator needs C.
  //   npu  A A A A B B B . . D D          cpu  . . . . C C C C C
  it('is the one drawn by hand', () => {
    const task = (name: string, lane: string, timeS: number, after: readonly number[]): Task => {
      return { name, kind: 'kernel', lane, timeS, after }
    }
    const tasks = [
      task('A', 'npu', 4, []),
      task('B', 'npu', 3, [0]),
      task('C', 'cpu', 5, [0]),
      task('D', 'npu', 2, [2]),
    ]
    const { spans, makespanS, criticalPathS, sumS, busyS } = schedule(tasks)
    expect(spans.map(({ startS, endS }) => [startS, endS])).toEqual([
      [0, 4],
      [4, 7],
      [4, 9],
      [9, 11],
    ])
    expect({ makespanS, criticalPathS, sumS }).toEqual({ makespanS: 11, criticalPathS: 11, sumS: 14 })
    // Frames in flight wait for the accelerator alone: one every 9 ms, not every 11.
    expect(Object.fromEntries(busyS)).toEqual({ npu: 9, cpu: 5 })
  })

  test.prop([anyTasks])('waits for inputs and lanes; critical path ≤ makespan ≤ sum', (tasks) => {
    const { spans, makespanS, criticalPathS, sumS, busyS } = schedule(tasks)
    tasks.forEach(({ lane, timeS, after }, index) => {
      const span = spans[index] ?? { startS: -1, endS: -1 }
      expect(span.endS - span.startS).toBe(timeS)
      for (const before of after) expect(spans[before]?.endS).toBeLessThanOrEqual(span.startS)
      tasks.slice(0, index).forEach((other, before) => {
        if (other.lane === lane) expect(spans[before]?.endS).toBeLessThanOrEqual(span.startS)
      })
    })
    expect(criticalPathS).toBeLessThanOrEqual(makespanS)
    expect(makespanS).toBeLessThanOrEqual(sumS)
    for (const busy of busyS.values()) expect(busy).toBeLessThanOrEqual(makespanS)
  })
})
