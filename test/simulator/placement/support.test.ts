/** The tables against what is published about real networks. */

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { casesOf } from '../../../calibration/evidence/cases.ts'
import { catalogContext, loadEvidence } from '../../../calibration/evidence/load.ts'
import { parseCsv } from '../../../device-catalog/csv.ts'
import { catalog, runtimes } from '../../../device-catalog/index.ts'
import { fusionProfiles } from '../../../device-catalog/runtimes/fusion.ts'
import { OperatorContext } from '../../../simulator/graph/operator.ts'
import { resolveNumbers } from '../../../simulator/hardware/simulate.ts'
import { resolveTarget } from '../../../simulator/hardware/target.ts'
import { tfliteDialect } from '../../../simulator/import/tflite/dialect.ts'
import { lacksOf } from '../../../simulator/placement/division.ts'
import { operationOf } from '../../../simulator/placement/operations.ts'
import { supportOf, supportTableOf } from '../../../simulator/placement/support.ts'
import { askedTarget } from '../../../simulator/predict/asked-target.ts'
import { SummaryBuilder } from '../../support/summaries.ts'

const supportTables = [...new Set(runtimes.flatMap(({ support }) => support))]

describe('support tables', () => {
  it('name a page each, and no operation both ways', () => {
    for (const { id, source, supported, unsupported } of supportTables) {
      expect(source, id).toMatch(/https:\/\//)
      expect(
        supported.filter((operation) => unsupported[operation] !== undefined),
        id,
      ).toEqual([])
    }
  })

  it('are about units and runtimes that exist', () => {
    const driven = new Set(
      catalog.flatMap(({ units }) => units.flatMap(({ kind, runtimes }) => runtimes.map(({ id }) => `${kind}|${id}`))),
    )
    for (const { id, support } of runtimes) {
      const unknown = support.filter(({ unitKinds }) => !unitKinds.some((kind) => driven.has(`${kind}|${id}`)))
      expect(unknown, id).toEqual([])
    }
  })

  it('leave the rest to runtimes that exist', () => {
    const ids = new Set(runtimes.map(({ id }) => id))
    for (const { id, fallbackRuntimes } of supportTables) {
      expect(
        (fallbackRuntimes ?? []).filter((runtime) => !ids.has(runtime)),
        id,
      ).toEqual([])
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

  it('lack in quantized networks under ONNX Runtime what is reported to be left to the processor', async () => {
    const { rows, sources } = loadEvidence()
    // One layer alone is of a conversion at the border.
    const split = rows.filter(({ layers }) => layers !== null && layers.total > layers.accelerated + 1)
    const { measured } = await casesOf({ rows: split, sources }, catalogContext())
    const counted = new Map<string, readonly [measured: number, table: number]>()
    for (const { asked, row } of measured) {
      const { request } = asked.question
      const target = askedTarget(request)
      const table = supportTableOf(target)
      const { layers } = row
      if (table?.id !== 'ort-qnn-htp-int8' || layers === null || request.workloads === undefined) continue
      const { operators } = request.summary
      const lacks = lacksOf(request.workloads.get(target.precision, fusionProfiles.compiler, 1), table)
      const count = (op: string): number => lacks.filter(({ operator }) => operators[operator]?.op === op).length
      const layersOfTable = 2 * count('MatMul') + 4 * count('BatchNormalization')
      counted.set(asked.presetId, [layers.total - layers.accelerated, layersOfTable])
    }
    expect(counted.size).toBeGreaterThan(7)
    for (const [network, [layers, layersOfTable]] of counted) {
      // Attention of some exports projects its output by a Gemm, which stays on the accelerator.
      expect(layersOfTable / layers, network).toBeGreaterThan(0.95)
      expect(layersOfTable / layers, network).toBeLessThan(1.4)
    }
  }, 120_000)

  it('know an operation by what it multiplies: two activations stay, stored weights do not', () => {
    const b = new SummaryBuilder()
    const x = b.input([1, 8, 64])
    const stored = b.operator('MatMul', 'fully-connected', [x], [1, 8, 64], { constants: [b.constant(64 * 64)] })
    const scores = b.operator('MatMul', 'matmul', [stored, x], [1, 8, 8])
    const table = supportTables.find(({ id }) => id === 'ort-qnn-htp-int8')
    if (table === undefined) throw new Error('no such table')
    expect(supportOf(b.build('products', [scores]), table).lacks.map(({ operator }) => operator)).toEqual([0])
  })

  it('are chosen by the number format', () => {
    const device = catalog.find(({ units }) =>
      units.some(({ runtimes }) => runtimes.some(({ id }) => id === 'ort-qnn')),
    )
    if (device === undefined) throw new Error('no such device')
    const idOf = (precision: string) => supportTableOf(resolveTarget(device, { runtime: 'ort-qnn', precision }))?.id
    expect(idOf('fp16')).toBe('ort-qnn-htp')
    expect(idOf('int8')).toBe('ort-qnn-htp-int8')
  })
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
  const canonical = (type: string): string => {
    const op = tfliteDialect.operators.get(`tflite.${type}`)?.op ?? type
    return typeof op === 'string'
      ? op
      : op(
          new OperatorContext(
            { name: '', domain: 'tflite', op: type, inputs: [], outputs: [], attributes: {} },
            null,
            [],
          ),
        )
  }
  const isSupported = (type: string): boolean => {
    const operation = operationOf({
      name: '',
      op: canonical(type),
      origins: [type],
      class: 'unknown',
      inputs: [],
      outputs: [],
      constants: [],
      macs: 0,
      vectorOps: 0,
      gemm: null,
      window: null,
    })
    return operation !== null && table?.supported.includes(operation) === true
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
