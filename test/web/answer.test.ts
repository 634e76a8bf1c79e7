import { describe, expect, test } from 'vitest'
import { checkFit } from '../../simulator/decide/fit.ts'
import { countVerdicts, orderRows, rowKey, verdictOrder } from '../../web/app/answer/answer.ts'
import { answerAxis } from '../../web/app/answer/axis.ts'
import { explainRow } from '../../web/app/answer/explain-row.ts'
import { countStops, limitThatFits, smallestRelaxation } from '../../web/app/answer/stops.ts'
import { position } from '../../web/app/charts/scale.ts'
import { en } from '../../web/app/i18n/en.ts'
import { allDevices, cpuDevice, fact, npuDevice } from '../support/devices.ts'
import { netWithUnknownOperator } from '../support/summaries.ts'
import { medianMs, predictionOn, rowsOn } from './answer-rows.ts'

const named = (name: string, priceUsd: number | null) => ({
  ...npuDevice,
  id: name,
  name,
  priceUsd: priceUsd === null ? null : fact(priceUsd),
})

describe('rows of an answer', () => {
  test('are ordered by verdict, then by certainty, then by latency; every row stays', () => {
    const rows = rowsOn(allDevices, { maxLatencyMs: medianMs(cpuDevice), maxPowerW: 5 })
    const ordered = orderRows(rows.toReversed())
    const ranks = ordered.map(({ fit }) => verdictOrder.indexOf(fit.verdict))
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
    expect(ordered.map(rowKey).toSorted()).toEqual(rows.map(rowKey).toSorted())
    expect(new Set(rows.map(rowKey)).size).toBe(rows.length)
  })

  test('two devices that both show P >0.99 are ordered by latency', () => {
    const rows = rowsOn([cpuDevice, npuDevice], { maxLatencyMs: medianMs(cpuDevice) * 1e4 })
    const [first, second] = orderRows(rows)
    expect(first?.prediction.latencyMs).toMatchObject({ p50: Math.min(medianMs(cpuDevice), medianMs(npuDevice)) })
    expect(second).toBeDefined()
  })

  test('are counted by verdict', () => {
    const rows = rowsOn(allDevices, { maxLatencyMs: medianMs(cpuDevice) })
    const counts = countVerdicts(rows)
    expect(counts.fits + counts.tight + counts.fails + counts.unknown).toBe(rows.length)
  })
})

describe('the axis of an answer', () => {
  test('holds all medians and the budget line', () => {
    const limitMs = medianMs(cpuDevice) * 50
    const rows = rowsOn(allDevices, { maxLatencyMs: limitMs })
    const { scale, limit, pace } = answerAxis(rows, { maxLatencyMs: limitMs })
    expect(pace).toBe('latency')
    expect(limit).toEqual({ value: limitMs, kind: 'max' })
    expect(position(scale, limitMs)).toBeGreaterThan(0)
    expect(position(scale, limitMs)).toBeLessThan(100)
    for (const { prediction } of rows) {
      if (prediction.latencyMs.availability === 'unavailable') continue
      expect(position(scale, prediction.latencyMs.p50)).toBeGreaterThanOrEqual(0)
      expect(position(scale, prediction.latencyMs.p50)).toBeLessThanOrEqual(100)
    }
  })

  test('asks per second when the budget does, with the limit as a lower bound', () => {
    const { pace, limit } = answerAxis(rowsOn([cpuDevice], {}), { minThroughputPerS: 30 })
    expect(pace).toBe('throughput')
    expect(limit).toEqual({ value: 30, kind: 'min' })
  })
})

describe('what stops a device', () => {
  const limitMs = medianMs(npuDevice)
  const budget = { maxLatencyMs: limitMs, maxPriceUsd: 100 }
  const rows = rowsOn([named('cheap', 50), named('dear', 500), named('unpriced', null)], budget)

  test('is counted by the limit that decides and by how far it is missed', () => {
    const stops = countStops(rows)
    expect(stops.reduce((sum, { total }) => sum + total, 0)).toBe(
      rows.filter(({ fit }) => fit.verdict !== 'fits').length,
    )
    expect(stops.find(({ limit }) => limit === 'maxPriceUsd')?.byVerdict).toEqual({ tight: 0, unknown: 1, fails: 1 })
    expect(stops.find(({ limit }) => limit === 'maxLatencyMs')?.byVerdict).toEqual({ tight: 1, unknown: 0, fails: 0 })
  })

  test('a limit moved to what is proposed lets the device fit', () => {
    const cheap = rows[0]?.fit.checks.find(({ limit }) => limit === 'maxLatencyMs')
    if (cheap === undefined) throw new Error('no check')
    expect(cheap.verdict).toBe('tight')
    const proposed = limitThatFits(cheap) ?? Number.NaN
    expect(proposed).toBeGreaterThan(limitMs)
    expect(checkFit(predictionOn(npuDevice), { maxLatencyMs: proposed }, null).verdict).toBe('fits')
  })

  test('a lower bound is moved down', () => {
    const [row] = rowsOn([npuDevice], { minThroughputPerS: 1000 / limitMs })
    const check = row?.fit.checks[0]
    if (check === undefined) throw new Error('no check')
    const proposed = limitThatFits(check) ?? Number.NaN
    expect(proposed).toBeLessThan(1000 / limitMs)
    expect(checkFit(predictionOn(npuDevice), { minThroughputPerS: proposed }, null).verdict).toBe('fits')
  })

  test('only a device that misses one limit is proposed, the nearest first', () => {
    const relaxation = smallestRelaxation(rows)
    expect(relaxation).toMatchObject({ limit: 'maxLatencyMs', deviceName: 'cheap' })
    expect(
      smallestRelaxation(rowsOn([named('dear', 500)], { maxLatencyMs: limitMs / 1e6, maxPriceUsd: 100 })),
    ).toBeNull()
  })
})

describe('sentences', () => {
  const counts = { fits: 0, tight: 0, unknown: 0, fails: 0 }

  test.for([
    [{ fits: 3, tight: 2 }, ['embedded'], 'Three boards meet this budget. Two more are close.'],
    [{ fits: 1, tight: 1 }, ['phone'], 'One phone meets this budget. One more is close.'],
    [{ fits: 27, tight: 8 }, [], '27 devices meet this budget. Eight more are close.'],
    [{ tight: 12 }, ['mcu'], 'No microcontroller meets this budget with P ≥ 0.9. Twelve are close.'],
    [{ fails: 4 }, ['embedded', 'mcu'], 'No device meets this budget.'],
    [{ unknown: 4 }, [], 'No device can be judged against this budget.'],
  ] as const)('%j in %j reads “%s”', ([some, segments, expected]) => {
    expect(en.finding.sentence({ ...counts, ...some }, segments)).toBe(expected)
  })

  test('a row says which limit decides and what binds it', () => {
    const [row] = rowsOn([npuDevice], { maxLatencyMs: medianMs(npuDevice) })
    if (row === undefined) throw new Error('no row')
    expect(explainRow(row, en)).toMatch(
      /^Meets the latency limit with P 0\.\d\d; 0\.9 is needed\. (Compute|Memory|Launch|Link)-bound for \d+\u00a0% of the time\.$/,
    )
  })

  test('a figure that is not published is named', () => {
    const [row] = rowsOn([named('unpriced', null)], { maxPriceUsd: 100 })
    if (row === undefined) throw new Error('no row')
    expect(explainRow(row, en)).toContain('Cannot be judged: price (device.priceUsd) is not published.')
  })

  test('an operator of unknown work is named', () => {
    const [row] = rowsOn([npuDevice], { maxLatencyMs: 1e6 }, netWithUnknownOperator())
    if (row === undefined) throw new Error('no row')
    expect(explainRow(row, en)).toContain('is not known, so the figures are lower bounds.')
  })
})
