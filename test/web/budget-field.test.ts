import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { paceOf, parseBudgetField, showBudgetField, withPace } from '../../web/app/state/budget-field.ts'
import { budgetPresets, matchingPreset } from '../../web/app/state/budget-presets.ts'

describe('a limit as it is typed', () => {
  test.for([
    ['maxLatencyMs', '33.3', 33.3],
    ['maxLatencyMs', '≤ 33 ms', 33],
    ['maxLatencyMs', '0.2 s', 200],
    ['maxLatencyMs', '250us', 0.25],
    ['maxLatencyMs', '30 fps', 33.3333333],
    ['minThroughputPerS', '30', 30],
    ['minThroughputPerS', '33.3333333 ms', 30],
    ['maxPowerW', '10 W', 10],
    ['maxPowerW', '200 mW', 0.2],
    ['maxMemoryBytes', '1000', 1e9],
    ['maxMemoryBytes', '1 GB', 1e9],
    ['maxMemoryBytes', '512 KiB', 524_288],
    ['maxMemoryBytes', '64 kb', 64_000],
    ['maxMemoryBytes', '2 gib', 2_147_483_648],
    ['maxPriceUsd', '$250', 250],
    ['maxPriceUsd', '1,250 USD', 1250],
  ] as const)('%s “%s” is %d', ([field, text, value]) => {
    expect(parseBudgetField(field, text)).toEqual({ kind: 'value', value: expect.closeTo(value, 6) })
  })

  test.for([
    ['maxLatencyMs', 'fast'],
    ['maxLatencyMs', '0'],
    ['maxLatencyMs', '-5 ms'],
    ['maxLatencyMs', '10 W'],
    ['maxPowerW', '10 ms'],
    ['maxMemoryBytes', '1e400'],
    ['maxPriceUsd', '12 34'],
  ] as const)('%s “%s” is refused and kept as it was typed', ([field, received]) => {
    expect(parseBudgetField(field, received)).toEqual({ kind: 'invalid', received })
  })

  test('an empty field is no limit', () => {
    expect(parseBudgetField('maxPowerW', '  ')).toEqual({ kind: 'empty' })
    expect(showBudgetField('maxPowerW', undefined)).toBe('')
  })

  it.prop([
    fc.constantFrom('maxLatencyMs', 'minThroughputPerS', 'maxPowerW', 'maxMemoryBytes', 'maxPriceUsd'),
    fc.integer({ min: 1, max: 9999 }),
  ])('what is shown in a field is read as the same limit', (field, number) => {
    const parsed = parseBudgetField(field, String(number))
    if (parsed.kind !== 'value') throw new Error('expected a value')
    expect(showBudgetField(field, parsed.value)).toBe(String(number))
  })
})

describe('per inference or per second', () => {
  test('30 frames per second is 33.3 ms and back', () => {
    const perSecond = withPace({ maxLatencyMs: 33.3, maxPowerW: 10 }, 'throughput')
    expect(perSecond).toEqual({ minThroughputPerS: 30, maxPowerW: 10 })
    expect(paceOf(perSecond)).toBe('throughput')
    expect(withPace(perSecond, 'latency')).toEqual({ maxLatencyMs: 33.3, maxPowerW: 10 })
  })

  test('a budget without either keeps the rest', () => {
    expect(withPace({ maxPowerW: 10 }, 'throughput')).toEqual({ maxPowerW: 10 })
    expect(paceOf({})).toBe('latency')
  })
})

test('a preset is recognised by its limits, whatever their order', () => {
  for (const preset of budgetPresets) {
    const reversed = Object.fromEntries(Object.entries(preset.budget).reverse())
    expect(matchingPreset(reversed)).toBe(preset)
  }
  expect(matchingPreset({ maxLatencyMs: 7 })).toBeNull()
})
