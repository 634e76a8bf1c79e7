import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { AvailableMetric } from '../../simulator/predict/prediction.ts'
import { intervalGeometry, losingSide } from '../../web/app/charts/interval-geometry.ts'

const scale = { kind: 'linear', domain: [0, 100] } as const

const anyMetric = fc
  .array(fc.double({ min: 0.001, max: 200, noNaN: true }), { minLength: 5, maxLength: 5 })
  .map((values): AvailableMetric => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = values.toSorted((x, y) => x - y)
    return { availability: 'available', p50: c, pi80: [b, d], pi95: [a, e] }
  })

const width = (span: { from: number; to: number } | null) => (span === null ? 0 : span.to - span.from)

describe('interval mark', () => {
  test('the part of the bar over an upper limit is hollow', () => {
    const mark = intervalGeometry({ availability: 'available', p50: 40, pi80: [20, 70], pi95: [10, 84] }, scale, {
      value: 62,
      kind: 'max',
    })
    expect(mark.solid).toEqual({ from: 20, to: 62 })
    expect(mark.hollow).toEqual({ from: 62, to: 70 })
    expect(mark.median).toBe(40)
    expect(mark.lowTick && mark.highTick).toBe(true)
  })

  test('under a lower limit it is the part below that is hollow', () => {
    const mark = intervalGeometry({ availability: 'available', p50: 40, pi80: [20, 70], pi95: [10, 84] }, scale, {
      value: 30,
      kind: 'min',
    })
    expect(mark.hollow).toEqual({ from: 20, to: 30 })
    expect(mark.solid).toEqual({ from: 30, to: 70 })
  })

  test('without a limit nothing is hollow', () => {
    const mark = intervalGeometry({ availability: 'available', p50: 40, pi80: [20, 70], pi95: [10, 84] }, scale, null)
    expect(mark.hollow).toBeNull()
    expect(mark.solid).toEqual({ from: 20, to: 70 })
  })

  test('an end that leaves the axis is clipped and loses its tick', () => {
    const mark = intervalGeometry({ availability: 'available', p50: 90, pi80: [60, 120], pi95: [40, 150] }, scale, null)
    expect(mark.hairline).toEqual({ from: 40, to: 100 })
    expect(mark.lowTick).toBe(true)
    expect(mark.highTick).toBe(false)
    expect(mark.solid).toEqual({ from: 60, to: 100 })
  })

  test('a median off the axis is not drawn at its end', () => {
    expect(
      intervalGeometry({ availability: 'available', p50: 130, pi80: [120, 140], pi95: [110, 150] }, scale, null).median,
    ).toBeNull()
  })

  it.prop([anyMetric, fc.double({ min: 1, max: 99, noNaN: true }), fc.constantFrom('max' as const, 'min' as const)])(
    'solid and hollow parts make up the whole bar and stay inside the hairline',
    (metric, value, kind) => {
      const mark = intervalGeometry(metric, scale, { value, kind })
      const bar = Math.min(100, metric.pi80[1]) - Math.min(100, metric.pi80[0])
      expect(width(mark.solid) + width(mark.hollow)).toBeCloseTo(bar, 9)
      for (const part of [mark.solid, mark.hollow]) {
        if (part === null) continue
        expect(part.from).toBeGreaterThanOrEqual(mark.hairline.from)
        expect(part.to).toBeLessThanOrEqual(mark.hairline.to)
      }
    },
  )

  test('the hatch lies on the side that misses the limit', () => {
    expect(losingSide(scale, { value: 30, kind: 'max' })).toEqual({ from: 30, to: 100 })
    expect(losingSide(scale, { value: 30, kind: 'min' })).toEqual({ from: 0, to: 30 })
  })
})
