import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coolingOf } from '../../../simulator/power/cooling.ts'
import {
  type HeatPoint,
  heatOver,
  sustainablePowerW,
  type ThermalModel,
  timeConstantS,
  timeToLimitS,
} from '../../../simulator/power/thermal.ts'
import { browserDevice, makeDevice, makeUnit } from '../../support/devices.ts'

/** Skin at 43 °C after 5 °C/W and 600 s; the die is as good as the body. */
const handheld: ThermalModel = {
  ambientC: 25,
  body: { resistanceCPerW: 5, capacitanceJPerC: 120 },
  die: { resistanceCPerW: 1e-6, capacitanceJPerC: 1e-3 },
  surfaceLimitC: 43,
  dieLimitC: 95,
}

const anyModel = fc.record({
  ambientC: fc.double({ min: 0, max: 45, noNaN: true }),
  body: fc.record({
    resistanceCPerW: fc.double({ min: 0.5, max: 20, noNaN: true }),
    capacitanceJPerC: fc.double({ min: 10, max: 300, noNaN: true }),
  }),
  die: fc.record({
    resistanceCPerW: fc.double({ min: 0.1, max: 5, noNaN: true }),
    capacitanceJPerC: fc.double({ min: 0.2, max: 2, noNaN: true }),
  }),
  surfaceLimitC: fc.option(fc.double({ min: 46, max: 60, noNaN: true })),
  dieLimitC: fc.double({ min: 70, max: 105, noNaN: true }),
}) satisfies fc.Arbitrary<ThermalModel>
const anyPowerW = fc.double({ min: 0.1, max: 40, noNaN: true })

/** Power falls with the clock and the latency rises with it, down to a tenth. */
function ladder(powerW: number, idleW = 0): HeatPoint[] {
  return Array.from({ length: 19 }, (_, step) => {
    const clockShare = 1 - step * 0.05
    return { clockShare, latencyMs: 10 / clockShare, powerW: powerW * clockShare, idleW }
  })
}

describe('time to a limit', () => {
  it('is the closed form of one stage: −τ·ln(1 − ΔT/(P·R))', () => {
    expect(timeToLimitS(handheld, 10)).toBeCloseTo(-600 * Math.log(1 - 18 / 50), 6)
    expect(sustainablePowerW(handheld)).toBeCloseTo(3.6, 12)
    expect(timeToLimitS(handheld, 3.6)).toBeNull()
  })

  it('meets the limit of the die between the two stages of a die in a body', () => {
    const model = { ...handheld, surfaceLimitC: null, die: { resistanceCPerW: 5, capacitanceJPerC: 0.4 } }
    const seconds = timeToLimitS(model, 10)
    if (seconds === null) throw new Error('10 W through 10 °C/W pass 95 °C')
    expect(25 + 50 * (1 - Math.exp(-seconds / 600)) + 50 * (1 - Math.exp(-seconds / 2))).toBeCloseTo(95, 6)
  })

  it('is no time at all where the air is as hot as the limit', () => {
    expect(timeToLimitS({ ...handheld, ambientC: 50 }, 1)).toBe(0)
  })

  test.prop([anyModel, anyPowerW, fc.double({ min: 1, max: 10, noNaN: true })])(
    'never comes sooner with more cooling, a cooler room or less power',
    (model, powerW, factor) => {
      const seconds = timeToLimitS(model, powerW) ?? Number.POSITIVE_INFINITY
      const body = { ...model.body, resistanceCPerW: model.body.resistanceCPerW / factor }
      const easier = [
        timeToLimitS({ ...model, body }, powerW),
        timeToLimitS({ ...model, ambientC: model.ambientC - factor }, powerW),
        timeToLimitS(model, powerW / factor),
      ]
      for (const each of easier) expect((each ?? Number.POSITIVE_INFINITY) * (1 + 1e-9)).toBeGreaterThanOrEqual(seconds)
    },
  )
})

describe('minutes of work', () => {
  test.prop([anyModel, anyPowerW])(
    'throttle in the second in which the closed form reaches the limit',
    (model, powerW) => {
      const expected = timeToLimitS(model, powerW)
      const { throttlesAfterS } = heatOver(model, ladder(powerW), 30)
      if (throttlesAfterS === null) expect(expected ?? Number.POSITIVE_INFINITY).toBeGreaterThan(1799)
      else expect(Math.abs(throttlesAfterS - (expected ?? Number.NaN))).toBeLessThanOrEqual(1 + 1e-6)
    },
  )

  test.prop([anyModel, anyPowerW, fc.double({ min: 1, max: 10, noNaN: true })])(
    'never throttle earlier with more cooling, leakage included',
    (model, powerW, factor) => {
      const points = ladder(powerW, powerW / 4)
      const body = { ...model.body, resistanceCPerW: model.body.resistanceCPerW / factor }
      const before = heatOver(model, points, 30).throttlesAfterS ?? Number.POSITIVE_INFINITY
      const after = heatOver({ ...model, body }, points, 30).throttlesAfterS ?? Number.POSITIVE_INFINITY
      expect(after).toBeGreaterThanOrEqual(before)
    },
  )

  test.prop([anyModel, anyPowerW])(
    'end near or below the limits where a slower clock can hold them',
    (model, powerW) => {
      const points = ladder(powerW)
      const lowestW = points.at(-1)?.powerW ?? 0
      fc.pre(lowestW < sustainablePowerW(model))
      const { minutes, overheats } = heatOver(model, points, 30)
      const last = minutes.at(-1)
      expect(overheats).toBe(false)
      expect(last?.dieC).toBeLessThanOrEqual(model.dieLimitC + powerW * model.die.resistanceCPerW)
      expect(last?.surfaceC).toBeLessThanOrEqual((model.surfaceLimitC ?? Number.POSITIVE_INFINITY) + 1)
    },
  )

  it('are steady where the power is sustainable: minute 1 is minute 30', () => {
    const { minutes, throttlesAfterS } = heatOver(handheld, ladder(3), 30)
    expect(minutes).toHaveLength(30)
    expect(throttlesAfterS).toBeNull()
    expect(minutes.map(({ latencyMs }) => latencyMs)).toEqual(minutes.map(() => expect.closeTo(10, 9)))
  })

  it('slow a handheld down, and the more the longer', () => {
    const { minutes, throttlesAfterS } = heatOver(handheld, ladder(10), 30)
    expect(throttlesAfterS).toBe(Math.ceil(-600 * Math.log(1 - 18 / 50)))
    expect(minutes[0]?.latencyMs).toBeCloseTo(10, 9)
    // 3.6 of 10 W are sustainable, so 36 % of the clock on average.
    expect(minutes[29]?.clockShare).toBeGreaterThan(0.3)
    expect(minutes[29]?.clockShare).toBeLessThan(0.42)
  })

  it('warm more where the chip leaks', () => {
    const last = (idleW: number) => heatOver({ ...handheld, surfaceLimitC: null }, ladder(10, idleW), 30).minutes.at(-1)
    expect(last(2)?.dieC).toBeGreaterThan(last(0)?.dieC ?? Number.NaN)
  })

  it('say so where even the lowest clock is too hot', () => {
    expect(heatOver(handheld, [{ clockShare: 1, latencyMs: 1, powerW: 10, idleW: 0 }], 30).overheats).toBe(true)
  })
})

describe('cooling', () => {
  const board = makeDevice([makeUnit({ kind: 'npu' })])

  it('of a board holds its design power in the hottest air it is sold for, and just so', () => {
    const cooling = coolingOf(board, 10, { ambientC: 50 })
    expect(sustainablePowerW(cooling?.model ?? handheld)).toBeCloseTo(10, 9)
    expect(cooling?.constants.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'ambientC given',
      'bodyResistanceCPerW derived',
      'bodyTimeS default',
      'dieResistanceCPerW derived',
      'dieLimitC default',
    ])
  })

  it('of a phone sheds about 3.5 W at 43 °C whatever its chip could draw', () => {
    const cooling = coolingOf({ ...board, segment: 'phone' }, 9)
    expect(sustainablePowerW(cooling?.model ?? handheld)).toBeCloseTo(3.5, 9)
  })

  it('keeps the mass when a heat sink is named', () => {
    const usual = coolingOf(board, 10)?.model.body ?? handheld.body
    const better = coolingOf(board, 10, { bodyResistanceCPerW: usual.resistanceCPerW / 2 })?.model.body ?? handheld.body
    expect(better.capacitanceJPerC).toBeCloseTo(usual.capacitanceJPerC, 9)
    expect(timeConstantS(better)).toBeCloseTo(timeConstantS(usual) / 2, 9)
  })

  it('is not known for a machine behind a tab', () => {
    expect(coolingOf(browserDevice, 10)).toBeNull()
  })
})
