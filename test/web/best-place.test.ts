import { expect, test } from 'vitest'
import type { Metric } from '../../simulator/predict/prediction.ts'
import { firstPlace } from '../../web/app/answer/best-place.ts'

const metric = (p50: number, low: number, high: number): Metric => ({
  availability: 'available',
  p50,
  pi80: [low, high],
  pi95: [low / 2, high * 2],
})
const unknown: Metric = { availability: 'unavailable', missing: 'network.uplinkBytesPerS' }

test('the place with the lowest median is first when its band ends before the next begins', () => {
  expect(
    firstPlace([
      { key: 'cloud', totalMs: metric(100, 80, 120) },
      { key: 'device', totalMs: metric(20, 15, 30) },
    ]),
  ).toMatchObject({ kind: 'first', first: 'device' })
})

test('no winner is declared between overlapping bands', () => {
  expect(
    firstPlace([
      { key: 'cloud', totalMs: metric(25, 20, 40) },
      { key: 'device', totalMs: metric(20, 15, 30) },
    ]),
  ).toEqual({ kind: 'indistinguishable', first: 'device', second: 'cloud' })
})

test('an unknown figure neither wins nor ties', () => {
  expect(firstPlace([{ key: 'cloud', totalMs: unknown }])).toEqual({ kind: 'unknown' })
  expect(
    firstPlace([
      { key: 'cloud', totalMs: unknown },
      { key: 'device', totalMs: metric(20, 15, 30) },
    ]),
  ).toMatchObject({ kind: 'first', first: 'device' })
})
