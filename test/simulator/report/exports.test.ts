import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../../device-catalog/csv.ts'
import { csvText, reportCsv } from '../../../simulator/report/csv.ts'
import type { Report } from '../../../simulator/report/format.ts'
import { reportHtml } from '../../../simulator/report/html.ts'
import { reportMarkdown } from '../../../simulator/report/markdown.ts'
import { en } from '../../../simulator/report/text/en.ts'
import { edgeRun, sampleFit, samplePrediction, sampleReport } from './sample-report.ts'

const hostile = '<script>alert(1)</script> | "x"\n=1+1'
const hostileReport = sampleReport({
  title: hostile,
  rows: [{ deviceName: hostile, prediction: samplePrediction('=cmd', 4), fit: sampleFit('tight', 0.5) }],
})

describe('a report as CSV', () => {
  const { header, rows } = parseCsv(reportCsv(sampleReport()))
  const cell = (row: number, column: string) => rows[row]?.[header.indexOf(column)]

  test('has one line per device in the order of the report', () => {
    expect(rows.map((_, row) => cell(row, 'device_id'))).toEqual(['fast-board', 'slow-board', 'dark-board'])
    expect(cell(0, 'latency_ms')).toBe('4.2')
    expect(cell(0, 'latency_ms_hi80')).toBe('8.4')
  })

  test('leaves a figure that is not known empty', () => {
    expect(cell(2, 'latency_ms')).toBe('')
    expect(cell(2, 'p_meets')).toBe('')
    expect(cell(0, 'energy_mj')).toBe('')
  })

  test('holds no cell that a spreadsheet would run', () => {
    expect(reportCsv(hostileReport)).toContain("'=cmd")
    expect(parseCsv(reportCsv(hostileReport)).rows).toHaveLength(1)
  })

  test('quotes what needs quotes and nothing else', () => {
    expect(csvText([['a', 'b,c', 'd"e', 'f\ng']])).toBe('a,"b,c","d""e","f\ng"\n')
  })
})

describe('a report as Markdown', () => {
  test('has a table row per device', () => {
    const lines = reportMarkdown(sampleReport(), en).split('\n')
    expect(lines.filter((line) => line.startsWith('| ') && line.includes('Board'))).toHaveLength(3)
    expect(lines.find((line) => line.includes('Fast Board'))).toContain('4.2 ms (2.1 – 8.4 ms)')
  })

  test('says that a figure is not known', () => {
    expect(reportMarkdown(sampleReport(), en)).toContain(en.unavailable)
  })

  test('shows names as text', () => {
    const markdown = reportMarkdown(hostileReport, en)
    expect(markdown).not.toContain('<script>')
    expect(markdown.split('\n').filter((line) => line.startsWith('| tight'))).toHaveLength(1)
  })
})

test('a report that leaves devices out says how many', () => {
  const whole = sampleReport()
  const reduced: Report = { ...whole, omitted: { count: 12, reason: 'size-limit' } }
  const note = en.omitted['size-limit'](12)
  expect(note).toContain('12 more devices')
  expect(reportMarkdown(reduced, en)).toContain(`- ${note}`)
  expect(reportHtml(reduced, 'f'.repeat(64), en)).toContain(`<li>${note}</li>`)
  const csv = parseCsv(reportCsv(reduced))
  expect(csv.rows.map((row) => row.slice(-2))).toEqual(csv.rows.map(() => ['12', 'size-limit']))
  expect(csv.header.slice(-2)).toEqual(['omitted_devices', 'omitted_reason'])
  expect(parseCsv(reportCsv(whole)).rows[0]?.slice(-2)).toEqual(['0', ''])
  expect(reportMarkdown(whole, en)).not.toContain('left out')
  expect(reportHtml(whole, 'f'.repeat(64), en)).not.toContain('left out')
})

describe('a report as HTML', () => {
  const html = reportHtml(sampleReport({ edgeRun }), 'f'.repeat(64), en)

  test('asks for nothing from elsewhere and runs nothing', () => {
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|\bhref=|url\(|@import|\bon\w+=/i)
  })

  test('draws one strip per device with a latency, with its text beside it', () => {
    expect(html.match(/<svg /g)).toHaveLength(2)
    expect(html).toContain('<title>Fast Board: 4.2 ms (2.1 – 8.4 ms)</title>')
    expect(html).toContain(`<i>${en.unavailable}</i>`)
  })

  test('puts the median inside its intervals on the axis', () => {
    for (const [strip] of html.matchAll(/<svg .*?<\/svg>/g)) {
      const at = (pattern: RegExp) => Number(pattern.exec(strip)?.[1])
      const median = at(/cx="([\d.]+)"/)
      expect(median).toBeGreaterThan(at(/pi80" x1="([\d.]+)"/))
      expect(median).toBeLessThan(at(/pi80" x1="[\d.]+" x2="([\d.]+)"/))
      expect(at(/pi95" x1="([\d.]+)"/)).toBeLessThan(at(/pi80" x1="([\d.]+)"/))
    }
  })

  test('shows the measurement at the edge with its samples', () => {
    expect(html).toContain('<b>61.2 ms</b> per inference')
    expect(html).toContain('<td>246 ms</td>')
  })

  test('follows the theme of the reader', () => {
    expect(html).toContain('prefers-color-scheme:dark')
  })

  test('shows names as text', () => {
    expect(reportHtml(hostileReport, 'f'.repeat(64), en)).not.toContain('<script')
  })
})
