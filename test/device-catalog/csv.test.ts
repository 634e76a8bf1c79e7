import { test as propertyTest } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../device-catalog/csv.ts'
import { csvText } from '../../simulator/report/csv.ts'

const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', '\uFEFF', '1') })

describe('CSV', () => {
  propertyTest.prop([
    fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc
          .array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1 })
          .map((rows) => ({ width, rows })),
      ),
  ])('reads back what was written', ({ width, rows }) => {
    const header = Array.from({ length: width }, (_, index) => `column ${index}`)
    expect(parseCsv(csvText([header, ...rows]))).toEqual({ header, rows })
  })

  test('may begin with a byte order mark and end lines with CRLF, LF or nothing', () => {
    expect(parseCsv('\uFEFFa,b\r\n1,2\n3,')).toEqual({
      header: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', ''],
      ],
    })
  })

  test('skips blank lines', () => {
    expect(parseCsv('a,b\n\n1,2\n\n').rows).toEqual([['1', '2']])
  })

  test.each([
    ['an empty file', '', null],
    ['a repeated column', 'a,a\n1,2', 'line 1'],
    ['a column without a name', 'a,\n1,2', 'line 1'],
    ['a row that is too short', 'a,b\n1,2\n3', 'line 3'],
    ['a row that is too long', 'a,b\n"1\n1",2\n3,4,5', 'line 4'],
    ['a quote inside a plain field', 'a,b\n1,2"3', 'line 2'],
    ['text after a closing quote', 'a,b\n"1"2,3', 'line 2'],
    ['a quote that never closes', 'a,b\n1,"2\n3,4', 'line 2'],
  ])('refuses %s and says where', (_, text, where) => {
    expect(() => parseCsv(text)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'invalid-csv', where }) }),
    )
  })
})
