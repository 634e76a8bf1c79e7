import { describe, expect, test } from 'vitest'
import { type AskedRow, casesOf, type MeasuredRow } from '../../../calibration/evidence/cases.ts'
import { catalogContext, loadEvidence } from '../../../calibration/evidence/load.ts'
import { foldIndex, foldsOf, groupOf, type HeldOutAxis, splitAxes } from '../../../calibration/evidence/splits.ts'

const { measured } = await casesOf(loadEvidence(), catalogContext())
const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id).sort()
const groupsOf = (rows: readonly AskedRow[], axis: HeldOutAxis) => new Set(rows.map((row) => groupOf(row, axis)))

test('the folds of a name are frozen', () => {
  expect(['resnet50', 'mobilenet-v2-1.0', 'yolov8n', 'bert-base', 'rk3588', 'hailo-8'].map(foldIndex)).toEqual([
    0, 4, 1, 2, 3, 3,
  ])
})

describe.each([...splitAxes, 'cell'] satisfies HeldOutAxis[])('split by %s', (axis) => {
  const folds = foldsOf(measured, axis)

  test('asks about every row once', () => {
    expect(idsOf(folds.flatMap(({ asked }) => asked))).toEqual(idsOf(measured.map(({ asked }) => asked)))
  })

  test.each(folds)('$id hands out no row of a group that it asks about', ({ training, asked }) => {
    const held = groupsOf(asked, axis)
    expect(asked.length).toBeGreaterThan(0)
    expect(training.length + asked.length).toBe(measured.length)
    expect(training.filter((row) => held.has(groupOf(row.asked, axis)))).toEqual([])
  })

  test.each(folds)('$id asks without the answers', ({ asked }) => {
    const answers = new Set<string>(['value', 'weight', 'row'] satisfies (keyof MeasuredRow)[])
    for (const row of asked) expect(Object.keys(row).filter((key) => answers.has(key))).toEqual([])
  })
})

describe('silicon families', () => {
  const groupsOfFamily = (family: string) =>
    new Set(measured.filter(({ asked }) => asked.cell.family === family).map(({ asked }) => asked.familyGroup))

  test('whose figures are printed for one another are held out together', () => {
    expect(groupsOfFamily('hailo-15')).toEqual(groupsOfFamily('hailo-10'))
  })

  test('of big and little cores on one device are not', () => {
    expect(groupsOfFamily('cortex-a76')).not.toEqual(groupsOfFamily('cortex-a55'))
  })
})
