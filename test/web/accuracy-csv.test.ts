import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../device-catalog/csv.ts'
import { validationReport } from '../../device-catalog/validation.ts'
import { familiesCsv, pointsCsv } from '../../web/app/answer/accuracy-csv.ts'
import { validationSchema } from '../../worker/contract/validation.ts'

const validation = validationSchema.parse(validationReport)

describe('the accuracy page as tables', () => {
  test('credits a source in every row that shows a measured figure', () => {
    const { header, rows } = parseCsv(pointsCsv(validation))
    expect(rows).toHaveLength(validation.points.length)
    const credit = header.indexOf('attribution')
    for (const row of rows) expect(row[credit]).toMatch(/Licence: .+/)
  })

  test('has a family per row, with every baseline beside it', () => {
    const { families } = validation.splits.model
    const { header, rows } = parseCsv(familiesCsv(families))
    expect(rows).toHaveLength(families.length)
    expect(header).toEqual(expect.arrayContaining(['mdape_peakTops', 'mdape_oneUtilisation', 'mdape_logLinear']))
    expect(rows.map((row) => row[header.indexOf('mdape')])).toEqual(
      families.map(({ metrics }) => (metrics === null ? '' : String(metrics.mdApe))),
    )
  })
})
