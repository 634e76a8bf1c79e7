/** A battery as text: how long, what the pulse does to the voltage, which rate would last. */
import type { BatteryLife } from '../../simulator/decide/battery-life.ts'
import type { Metric } from '../../simulator/predict/prediction.ts'
import { formatMetric, formatNumber, formatProbability, formatShare } from '../../simulator/report/figures.ts'
import { en } from '../../simulator/report/text/en.ts'
import type { Use } from '../use-options.ts'
import { verdictText } from './fit.ts'
import type { Terminal } from './terminal.ts'

export function batteryLines(
  { name, question }: NonNullable<Use['battery']>,
  life: BatteryLife,
  terminal: Terminal,
): string[] {
  const { minHours, ratePerS } = question
  const verdict = `${verdictText(life.verdict, terminal)}${life.pMeets === null ? '' : ` P ${formatProbability(life.pMeets)}`}`
  const wanted = minHours === null ? '' : `, ${formatHours(minHours)} wanted: ${verdict}`
  const busy = `busy ${formatShare(life.busyShare)} of the time, ${formatMetric(life.loadW, 'w') ?? en.unavailable} on average`
  return [
    `  ${name}: ${hoursText(life.hours)} at ${formatNumber(ratePerS)} /s${wanted}; ${busy}`,
    ...(life.keepsUp ? [] : [`  it cannot keep up with ${formatNumber(ratePerS)} /s`]),
    ...(minHours === null ? [] : [`  ${rateText(life.highestRatePerS, formatHours(minHours))}`]),
    ...pulseLines(life),
    ...(question.harvestW === null
      ? []
      : [`  the harvester alone: ${rateText(life.harvestedRatePerS, 'as long as it is fed')}`]),
  ]
}

function rateText(ratePerS: number | null, duration: string): string {
  if (ratePerS === null) return `not even sleeping lasts ${duration}`
  const period = ratePerS < 1 && ratePerS > 0 ? `, one every ${formatNumber(1 / ratePerS)} s` : ''
  return `up to ${formatNumber(ratePerS)} /s lasts ${duration}${period}`
}

function pulseLines({ holdsPulse, pulseV }: BatteryLife): string[] {
  if (holdsPulse === 'not known') return []
  if (pulseV === null) return ['  the cell cannot give this power even for a moment: put a capacitor beside it']
  const shown = `  while inferring the cell shows ${formatNumber(pulseV)} V`
  return [holdsPulse === 'yes' ? `${shown}: enough` : `${shown}: the device resets; put a capacitor beside it`]
}

function hoursText(metric: Metric): string {
  if (metric.availability === 'unavailable') return en.unavailable
  return `${formatHours(metric.p50)} (${formatHours(metric.pi80[0])} – ${formatHours(metric.pi80[1])})`
}

const scales = [
  [8760, 'years'],
  [24, 'days'],
  [1, 'h'],
  [1 / 60, 'min'],
] as const

function formatHours(hours: number): string {
  const [size, unit] = scales.find(([each]) => hours >= each) ?? [1 / 60, 'min']
  return `${formatNumber(hours / size)} ${unit}`
}
