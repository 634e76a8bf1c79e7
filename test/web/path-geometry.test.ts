import { describe, expect, test } from 'vitest'
import { axisEnd, totalOf } from '../../web/app/charts/path-geometry.ts'

describe('axis of the paths', () => {
  test('holds all totals while they are comparable', () => {
    expect(axisEnd([16, 40, 104], null)).toBeGreaterThanOrEqual(104)
  })

  test('lets one that is far longer break off, so that the others stay readable', () => {
    const end = axisEnd([16, 40, 104, 786], null)
    expect(end).toBeLessThan(200)
    expect(end).toBeGreaterThan(104)
  })

  test('shows a deadline that lies near, and leaves out one that would dwarf the bars', () => {
    expect(axisEnd([10, 20], 50)).toBeGreaterThanOrEqual(50)
    expect(axisEnd([10, 20], 5000)).toBeLessThan(100)
  })

  test('parts add up; a path that cannot be given has no total', () => {
    expect(totalOf({ connectMs: 1, uplinkMs: 2, roundTripMs: 3, inferenceMs: 4, downlinkMs: 5 })).toBe(15)
    expect(totalOf(null)).toBeNull()
  })
})
