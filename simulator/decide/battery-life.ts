/** How long a battery lasts under a prediction at a rate, and whether that is long enough (docs/method/battery.md). */
import {
  type Battery,
  type BatteryUse,
  batteryHours,
  busyShareWithin,
  harvestedBusyShare,
  loadForHoursW,
  pulseV,
  usualUse,
} from '../power/battery.ts'
import { dutyAt } from '../power/operating-point.ts'
import type { AvailableMetric, Metric, Prediction } from '../predict/prediction.ts'
import type { Verdict } from './budget.ts'
import { failsUpTo, fitsFrom, probability } from './fit.ts'
import { operatingPointOf, powerAtRate } from './frame-rate.ts'

/** Below it a microcontroller resets **(default)**. */
const leastSupplyV = 1.8

export interface BatteryQuestion {
  readonly battery: Battery
  /** Items per second. */
  readonly ratePerS: number
  /** Camera, microphone, radio: drawn all the time. */
  readonly sensorW: number
  /** Drawn between inferences; `null` = the device's idle power. */
  readonly sleepW: number | null
  /** `null` = not asked. */
  readonly minHours: number | null
  /** Average of a solar cell or another harvester; `null` = none. */
  readonly harvestW: number | null
  readonly use?: BatteryUse
}

export interface BatteryLife {
  readonly hours: Metric
  /** Average, sensor included. */
  readonly loadW: Metric
  /** Share of the time spent inferring, at most 1. */
  readonly busyShare: number
  /** Whether the unit keeps up with the rate. */
  readonly keepsUp: boolean
  /** What the cell shows while the device infers; `null` = its resistance is not known, or it cannot give that power. */
  readonly pulseV: number | null
  readonly holdsPulse: 'yes' | 'no' | 'not known'
  /** Highest rate that lasts `minHours`; `null` = not asked, or not even sleeping lasts so long. */
  readonly highestRatePerS: number | null
  /** Rate that the harvester alone sustains; `null` = none, or not even sleeping. */
  readonly harvestedRatePerS: number | null
  /** Of lasting `minHours`; `null` = not asked. */
  readonly pMeets: number | null
  readonly verdict: Verdict
}

/** `null` where the power of the target is not known. */
export function batteryLife(prediction: Prediction, question: BatteryQuestion): BatteryLife | null {
  const { battery, ratePerS, sensorW, sleepW, minHours, harvestW, use = usualUse } = question
  const point = operatingPointOf(prediction)
  const drawn = powerAtRate(prediction, ratePerS, sleepW)
  if (point === null || drawn.availability === 'unavailable') return null
  const loadW = mapped(drawn, (watts) => watts + sensorW)
  const hours = mapped(loadW, (watts) => batteryHours(battery, watts, use))
  const duty = dutyAt(point, ratePerS)
  const rest = { sleepW: sleepW ?? point.idleW, activeW: point.activeW, sensorW }
  const rateOf = (busy: number | null) => (busy === null ? null : (busy * ratePerS) / duty)
  const volts = pulseV(battery, point.activeW + sensorW, use)
  const holds = volts !== null && volts >= Math.min(leastSupplyV, battery.nominalV)
  const pMeets = minHours === null ? null : probability(hours, minHours, false)
  return {
    hours,
    loadW,
    busyShare: Math.min(1, duty),
    keepsUp: duty <= 1,
    pulseV: volts,
    holdsPulse: battery.resistanceOhm === null ? 'not known' : holds ? 'yes' : 'no',
    highestRatePerS: minHours === null ? null : rateOf(busyShareWithin(loadForHoursW(battery, minHours, use), rest)),
    harvestedRatePerS: harvestW === null ? null : rateOf(harvestedBusyShare(harvestW, rest, use)),
    pMeets,
    verdict: duty > 1 ? 'fails' : verdictOf(pMeets),
  }
}

function verdictOf(pMeets: number | null): Verdict {
  if (pMeets === null || pMeets >= fitsFrom) return 'fits'
  return pMeets <= failsUpTo ? 'fails' : 'tight'
}

/** Monotone in every quantile; a falling function swaps the ends. */
function mapped(metric: AvailableMetric, change: (value: number) => number): AvailableMetric {
  const both = ([low, high]: readonly [number, number]): [number, number] => {
    const [a, b] = [change(low), change(high)]
    return a <= b ? [a, b] : [b, a]
  }
  return { ...metric, p50: change(metric.p50), pi80: both(metric.pi80), pi95: both(metric.pi95) }
}
