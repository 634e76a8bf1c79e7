/** Every value of the published tables is understood: none is refused, guessed or left out in silence. */
import { describe, expect, test } from 'vitest'
import { casesOf } from '../../../calibration/evidence/cases.ts'
import { catalogContext, loadEvidence } from '../../../calibration/evidence/load.ts'
import { latencyKindOf } from '../../../device-catalog/pairs/latency-kind.ts'
import { predictedFigure } from '../../../device-catalog/pairs/quantity.ts'
import { answer } from '../../../device-catalog/pairs/question.ts'
import { runtimeIds } from '../../../device-catalog/runtimes/index.ts'
import { isPrecisionId } from '../../../simulator/graph/precision.ts'

const evidence = loadEvidence()
const { measured, unanswered } = await casesOf(evidence, catalogContext())
const valuesOf = (value: (row: (typeof evidence.rows)[number]) => string) =>
  [...new Set(evidence.rows.map(value))].sort()

test('every row can be asked', () => {
  const codes = unanswered.map(({ row, code }) => `${code} ${row.presetId} ${row.pair.deviceId} ${row.pair.precision}`)
  expect([...new Set(codes)]).toEqual([])
})

test('every runtime is one of the vocabulary and runs on the unit of its row', () => {
  const known = new Set<string>(runtimeIds)
  expect(valuesOf(({ pair }) => pair.runtime).filter((id) => !known.has(id))).toEqual([])
  const substituted = measured.filter(({ asked, row }) => asked.question.request.runtime !== row.pair.runtime)
  expect(substituted.map(({ row }) => row.rowId)).toEqual([])
})

test('every precision is modelled', () => {
  expect(valuesOf(({ pair }) => pair.precision).filter((id) => id !== '' && !isPrecisionId(id))).toEqual([])
})

test('every kind of latency has an entry', () => {
  const textOf = (kind: string) => JSON.stringify(latencyKindOf(kind))
  const guessed = textOf('a kind of tomorrow')
  expect(textOf('yet another')).toBe(guessed)
  expect(valuesOf(({ pair }) => pair.kindText).filter((kind) => textOf(kind) === guessed)).toEqual([])
})

describe('power modes', () => {
  const textOf = (remark: string) => /^power_mode "(.*)"/.exec(remark)?.[1] ?? ''
  const remarks = new Set(measured.flatMap(({ asked }) => asked.question.remarks))

  test('are modelled but for supply voltages, tile counts and two that say too little', () => {
    const left = [...remarks].filter(
      (remark) => remark.startsWith('power_mode ') && !remark.includes('beyond its clock'),
    )
    expect(left.map(textOf).sort()).toEqual(['C20B14CU1 @300MHz, AIE-ML 1.18GHz', 'MaxQ'])
    const partly = [...remarks].filter((remark) => remark.includes('beyond its clock')).map(textOf)
    expect(partly.filter((text) => !/, \d+(\.\d+)? V$|B4096 @|AIE @/.test(text))).toEqual([])
  })
})

test('every row that can be asked is answered with a positive figure', () => {
  const refused = measured.flatMap(({ asked }) => {
    const figure = predictedFigure(answer(asked.question), asked.question, asked.quantity)
    return figure !== null && figure.p50 > 0 && Number.isFinite(figure.pi95[1]) ? [] : [asked]
  })
  expect(refused.map(({ id }) => id)).toEqual([])
}, 60_000)
