import { describe, expect, test } from 'vitest'
import type { MeasuredRow } from '../../../calibration/evidence/cases.ts'
import { foldsOf, groupOf, type HeldOutAxis, splitAxes } from '../../../calibration/evidence/splits.ts'
import { baselines } from '../../../calibration/validation/baselines.ts'
import { crossValidate } from '../../../calibration/validation/cross-validate.ts'
import { edgefit } from '../../../calibration/validation/edgefit.ts'
import type { Method } from '../../../calibration/validation/method.ts'
import { measuredRows } from './measured-rows.ts'

const presets = [
  'resnet18',
  'resnet34',
  'resnet50',
  'alexnet',
  'vgg16',
  'squeezenet1-1',
  'mobilenet-v2-1.0',
  'googlenet',
]
const devices = ['raspberry-pi-4b', 'raspberry-pi-5', 'rk3588', 'rk3566', 'jetson-nano', 'amlogic-a311d']
const rows = await measuredRows(
  presets.flatMap((preset_id, p) =>
    devices.map((device_id, d) => ({ preset_id, device_id, latency_ms: (p + 1) * (d + 1) * (1 + ((p * d) % 3) / 10) })),
  ),
)
const all = () => true

/** Every method whose figures are published; one that is added must be added here. */
const methods: readonly Method[] = [edgefit, ...baselines]

describe.each([...splitAxes, 'cell'] satisfies HeldOutAxis[])('held out by %s', (axis) => {
  test('every row is answered once', () => {
    for (const method of methods) expect(crossValidate(rows, axis, method, all, 'quick').size).toBe(rows.length)
  })

  test('a fit is given no row of a group that it is asked about', () => {
    const spy: Method = {
      id: 'spy',
      name: 'spy',
      fit(training) {
        const seen = new Set(training.map(({ asked }) => groupOf(asked, axis)))
        return (asked) => {
          expect(seen.has(groupOf(asked, axis))).toBe(false)
          return null
        }
      },
    }
    crossValidate(rows, axis, spy, all)
    expect.assertions(rows.length)
  })

  test.each(methods.map((method) => [method.name, method] as const))(
    '%s answers the same whatever was measured on what is held out',
    (_, method) => {
      for (const held of foldsOf(rows, axis)) {
        const { id, asked } = held
        const ids = new Set(asked.map((row) => row.id))
        const poisoned = rows.map((row) => (ids.has(row.asked.id) ? { ...row, value: row.value * 1000 } : row))
        const answersTo = (given: readonly MeasuredRow[]) => {
          const fold = foldsOf(given, axis).find((each) => each.id === id)
          return asked.map(method.fit(fold?.training ?? [], held, 'full'))
        }
        expect(answersTo(poisoned), id).toEqual(answersTo(rows))
      }
    },
    // Hundreds of small fits, which a busy machine draws out.
    400_000,
  )

  test('the poison is found in a method that peeks', () => {
    const peek = new Map(rows.map(({ asked, value }) => [asked.id, value]))
    const cheat: Method = {
      id: 'cheat',
      name: 'cheat',
      fit: () => (asked) => ({ p50: peek.get(asked.id) ?? 0, interval: null, outsideEvidence: false }),
    }
    const honest = crossValidate(rows, axis, cheat, all)
    for (const { asked, value } of rows) peek.set(asked.id, value * 1000)
    expect(crossValidate(rows, axis, cheat, all)).not.toEqual(honest)
  })
})
