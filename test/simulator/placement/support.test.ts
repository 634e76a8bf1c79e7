/** The tables against what is published about real networks. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseCsv } from '../../../device-catalog/csv.ts'
import { casesOf } from '../../../device-catalog/evidence/cases.ts'
import { catalog } from '../../../device-catalog/index.ts'
import { catalogContext, loadEvidence } from '../../../scripts/evidence/load.ts'
import { resolveNumbers } from '../../../simulator/hardware/simulate.ts'
import { lacksOf } from '../../../simulator/placement/division.ts'
import { operationOf } from '../../../simulator/placement/operations.ts'
import { supportTableOf } from '../../../simulator/placement/support.ts'
import { supportTables } from '../../../simulator/placement/support-tables.ts'
import { askedTarget } from '../../../simulator/predict/asked-target.ts'

describe('support tables', () => {
  it('name a page each, and no operation both ways', () => {
    for (const { id, source, supported, unsupported } of supportTables) {
      expect(source, id).toMatch(/https:\/\//)
      expect(
        [...unsupported.keys()].filter((operation) => supported.has(operation)),
        id,
      ).toEqual([])
    }
  })

  it('are about units and runtimes that exist', () => {
    const driven = new Set(
      catalog.flatMap(({ units }) => units.flatMap(({ kind, runtimes }) => runtimes.map(({ id }) => `${kind}|${id}`))),
    )
    for (const { id, unitKinds, runtimes } of supportTables) {
      const unknown = runtimes.filter((runtime) => !unitKinds.some((kind) => driven.has(`${kind}|${runtime}`)))
      expect(unknown, id).toEqual([])
    }
  })

  it('take every network whole that is reported to run whole on its accelerator', async () => {
    const { rows, sources } = loadEvidence()
    const whole = rows.filter(({ layers }) => layers !== null && layers.total === layers.accelerated)
    const context = catalogContext()
    const { measured } = await casesOf({ rows: whole, sources }, context)
    const cut: string[] = []
    let checked = 0
    for (const { asked } of measured) {
      const { request } = asked.question
      const target = askedTarget(request)
      const table = supportTableOf(target)
      if (table === null || request.workloads === undefined) continue
      checked += 1
      const { traits } = resolveNumbers(target, context)
      const lacks = lacksOf(request.workloads.get(target.precision, traits.fusionProfile, 1), table)
      if (lacks.length > 0) cut.push(`${table.id} ${asked.presetId}`)
    }
    expect([...new Set(cut)]).toEqual([])
    expect(checked).toBeGreaterThan(2000)
  }, 120_000)
})

const compiled = new URL('../../../../shared/reference/coral_edgetpu_compiled.csv', import.meta.url)

describe.skipIf(!existsSync(compiled))('the Edge TPU table (skipped without the compiled files)', () => {
  const { header, rows } = parseCsv(existsSync(compiled) ? readFileSync(compiled, 'utf8') : 'a')
  const at = (row: readonly string[], column: string): string => row[header.indexOf(column)] ?? ''
  const table = supportTables.find(({ id }) => id === 'edgetpu-compiler')
  const typesIn = (histogram: string): string[] =>
    histogram
      .split(';')
      .flatMap((entry) => (entry === '' ? [] : [entry.replace(/=\d+$/, '').replace('CUSTOM:', 'custom.')]))
  const isSupported = (type: string): boolean => {
    const operation = operationOf({
      name: '',
      op: `tflite.${type}`,
      class: 'unknown',
      inputs: [],
      outputs: [],
      constants: [],
      macs: 0,
      vectorOps: 0,
      gemm: null,
      window: null,
    })
    return operation !== null && table?.supported.has(operation) === true
  }
  const views = new Set(['RESHAPE', 'SQUEEZE', 'EXPAND_DIMS'])

  it('lists what the compiler took of every file', () => {
    const taken = rows.flatMap((row) => {
      const left = typesIn(at(row, 'cpu_ops_histogram'))
      return typesIn(at(row, 'source_op_histogram')).filter((type) => !left.includes(type) && !views.has(type))
    })
    expect(new Set(taken).size).toBeGreaterThan(5)
    expect([...new Set(taken)].filter((type) => !isSupported(type))).toEqual([])
  })

  it('leaves out what the compiler left, but for sizes', () => {
    const left = new Set(rows.flatMap((row) => typesIn(at(row, 'cpu_ops_histogram'))))
    expect(left.size).toBeGreaterThan(2)
    // Bilinear resizes are listed and left where they are too large.
    expect([...left].filter((type) => isSupported(type) && type !== 'RESIZE_BILINEAR')).toEqual([])
  })
})
