import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  averageLoadW,
  type Battery,
  batteryHours,
  busyShareWithin,
  harvestedBusyShare,
  loadForHoursW,
  pulseV,
} from '../../../simulator/power/battery.ts'

const coin: Battery = { capacityWh: 0.66, nominalV: 3, resistanceOhm: 20, selfDischargePerYear: 0.01 }
const exact = { conversion: 1, reserveShare: 0 }

const anyBattery: fc.Arbitrary<Battery> = fc.record({
  capacityWh: fc.double({ min: 0.01, max: 100, noNaN: true }),
  nominalV: fc.double({ min: 1, max: 12, noNaN: true }),
  resistanceOhm: fc.double({ min: 0.01, max: 50, noNaN: true }),
  selfDischargePerYear: fc.double({ min: 0, max: 0.5, noNaN: true }),
})
const anyLoadW = fc.double({ min: 1e-6, max: 10, noNaN: true })
const more = fc.double({ min: 1, max: 10, noNaN: true })

describe('hours of a battery', () => {
  it('are capacity over load: 0.66 Wh at 1 mW', () => {
    expect(batteryHours({ ...coin, selfDischargePerYear: 0 }, 1e-3, exact)).toBeCloseTo(660, 9)
    expect(batteryHours({ ...coin, selfDischargePerYear: 0 }, 1e-3)).toBeCloseTo(660 * 0.9 * 0.9, 9)
  })

  it('end without any load where the cell discharges itself: a hundred years at 1 % a year', () => {
    expect(batteryHours(coin, 0, exact)).toBeCloseTo(100 * 8760, 6)
  })

  test.prop([anyBattery, anyLoadW, more])('fall with the load and rise with the capacity', (battery, loadW, factor) => {
    const hours = batteryHours(battery, loadW)
    expect(batteryHours(battery, loadW * factor)).toBeLessThanOrEqual(hours * (1 + 1e-12))
    const larger = { ...battery, capacityWh: battery.capacityWh * factor }
    expect(batteryHours(larger, loadW) * (1 + 1e-12)).toBeGreaterThanOrEqual(hours)
  })

  test.prop([anyBattery, anyLoadW])('lead back to the load', (battery, loadW) => {
    expect(loadForHoursW(battery, batteryHours(battery, loadW))).toBeCloseTo(loadW, 6)
  })

  it('of two years leave nothing where half is lost every year', () => {
    expect(loadForHoursW({ ...coin, selfDischargePerYear: 0.5 }, 2 * 8760)).toBe(0)
  })
})

describe('the share of the time that may be busy', () => {
  const load = { sleepW: 0.001, activeW: 0.101, sensorW: 0.002 }

  it('spends what sleep and sensor leave', () => {
    expect(busyShareWithin(0.013, load)).toBeCloseTo(0.1, 12)
    expect(busyShareWithin(0.002, load)).toBeNull()
    expect(busyShareWithin(5, load)).toBe(1)
  })

  test.prop([anyLoadW])('makes just that load', (loadW) => {
    const busyShare = busyShareWithin(loadW, load)
    if (busyShare === null || busyShare === 1) return
    expect(averageLoadW({ ...load, busyShare })).toBeCloseTo(loadW, 9)
  })

  it('comes from a harvester after the regulator', () => {
    expect(harvestedBusyShare(0.02, load, { conversion: 0.65, reserveShare: 0 })).toBeCloseTo(0.1, 12)
  })
})

describe('a pulse', () => {
  it('drops the voltage by current × resistance', () => {
    const volts = pulseV(coin, 0.03, exact)
    if (volts === null) throw new Error('3 V through 20 Ω give up to 112 mW')
    expect(volts).toBeCloseTo(3 - (0.03 / volts) * 20, 9)
  })

  it('larger than V²/4R cannot be given', () => {
    expect(pulseV(coin, 0.1126, exact)).toBeNull()
    expect(pulseV(coin, 0.1124, exact)).not.toBeNull()
  })

  test.prop([anyBattery, fc.double({ min: 1e-6, max: 1e-3, noNaN: true }), more])(
    'drops it further the more is drawn',
    (battery, powerW, factor) => {
      const small = pulseV(battery, powerW)
      const large = pulseV(battery, powerW * factor)
      if (small !== null && large !== null) expect(large).toBeLessThanOrEqual(small)
    },
  )

  it('of a cell whose resistance is not known is not judged', () => {
    expect(pulseV({ ...coin, resistanceOhm: null }, 1)).toBeNull()
  })
})
