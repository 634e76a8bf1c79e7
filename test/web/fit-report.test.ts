import { expect, test } from 'vitest'
import { checkFit } from '../../simulator/decide/fit.ts'
import { canonicalJson } from '../../simulator/json.ts'
import { buildReport } from '../../simulator/report/build.ts'
import { orderRows } from '../../web/app/answer/answer.ts'
import { fitReport } from '../../web/app/answer/fit-report.ts'
import { allDevices, cpuDevice } from '../support/devices.ts'
import { separableNet } from '../support/summaries.ts'
import { medianMs, predictionOn } from './answer-rows.ts'

const budget = { maxLatencyMs: medianMs(cpuDevice) }
const report = buildReport({
  title: 'µ-net',
  model: { name: 'net', summary: separableNet() },
  budget,
  rows: allDevices.map((device) => {
    const prediction = predictionOn(device)
    return { deviceName: device.name, prediction, fit: checkFit(prediction, budget, null) }
  }),
})
const bytes = (value: unknown) => new TextEncoder().encode(canonicalJson(value)).byteLength

test('a report that is small enough stays as it is', () => {
  expect(fitReport(report, bytes(report))).toEqual(report)
})

test('one that is too large keeps its best rows, in its own order, and says how many are missing', () => {
  const limit = Math.floor(bytes(report) * 0.7)
  const fitted = fitReport(report, limit)
  expect(bytes(fitted)).toBeLessThanOrEqual(limit)
  expect(fitted.rows.length).toBeGreaterThan(0)
  expect(fitted.rows.length).toBeLessThan(report.rows.length)
  expect(fitted.rows).toEqual(report.rows.filter((row) => fitted.rows.includes(row)))
  const best = orderRows(report.rows).slice(0, fitted.rows.length)
  expect(new Set(fitted.rows)).toEqual(new Set(best))
  expect(fitted.omitted).toEqual({ count: report.rows.length - fitted.rows.length, reason: 'size-limit' })
})
