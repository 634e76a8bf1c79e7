import { test as propertyTest } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../simulator/json.ts'
import { ProblemError } from '../../../simulator/problem.ts'
import { buildReport } from '../../../simulator/report/build.ts'
import { reportBytes, reportId } from '../../../simulator/report/report-id.ts'
import { sampleFit, sampleInput, samplePrediction, sampleReport } from './sample-report.ts'

describe('a report', () => {
  test('lists devices by verdict, then by latency, and what has no latency last', () => {
    expect(sampleReport().rows.map(({ deviceName }) => deviceName)).toEqual(['Fast Board', 'Slow Board', 'Dark Board'])
  })

  propertyTest.prop([fc.shuffledSubarray([0, 1, 2], { minLength: 3 })])(
    'is the same report whatever the order in which the answers came',
    (order) => {
      const input = sampleInput()
      const rows = order.flatMap((index) => input.rows[index] ?? [])
      expect(canonicalJson(buildReport({ ...input, rows }))).toBe(canonicalJson(buildReport(input)))
    },
  )

  test('keeps the largest kernels by name and leaves the kernel table to the summary', () => {
    const [row] = sampleReport().rows
    expect(row?.prediction.largestKernels).toEqual([
      { name: 'conv', class: 'convolution', timeMs: 4.2, bound: 'compute' },
    ])
    expect(row?.prediction).not.toHaveProperty('kernels')
    expect(row?.prediction).not.toHaveProperty('explanation')
  })

  test('refuses to be empty', () => {
    expect(() => sampleReport({ rows: [] })).toThrow(ProblemError)
  })

  test.each(['modelId', 'engineVersion', 'catalogVersion'] as const)('refuses rows that differ in %s', (key) => {
    const rows = [
      { deviceName: 'a', prediction: samplePrediction('a', 1), fit: sampleFit('fits', 1) },
      { deviceName: 'b', prediction: samplePrediction('b', 1, { [key]: 'other' }), fit: sampleFit('fits', 1) },
    ]
    expect(() => sampleReport({ rows })).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ where: `rows[1].prediction.${key}` }) }),
    )
  })
})

describe('the address of a report', () => {
  test('is the SHA-256 of its bytes in hex', async () => {
    const report = sampleReport()
    const { createHash } = await import('node:crypto')
    expect(await reportId(report)).toBe(createHash('sha256').update(reportBytes(report)).digest('hex'))
  })

  test('changes with any word of the content', async () => {
    expect(await reportId(sampleReport())).not.toBe(await reportId(sampleReport({ title: 'Camera under 11 W' })))
  })

  test('survives a round trip through JSON', async () => {
    const report = sampleReport()
    expect(await reportId(JSON.parse(JSON.stringify(report)))).toBe(await reportId(report))
  })
})
