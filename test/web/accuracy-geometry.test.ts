import { describe, expect, test } from 'vitest'
import { accuracyDomain, farthestOff, placePoints, slowdown, timesOff } from '../../web/app/charts/accuracy-geometry.ts'
import type { Point } from '../../worker/contract/validation.ts'

const point = (rest: Partial<Point>): Point => ({
  rowId: 'a',
  presetId: 'resnet50',
  deviceId: 'rk3588',
  kind: 'npu',
  family: 'rknpu-2',
  runtime: 'rknn',
  precision: 'int8',
  quantity: 'latency',
  measured: 10,
  predicted: 10,
  pi80: null,
  sourceId: 's',
  ...rest,
})

describe('points of the accuracy chart', () => {
  test('show a rate as the time of one item', () => {
    const [latency, rate] = placePoints([
      point({ predicted: 5, measured: 20 }),
      point({ quantity: 'throughput', predicted: 200, measured: 50 }),
    ])
    expect(rate).toMatchObject({ predictedMs: latency?.predictedMs, measuredMs: latency?.measuredMs })
  })

  test('are slower than said above the diagonal, and off by the same factor either way', () => {
    const [slower, faster] = placePoints([point({ predicted: 5, measured: 20 }), point({ predicted: 20, measured: 5 })])
    if (slower === undefined || faster === undefined) throw new Error('two points')
    expect([slowdown(slower), slowdown(faster)]).toEqual([4, 0.25])
    expect([timesOff(slower), timesOff(faster)]).toEqual([4, 4])
  })

  test('all lie on axes that share one domain', () => {
    const placed = placePoints([point({ predicted: 0.3, measured: 0.5 }), point({ predicted: 90, measured: 700 })])
    const [low, high] = accuracyDomain(placed)
    expect(low).toBeLessThanOrEqual(0.3)
    expect(high).toBeGreaterThanOrEqual(700)
  })

  test('name the one that is farthest off', () => {
    const placed = placePoints([point({ rowId: 'near', measured: 11 }), point({ rowId: 'far', measured: 2 })])
    expect(farthestOff(placed)?.point.rowId).toBe('far')
    expect(farthestOff([])).toBeNull()
  })
})
