import { describe, expect, test } from 'vitest'
import type { MeasuredRow } from '../../../calibration/evidence/cases.ts'
import { baselines } from '../../../calibration/validation/baselines.ts'
import { featuresOf } from '../../../calibration/validation/features.ts'
import type { Method } from '../../../calibration/validation/method.ts'
import { sisterBound } from '../../../calibration/validation/sister-bound.ts'
import { fourPresets, measuredRows, threeDevices } from './measured-rows.ts'

const methodOf = (id: string): Method => {
  const found = baselines.find((method) => method.id === id)
  if (found === undefined) throw new Error(id)
  return found
}

const fold = { id: 'none', axis: 'model' } as const

const presets = [...fourPresets, 'resnet34', 'alexnet', 'vgg16', 'densenet121', 'shufflenet-v2-x1-0']
const asked = await measuredRows(
  presets.flatMap((preset_id) => threeDevices.map((device_id) => ({ preset_id, device_id, latency_ms: 1 }))),
)

/** The same rows with latencies by a law of their features. */
function obeying(law: (row: MeasuredRow) => number): MeasuredRow[] {
  return asked.map((row) => ({ ...row, value: law(row) }))
}

const msAtPeak = ({ asked: row }: MeasuredRow) => (featuresOf(row).macs / featuresOf(row).peakMacsPerS) * 1e3

describe('baselines', () => {
  test('peak TOPS is MACs over peak, whatever was measured', () => {
    const predict = methodOf('peakTops').fit([], fold, 'full')
    for (const row of asked) expect(predict(row.asked)?.p50).toBeCloseTo(msAtPeak(row), 9)
  })

  test('one utilisation finds the share of the peak that was reached', () => {
    const rows = obeying((row) => msAtPeak(row) / 0.25)
    const predict = methodOf('oneUtilisation').fit(rows.slice(3), fold, 'full')
    for (const row of rows) expect(predict(row.asked)?.p50).toBeCloseTo(row.value, 6)
  })

  test('log-linear finds a power law of MACs and parameters', () => {
    const rows = obeying(({ asked: row }) => 1e-6 * featuresOf(row).macs ** 0.7 * featuresOf(row).parameters ** 0.1)
    const predict = methodOf('logLinear').fit(
      rows.filter(({ asked: { presetId } }) => presetId !== 'resnet50'),
      fold,
      'full',
    )
    for (const row of rows) expect((predict(row.asked)?.p50 ?? 0) / row.value).toBeCloseTo(1, 3)
  })

  test('fall back to devices of the same kind where the device was never seen', () => {
    const rows = obeying((row) => msAtPeak(row) / 0.25)
    const others = rows.filter(({ asked: { deviceId } }) => deviceId !== 'rk3588')
    const predict = methodOf('oneUtilisation').fit(others, fold, 'full')
    for (const row of rows) expect(predict(row.asked)?.p50).toBeCloseTo(row.value, 6)
  })

  test('without a row to learn from say nothing', () => {
    const [first] = asked
    if (first === undefined) throw new Error('no row')
    expect(methodOf('oneUtilisation').fit([], fold, 'full')(first.asked)).toBeNull()
    expect(methodOf('logLinear').fit([], fold, 'full')(first.asked)).toBeNull()
  })
})

describe('the sister bound', () => {
  const factors: Readonly<Record<string, number>> = { 'raspberry-pi-4b': 3, 'raspberry-pi-5': 1, rk3588: 1.3 }
  const additive = obeying((row) => (factors[row.asked.deviceId] ?? 1) * (1 + presets.indexOf(row.asked.presetId)))

  test('tells a cell exactly where models and devices multiply', () => {
    const bound = sisterBound(additive)
    for (const { asked: row, value } of additive) expect((bound.get(row.id) ?? 0) / value).toBeCloseTo(1, 4)
  })

  test('does not see the cell that it tells', () => {
    const [first, ...others] = additive
    if (first === undefined) throw new Error('no row')
    const bound = sisterBound([{ ...first, value: first.value * 100 }, ...others])
    expect((bound.get(first.asked.id) ?? 0) / first.value).toBeCloseTo(1, 4)
  })

  test('has nothing to say of a model or a device that occurs once', () => {
    const once = additive.filter(
      ({ asked: { presetId, deviceId } }) => presetId !== 'alexnet' || deviceId === 'raspberry-pi-5',
    )
    const lone = once.find(({ asked: { presetId } }) => presetId === 'alexnet')
    expect(sisterBound(once).has(lone?.asked.id ?? '')).toBe(false)
    expect(sisterBound(once).size).toBe(once.length - 1)
  })
})
