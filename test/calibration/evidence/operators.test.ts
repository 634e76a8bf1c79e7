import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadOperators } from '../../../calibration/evidence/load-operators.ts'
import { readOperatorDevices, readOperators } from '../../../calibration/evidence/operator-rows.ts'
import { attributionOf } from '../../../calibration/evidence/read.ts'
import { parseCsv } from '../../../device-catalog/csv.ts'
import { isSourceId } from '../../../device-catalog/sources.ts'

const published = new URL('../../../../shared/reference/', import.meta.url)
const operators = new URL('../../../device-catalog/evidence/operators/', import.meta.url)
const isAtHand = existsSync(new URL('measured_neusight_ops.csv', published))
const { origins, sources } = loadOperators()

describe('the measured operators', () => {
  test('are all there, with their sources', () => {
    const counts = [...origins].map(([origin, { products, streams }]) => [origin, products.length, streams.length])
    expect(counts).toEqual([
      ['llmcompass', 15, 48],
      ['llmcompass-layer', 7, 7],
      ['neusight', 12_851, 8_410],
      ['vidur', 11_231, 0],
    ])
    for (const source of sources) expect(attributionOf(source), source.id).toMatch(/https:\/\/github\.com\/.+Licence: /)
  })

  test('have cards whose every figure names its source', () => {
    const { header, rows } = parseCsv(readFileSync(new URL('devices.csv', operators), 'utf8'))
    const isKnown = (id: string) => isSourceId(id) || sources.some((source) => source.id === id)
    for (const column of ['figures_source', 'board_w_source']) {
      const named = rows.map((row) => row[header.indexOf(column)] ?? '')
      expect(named.filter((id) => !isKnown(id))).toEqual([])
    }
  })

  test('are not faster than the card', () => {
    const tooFast = [...origins.values()].flatMap(({ products }) =>
      products.filter(
        (row) => row.repeat * row.m * row.n * row.k > 1.01 * row.device.silicon.peakMacsPerS * row.measuredS,
      ),
    )
    expect(tooFast).toEqual([])
  })

  test('a cell that is no figure is refused with its place', () => {
    const devices = readOperatorDevices(
      'device,name,processors,clock_mhz,peak_tflops,precision,dram_gb_per_s,cache_mb,board_w,library_kernels\na,A,1,1,1,fp32,1,1,1,x\n',
    )
    const table = (row: string) => `operator,device,repeat,m,n,k,latency_ms,tile\n${row}\n`
    const refusal = (code: string, where: string) =>
      expect.objectContaining({ problem: expect.objectContaining({ code, where }) })
    expect(() => readOperators(table('bmm,a,1,64,64,-1,0.1,64x64'), devices)).toThrow(refusal('invalid-csv', 'a, k'))
    expect(() => readOperators(table('bmm,b,1,64,64,64,0.1,64x64'), devices)).toThrow(refusal('unknown-device', 'b'))
  })

  test.skipIf(!isAtHand)('are the published figures to the last digit (skipped where those are not at hand)', () => {
    const cellsOf = (text: string, column: string) => {
      const { header, rows } = parseCsv(text)
      return rows.map((row) => row[header.indexOf(column)] ?? '')
    }
    const carried = readFileSync(new URL('neusight.csv', operators), 'utf8')
    const source = readFileSync(new URL('measured_neusight_ops.csv', published), 'utf8')
    expect(cellsOf(carried, 'latency_ms')).toEqual(cellsOf(source, 'latency_ms'))
    expect(cellsOf(carried, 'tile')).toEqual(cellsOf(source, 'kernel_tile'))
  })
})
