import { beforeAll, describe, expect, test } from 'vitest'
import { checkFit } from '../../../simulator/decide/fit.ts'
import { modelId } from '../../../simulator/graph/model-id.ts'
import { makePeerFacts } from '../../../simulator/hardware/missing.ts'
import { canonicalJson } from '../../../simulator/json.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import { buildReport } from '../../../simulator/report/build.ts'
import type { Report } from '../../../simulator/report/format.ts'
import { type RecomputeContext, verifyReport } from '../../../simulator/report/recompute.ts'
import { allDevices } from '../../support/devices.ts'
import { netWithUnknownOperator, separableNet } from '../../support/summaries.ts'
import { edgeRun } from './sample-report.ts'

const context: RecomputeContext = {
  deviceById: (id) => allDevices.find((device) => device.id === id),
  peers: makePeerFacts(allDevices),
  catalogVersion: 'test-catalog',
}
const budget = { maxLatencyMs: 20, maxPowerW: 5, maxPriceUsd: 150 }

async function makeReport(summary = separableNet()): Promise<Report> {
  const id = await modelId(summary)
  const rows = allDevices.flatMap((device) =>
    device.units.map((unit) => {
      const prediction = predict({ summary, modelId: id, device, unit: unit.id, batch: 4, ...context })
      return { deviceName: device.name, prediction, fit: checkFit(prediction, budget, device.priceUsd?.value ?? null) }
    }),
  )
  return buildReport({ title: 'All devices', model: { name: 'net', summary }, budget, rows, edgeRun })
}

/** What a reader gets: the canonical bytes, parsed. */
const published = (report: Report): Report => JSON.parse(canonicalJson(report))

describe('verifying a report', () => {
  let report: Report
  beforeAll(async () => {
    report = published(await makeReport())
  })

  test('finds the same bytes again, on every family of hardware', async () => {
    expect(await verifyReport(report, context)).toEqual({ status: 'identical' })
  })

  test('finds them for a model with unknown work, too', async () => {
    expect(await verifyReport(published(await makeReport(netWithUnknownOperator())), context)).toEqual({
      status: 'identical',
    })
  })

  test('finds them for counts beyond nine digits', async () => {
    // Odd sizes, so that no count ends in zeros that rounding would keep.
    const large = published(await makeReport(separableNet(13, 701, 509)))
    expect(Math.max(...large.model.summary.operators.map(({ macs }) => macs ?? 0))).toBeGreaterThan(1e9)
    expect(await verifyReport(large, context)).toEqual({ status: 'identical' })
  })

  test('finds them for a report that leaves devices out', async () => {
    const reduced: Report = { ...report, rows: report.rows.slice(1), omitted: { count: 1, reason: 'size-limit' } }
    expect(await verifyReport(published(reduced), context)).toEqual({ status: 'identical' })
  })

  test('names what was changed', async () => {
    const [first, ...rest] = report.rows
    if (first === undefined) throw new Error('no rows')
    const better = { ...first, fit: { ...first.fit, pMeets: 1.5 } }
    expect(await verifyReport({ ...report, rows: [better, ...rest] }, context)).toEqual({
      status: 'different',
      paths: ['rows[0].fit.pMeets'],
    })
    expect(await verifyReport({ ...report, rows: rest }, context)).toEqual({ status: 'identical' })
  })

  test('notices another network behind the same id', async () => {
    const summary = separableNet(12)
    const verification = await verifyReport({ ...report, model: { ...report.model, summary } }, context)
    expect(verification).toMatchObject({ status: 'different', paths: expect.arrayContaining(['model.id']) })
  })

  test('compares nothing across versions', async () => {
    const old = { ...report, createdWith: { ...report.createdWith, engineVersion: '0.0.1' } }
    expect(await verifyReport(old, context)).toMatchObject({ status: 'other-version', catalogVersion: 'test-catalog' })
  })

  test('says when a device is no longer in the catalog', async () => {
    expect(await verifyReport(report, { ...context, deviceById: () => undefined })).toMatchObject({
      status: 'impossible',
      problem: { code: 'unknown-device' },
    })
  })
})
