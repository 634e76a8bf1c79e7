/** What every arena planner promises, over random buffers. */
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type ArenaBuffer, type ArenaPlanner, arenaBytes, arenaLowerBound } from '../../simulator/cost/arena.ts'

const anyBuffer: fc.Arbitrary<ArenaBuffer> = fc
  .record({ bytes: fc.nat({ max: 40 }), firstUsed: fc.nat({ max: 30 }), life: fc.nat({ max: 8 }) })
  .map(({ bytes, firstUsed, life }) => ({ bytes: 16 * bytes, firstUsed, lastUsed: firstUsed + life }))

export const anyBuffers = fc.array(anyBuffer, { maxLength: 40 })

export function describeArenaPlanner(name: string, plan: ArenaPlanner): void {
  describe(`the ${name} planner`, () => {
    test.prop([anyBuffers])('gives every buffer an offset of at least 0', (buffers) => {
      const offsets = plan(buffers)
      expect(offsets.length).toBe(buffers.length)
      for (const offset of offsets) expect(Number.isSafeInteger(offset) && offset >= 0).toBe(true)
    })

    test.prop([anyBuffers])('lets no two buffers overlap in time and in memory', (buffers) => {
      expect(overlaps(buffers, plan(buffers))).toEqual([])
    })

    test.prop([anyBuffers])('needs at least what lives at once, and at most all of it', (buffers) => {
      const bytes = arenaBytes(buffers, plan(buffers))
      expect(bytes).toBeGreaterThanOrEqual(arenaLowerBound(buffers))
      expect(bytes).toBeLessThanOrEqual(buffers.reduce((sum, buffer) => sum + buffer.bytes, 0))
    })

    test.prop([anyBuffers, fc.integer({ min: 2, max: 9 })])('scales with the sizes', (buffers, factor) => {
      const larger = buffers.map((buffer) => ({ ...buffer, bytes: factor * buffer.bytes }))
      expect(plan(larger)).toEqual(plan(buffers).map((offset) => factor * offset))
    })

    test.prop([anyBuffers, fc.nat({ max: 1000 })])('does not mind when time starts', (buffers, shift) => {
      const later = buffers.map((buffer) => ({
        ...buffer,
        firstUsed: buffer.firstUsed + shift,
        lastUsed: buffer.lastUsed + shift,
      }))
      expect(plan(later)).toEqual(plan(buffers))
    })
  })
}

function overlaps(buffers: readonly ArenaBuffer[], offsets: readonly number[]): string[] {
  const pairs: string[] = []
  for (const [i, a] of buffers.entries()) {
    for (const [j, b] of buffers.slice(0, i).entries()) {
      const inTime = a.firstUsed <= b.lastUsed && b.firstUsed <= a.lastUsed
      const [atA = 0, atB = 0] = [offsets[i], offsets[j]]
      if (inTime && atA < atB + b.bytes && atB < atA + a.bytes) pairs.push(`${j} and ${i}`)
    }
  }
  return pairs
}
