/** Power modes as text: one row each, then what decides: pace or race, heat, battery, and the defaults they rest on. */
import type { BatteryLife } from '../../simulator/decide/battery-life.ts'
import type { Fit, Verdict } from '../../simulator/decide/budget.ts'
import type { ModeAnswer } from '../../simulator/decide/power-modes.ts'
import type { Sustained } from '../../simulator/decide/sustained.ts'
import { evidenceSentence } from '../../simulator/report/evidence.ts'
import {
  formatMetric,
  formatNumber,
  formatProbability,
  formatQuantity,
  formatShare,
} from '../../simulator/report/figures.ts'
import { en } from '../../simulator/report/text/en.ts'
import type { Use } from '../use-options.ts'
import { batteryLines } from './battery.ts'
import { verdictText } from './fit.ts'
import { tableLines } from './table.ts'
import { printable, type Terminal } from './terminal.ts'

export type ModeWithBattery = ModeAnswer & { readonly battery: BatteryLife | null }

export const fromBest = ['fits', 'tight', 'unknown', 'fails'] as const satisfies readonly Verdict[]

/** The worse of limits and battery. */
export function verdictOfMode({ fit, battery }: ModeWithBattery): Verdict {
  return isBatteryWorse(fit, battery) ? battery.verdict : fit.verdict
}

function isBatteryWorse({ verdict }: Fit, battery: BatteryLife | null): battery is BatteryLife {
  return battery !== null && fromBest.indexOf(battery.verdict) > fromBest.indexOf(verdict)
}

export interface ModesText {
  readonly modelName: string
  readonly deviceName: string
  readonly ratePerS: number | null
  readonly use: Use
  readonly answers: readonly ModeWithBattery[]
}

export function modeLines({ modelName, deviceName, ratePerS, use, answers }: ModesText, terminal: Terminal): string[] {
  const [first] = answers
  if (first === undefined) return []
  const { unitId, runtimeId, precision, batch, evidence, warnings } = first.prediction
  const powerTitle = ratePerS === null ? 'power' : `power at ${formatNumber(ratePerS)} /s`
  const columns = [
    { title: '' },
    { title: 'mode' },
    { title: 'latency' },
    { title: 'throughput' },
    { title: powerTitle },
    { title: 'energy' },
    { title: `after ${use.minutes} min` },
    { title: 'verdict' },
    { title: '' },
  ] as const
  const rows = answers.map((answer) => [
    isMarked(answer) ? '*' : '',
    answer.powerMode,
    formatMetric(answer.prediction.latencyMs, 'ms') ?? en.unavailable,
    formatMetric(answer.prediction.throughputPerS, 'perS') ?? en.unavailable,
    formatMetric(answer.powerW, 'w') ?? en.unavailable,
    formatMetric(answer.prediction.energyMj, 'mj') ?? en.unavailable,
    answer.sustained === null ? en.unavailable : formatQuantity(answer.sustained.sustainedMs, 'ms'),
    verdictCell(answer, terminal),
    answer.onFront ? '' : 'another mode is faster and draws less',
  ])
  return [
    terminal.style('bold', printable(modelName)),
    `${deviceName}: ${unitId}, ${runtimeId}, ${precision}, batch ${batch}`,
    '',
    ...tableLines(columns, rows),
    ...(answers.some(isMarked)
      ? [
          `* least ${ratePerS === null ? 'energy per inference' : 'power at this rate'} of the modes that meet the limits`,
        ]
      : []),
    '',
    ...answers.flatMap(({ powerMode, sustained, battery }) => [
      ...(sustained === null ? [] : heatLines(powerMode, sustained, ratePerS, use.minutes)),
      ...(battery === null || use.battery === null ? [] : batteryLines(use.battery, battery, terminal)),
    ]),
    ...constantLines(answers.find(({ sustained }) => sustained !== null)?.sustained ?? null),
    `${en.levels[evidence.level].label}: ${evidenceSentence(evidence, en)} ${en.basis[evidence.basis].sentence}`,
    ...warnings.map(({ code, fix }) => terminal.style('yellow', printable(`${en.problems[code]} ${fix}`))),
  ]
}

/** A mode that the battery does not last in is no answer, however little it draws. */
function isMarked(answer: ModeWithBattery): boolean {
  return answer.leastEnergy && verdictOfMode(answer) !== 'fails'
}

/** What decides: the limits, or the battery. */
function verdictCell({ fit, battery }: ModeWithBattery, terminal: Terminal): string {
  if (isBatteryWorse(fit, battery)) return `${verdictWithP(battery, terminal)}, battery`
  return fit.checks.length === 0 ? '' : verdictWithP(fit, terminal)
}

function verdictWithP({ verdict, pMeets }: Pick<Fit, 'verdict' | 'pMeets'>, terminal: Terminal): string {
  return `${verdictText(verdict, terminal)}${pMeets === null ? '' : ` P ${formatProbability(pMeets)}`}`
}

/** What it draws and what can be sustained, whether and when it throttles, race or pace. */
export function heatLines(powerMode: string, heat: Sustained, ratePerS: number | null, minutes: number): string[] {
  const last = heat.minutes.at(-1)
  const warmth =
    last === undefined
      ? ''
      : `${formatNumber(last.dieC)} °C inside, ${formatNumber(last.surfaceC)} °C outside after ${minutes} min`
  const cold = `draws ${formatQuantity(heat.coldW, 'w')} cold, ${formatQuantity(heat.sustainableW, 'w')} can be sustained`
  const throttles =
    heat.throttlesAfterS === null
      ? 'never throttles'
      : `throttles after ${formatNumber(heat.throttlesAfterS / 60)} min to ${formatShare(heat.sustainedClockShare)} of the clock`
  const overheats = heat.overheats ? '; too hot even at its lowest clock: it has to switch off' : ''
  return [`${powerMode}: ${cold}; ${throttles}; ${warmth}${overheats}`, ...paceLines(heat, ratePerS)]
}

/** Less than this is not worth a clock, and less than the law can tell. */
const leastSaving = 0.05

/** Race or pace, with the power of the better one. */
function paceLines({ pace, coldW }: Sustained, ratePerS: number | null): string[] {
  if (pace === null || ratePerS === null) return []
  const rate = `${formatNumber(ratePerS)} /s`
  if (pace.powerW > coldW * (1 - leastSaving))
    return [`  at ${rate} full clock and then idle is as good as any slower clock`]
  const saved = formatShare(1 - pace.powerW / coldW)
  return [
    `  at ${rate} ${formatShare(pace.clockShare)} of the clock would do, and draw ${formatQuantity(pace.powerW, 'w')}: ${saved} less`,
  ]
}

function constantLines(heat: Sustained | null): string[] {
  if (heat === null) return []
  const rows = heat.constants.map(({ name, value, unit, status }) => [
    `thermal.${name}`,
    `${formatNumber(value)} ${unit}`,
    status,
  ])
  return [
    '',
    ...tableLines([{ title: 'heat rests on' }, { title: 'value', align: 'right' }, { title: 'status' }], rows),
    '',
  ]
}
