import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { broadcast, elementCount, openShape } from '../../../simulator/graph/shape.ts'

const dims = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 })

/** numpy's rule, spelled out on equal ranks. */
function broadcastByRule(a: readonly number[], b: readonly number[]): number[] | null {
  const rank = Math.max(a.length, b.length)
  const pad = (shape: readonly number[]) => [...new Array<number>(rank - shape.length).fill(1), ...shape]
  const [left, right] = [pad(a), pad(b)]
  const result = left.map((size, axis) => {
    const other = right[axis] ?? 1
    return size === other || other === 1 ? size : size === 1 ? other : Number.NaN
  })
  return result.some(Number.isNaN) ? null : result
}

describe('broadcasting', () => {
  property.prop([dims, dims])('agrees with the rule of numpy and refuses what numpy refuses', (a, b) => {
    const expected = broadcastByRule(a, b)
    if (expected === null) expect(() => broadcast(a, b)).toThrow('shape-mismatch')
    else expect(broadcast(a, b)).toEqual(expected)
  })

  property.prop([dims, dims])('does not depend on the order of operands', (a, b) => {
    fc.pre(broadcastByRule(a, b) !== null)
    expect(broadcast(a, b)).toEqual(broadcast(b, a))
  })

  test('keeps a symbol against itself and against 1, and believes a number against a symbol', () => {
    expect(broadcast(['n', 1, 4], ['n', 3, 'm'])).toEqual(['n', 3, 4])
    expect(broadcast(['n'], ['m'])).toEqual([null])
    expect(broadcast([1], [null])).toEqual([null])
    expect(broadcast(null, [2])).toBeNull()
  })
})

describe('element counts', () => {
  test('are unknown with an unknown dimension, except that nothing times anything is nothing', () => {
    expect(elementCount([2, 3, 4])).toBe(24)
    expect(elementCount([])).toBe(1)
    expect(elementCount([2, 'n'])).toBeNull()
    expect(elementCount(['n', 0])).toBe(0)
  })

  test('are unknown once they are no longer exact', () => {
    expect(elementCount([2 ** 30, 2 ** 30])).toBeNull()
  })

  test('a rank nobody could use opens no dimensions', () => {
    expect(openShape(3)).toEqual([null, null, null])
    expect(openShape(1e9)).toBeNull()
  })
})
