import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { evidenceFiles, loadEvidence, originFiles } from '../../../calibration/evidence/load.ts'
import { measurementsOf } from '../../../calibration/evidence/measurements.ts'
import { attributionOf, readEvidence } from '../../../calibration/evidence/read.ts'
import { parseCsv } from '../../../device-catalog/csv.ts'
import { findDevice } from '../../../device-catalog/index.ts'
import { hasFactTables, readTable } from '../../device-catalog/fact-tables.ts'

const { rows, sources } = loadEvidence()

describe('the evidence', () => {
  test('holds every row once', () => {
    expect(rows).toHaveLength(11_496)
    expect(new Set(rows.map(({ rowId }) => rowId)).size).toBe(rows.length)
  })

  test('has no figure without a source, and no source without a figure', () => {
    expect(new Set(rows.map(({ sourceId }) => sourceId))).toEqual(new Set(sources.keys()))
    for (const row of rows) expect(measurementsOf(row).length, row.rowId).toBeGreaterThan(0)
  })

  test('is about devices of the catalog', () => {
    expect([...new Set(rows.map(({ pair }) => pair.deviceId))].filter((id) => findDevice(id) === null)).toEqual([])
  })

  test('has at most one newest row for a key', () => {
    const keys = rows.filter(({ isNewest }) => isNewest).map(({ inputShape, pair }) => [inputShape, pair])
    expect(
      new Set(keys.map(([shape, pair]) => JSON.stringify([shape, { ...(pair as object), runtimeVersion: '' }]))).size,
    ).toBe(keys.length)
  })

  test('corrects cells that are as printed, each for a reason', () => {
    const text = evidenceFiles().find(({ name }) => name === 'corrections.csv')?.text ?? ''
    const printed = new Map(originFiles().flatMap((file) => cellsByRow(file.text)))
    const corrections = parseCsv(text).rows
    expect(corrections.length).toBeGreaterThan(0)
    for (const [rowId = '', column = '', before, after, reason = ''] of corrections) {
      expect(printed.get(rowId)?.[column], `${rowId} ${column}`).toBe(before)
      expect(after).not.toBe(before)
      expect(reason.length).toBeGreaterThan(10)
    }
    const float = rows.find(({ rowId }) => rowId === '0f0410770b59')
    expect(float?.pair.precision).toBe('fp32')
  })

  test.skipIf(!hasFactTables)('is the published table to the last cell (skipped where that is not at hand)', () => {
    const published = readTable('measurements.csv')
    const carried = new Map(originFiles().flatMap(({ text }) => cellsByRow(text)))
    expect(published.length).toBe(carried.size)
    const changed = published.flatMap((row) => {
      const cells = Object.entries(carried.get(row('row_id')) ?? { row_id: 'absent' })
      return cells.filter(([column, text]) => text !== row(column)).map(([column]) => `${row('row_id')} ${column}`)
    })
    expect(changed).toEqual([])
  })
})

function cellsByRow(text: string): [string, Record<string, string>][] {
  const table = parseCsv(text)
  return table.rows.map((cells) => {
    const record = Object.fromEntries(table.header.map((name, index) => [name, cells[index] ?? '']))
    return [record.row_id ?? '', record]
  })
}

describe('the ledger', () => {
  test('says for every source where it is, on which terms, how it was measured and how far it is trusted', () => {
    for (const source of sources.values()) {
      expect(source.locator, source.id).toMatch(/^https:\/\/(github\.com\/[\w.-]+\/[\w.-]+|coral\.ai\/[\w/]+)$/)
      expect(source.licence.length, source.id).toBeGreaterThan(2)
      expect(source.method.length, source.id).toBeGreaterThan(10)
    }
  })

  test('has one table per origin, which holds the rows of its sources alone', () => {
    const files = originFiles()
    const origins = new Set([...sources.values()].map(({ origin }) => origin))
    expect(files.map(({ name }) => name).sort()).toEqual([...origins].map((origin) => `origins/${origin}.csv`).sort())
    for (const { name, text } of files) {
      const named = new Set(readEvidence(text).map(({ sourceId }) => `origins/${sources.get(sourceId)?.origin}.csv`))
      expect([...named]).toEqual([name])
    }
  })

  test('credits publisher, place, revision and licence', () => {
    const source = sources.get('ncnn-bench')
    expect(source === undefined ? '' : attributionOf(source)).toBe(
      'Tencent and ncnn contributors: ncnn benchmark README (2026-07-22), https://github.com/Tencent/ncnn, ' +
        'benchmark/README.md, a4d2ea1d. Licence: BSD-3-Clause. Figures carried over into another table.',
    )
  })

  test('is summed up in the README with one row per origin', () => {
    const readme = readFileSync(new URL('../../../device-catalog/evidence/README.md', import.meta.url), 'utf8')
    for (const { name, text } of originFiles()) {
      const line = readme.split('\n').find((each) => each.includes(`](${name})`))
      expect(line, name).toContain(`| ${readEvidence(text).length} |`)
    }
  })
})

describe('a row that is none', () => {
  const header = 'row_id,source_id,preset_id,device_id,latency_kind,latency_ms,trust,newest'
  const problemAt = (where: string) =>
    expect.objectContaining({ problem: expect.objectContaining({ code: 'invalid-csv', where }) })

  test.each([
    ['a1,s,p,d,mean,fast,4,1', 'a1, latency_ms'],
    ['a1,s,p,d,mean,0,4,1', 'a1, latency_ms'],
    ['a1,s,p,d,mean,-3,4,1', 'a1, latency_ms'],
    ['a1,s,p,d,mean,1,6,1', 'a1, trust'],
    ['a1,,p,d,mean,1,4,1', 'a1, source_id'],
  ])('is refused with its cell: %s', (line, where) => {
    expect(() => readEvidence(`${header}\n${line}\n`)).toThrow(problemAt(where))
  })
})
