import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BatteryQuestion, batteryLife } from '../../../simulator/decide/battery-life.ts'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import type { Metric } from '../../../simulator/predict/prediction.ts'
import { browserDevice, mcuDevice } from '../../support/devices.ts'
import { residualNet } from '../../support/summaries.ts'

const summary = residualNet(1, 16, 8)
const prediction = predict({ summary, modelId: 'm', device: mcuDevice, peers: noPeers, catalogVersion: 't' })
const question: BatteryQuestion = {
  battery: { capacityWh: 0.66, nominalV: 3, resistanceOhm: 5, selfDischargePerYear: 0.01 },
  ratePerS: 0.1,
  sensorW: 0,
  sleepW: null,
  minHours: null,
  harvestW: null,
}
const life = (rest: Partial<BatteryQuestion> = {}) => {
  const answer = batteryLife(prediction, { ...question, ...rest })
  if (answer === null) throw new Error('the device states its power')
  return answer
}
const p50 = (metric: Metric) => (metric.availability === 'available' ? metric.p50 : Number.NaN)

describe('battery life', () => {
  const anyRate = fc.double({ min: 1e-4, max: 10, noNaN: true })
  test.prop([anyRate, anyRate])('never rises with the rate', (a, b) => {
    const hoursAt = (ratePerS: number) => p50(life({ ratePerS }).hours)
    expect(hoursAt(Math.max(a, b))).toBeLessThanOrEqual(hoursAt(Math.min(a, b)) * (1 + 1e-12))
  })

  test.prop([fc.double({ min: 1, max: 1e5, noNaN: true })])(
    'of the highest rate for so many hours is so many hours',
    (minHours) => {
      const { highestRatePerS } = life({ minHours, sleepW: 1e-6 })
      if (highestRatePerS === null) return
      const { hours, keepsUp, busyShare } = life({ ratePerS: highestRatePerS, sleepW: 1e-6 })
      if (keepsUp && busyShare < 0.999) expect(p50(hours) / minHours).toBeCloseTo(1, 6)
    },
  )

  it('has its interval turned over: the most power is the fewest hours', () => {
    const { hours, loadW } = life()
    if (hours.availability === 'unavailable' || loadW.availability === 'unavailable') throw new Error('known')
    expect(hours.pi80[0]).toBeLessThan(hours.p50)
    expect(hours.pi80[1]).toBeGreaterThan(hours.p50)
  })

  it('is judged against the hours that are wanted', () => {
    expect(life({ minHours: 1 }).verdict).toBe('fits')
    expect(life({ minHours: 1e6 }).verdict).toBe('fails')
    expect(life({ ratePerS: 1e9, minHours: 1e-3 })).toMatchObject({ keepsUp: false, verdict: 'fails' })
  })

  it('says whether the cell holds the pulse', () => {
    expect(life().holdsPulse).toBe('yes')
    const weak = { ...question.battery, resistanceOhm: 500 }
    expect(life({ battery: weak }).holdsPulse).toBe('no')
    expect(life({ battery: { ...weak, resistanceOhm: null } }).holdsPulse).toBe('not known')
  })

  it('is shortened by a sensor that never sleeps', () => {
    expect(p50(life({ sensorW: 0.01 }).hours)).toBeLessThan(p50(life().hours))
  })

  it('goes on for ever under a harvester that feeds the rate', () => {
    expect(life({ harvestW: 0.05, sleepW: 1e-6 }).harvestedRatePerS).toBeGreaterThan(0.1)
    expect(life({ harvestW: 1e-9 }).harvestedRatePerS).toBeNull()
  })

  it('is not known where the power is not', () => {
    const inTab = predict({ summary, modelId: 'm', device: browserDevice, peers: noPeers, catalogVersion: 't' })
    expect(batteryLife(inTab, question)).toBeNull()
  })
})
