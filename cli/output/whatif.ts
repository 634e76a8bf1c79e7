/** What-ifs as text: the target as it is, one row per change with its band and the reason, then the waterfall. */
import type { BatteryLife } from '../../simulator/decide/battery-life.ts'
import type { Sustained } from '../../simulator/decide/sustained.ts'
import { changeLabel } from '../../simulator/decide/what-if/change.ts'
import type { Delta, Effect, Figures, Outcome } from '../../simulator/decide/what-if/outcome.ts'
import type { Trial } from '../../simulator/decide/what-if/trial.ts'
import type { JointAnswer } from '../../simulator/decide/what-if.ts'
import type { Prediction } from '../../simulator/predict/prediction.ts'
import { evidenceSentence } from '../../simulator/report/evidence.ts'
import { formatMetric, formatNumber, formatQuantity } from '../../simulator/report/figures.ts'
import { en } from '../../simulator/report/text/en.ts'
import { deltaText, hindranceText, noteText, trialText } from '../../simulator/report/what-if-text.ts'
import type { Use } from '../use-options.ts'
import { batteryLines } from './battery.ts'
import { heatLines } from './modes.ts'
import { targetLine } from './prediction.ts'
import { tableLines } from './table.ts'
import { printable, type Style, type Terminal } from './terminal.ts'

export interface WhatIfText {
  readonly modelName: string
  readonly deviceName: string
  readonly ratePerS: number | null
  readonly use: Use
  readonly base: Prediction
  readonly figures: Figures
  readonly trials: readonly Trial[]
  readonly joint: JointAnswer | null
  readonly sustained: Sustained | null
  readonly battery: BatteryLife | null
}

export function whatIfLines(answer: WhatIfText, terminal: Terminal): string[] {
  const { modelName, deviceName, ratePerS, use, base, figures, trials, joint, sustained, battery } = answer
  const done = trials.filter(({ outcome }) => outcome !== null).toSorted(byLatency)
  const not = trials.filter(({ outcome }) => outcome === null)
  return [
    terminal.style('bold', printable(modelName)),
    targetLine(deviceName, base),
    '',
    ...baseLines(figures, ratePerS),
    ...(sustained === null ? [] : heatLines(base.powerMode, sustained, ratePerS, use.minutes)),
    ...(battery === null || use.battery === null ? [] : batteryLines(use.battery, battery, terminal)),
    '',
    ...changeLines(done, ratePerS, terminal),
    ...(not.length === 0 ? [] : ['', ...hinderedLines(not)]),
    ...(joint === null ? [] : ['', ...jointLines(joint, figures, terminal)]),
    '',
    'Bands are central 80 % ranges of the change itself; what both sides have in common cancels (docs/method/what-if.md).',
    `${en.levels[base.evidence.level].label}: ${evidenceSentence(base.evidence, en)}`,
  ]
}

function baseLines(
  { latencyMs, throughputPerS, energyPerItemMj, powerW, memoryBytes }: Figures,
  ratePerS: number | null,
) {
  const rows = [
    ['latency', formatMetric(latencyMs, 'ms')],
    ['throughput', formatMetric(throughputPerS, 'perS')],
    ['energy per item', formatMetric(energyPerItemMj, 'mj')],
    [ratePerS === null ? 'power' : `power at ${formatNumber(ratePerS)} /s`, formatMetric(powerW, 'w')],
    ['memory', formatMetric(memoryBytes, 'bytes')],
  ]
  return tableLines(
    [{ title: '' }, { title: '' }],
    rows.map(([name, text]) => [name ?? '', text ?? en.unavailable]),
  )
}

const effectStyles: Readonly<Record<Effect, Style>> = {
  faster: 'green',
  slower: 'red',
  alike: 'dim',
  unclear: 'yellow',
}
const effectWords: Readonly<Record<Effect, string>> = {
  faster: 'faster',
  slower: 'slower',
  alike: 'no change',
  unclear: 'not clear',
}

function changeLines(trials: readonly Trial[], ratePerS: number | null, terminal: Terminal): string[] {
  if (trials.length === 0) return []
  const otherBatch = trials.some(({ change }) => change.kind === 'batch')
  const rows = trials.flatMap((trial) => {
    const { change, outcome } = trial
    if (outcome === null) return []
    const { deltas, figures, effect } = outcome
    return [
      [
        printable(changeLabel(change)),
        terminal.style(effectStyles[effect], effectWords[effect]),
        formatMetric(figures.latencyMs, 'ms') ?? en.unavailable,
        orUnknown(deltas.latencyMs),
        ...(otherBatch ? [orUnknown(deltas.throughputPerS)] : []),
        orUnknown(deltas.energyPerItemMj),
        ...(ratePerS === null ? [] : [orUnknown(deltas.powerW)]),
      ],
    ]
  })
  const titles = [
    'what if',
    '',
    'latency',
    'Δ latency',
    ...(otherBatch ? ['Δ throughput'] : []),
    'Δ energy per item',
    ...(ratePerS === null ? [] : [`Δ power at ${formatNumber(ratePerS)} /s`]),
  ]
  const [head = '', ...lines] = tableLines(
    titles.map((title) => ({ title })),
    rows,
  )
  const reasons = trials.map((trial) => terminal.style('dim', `    ${printable(trialText(trial))}`))
  return [head, ...lines.flatMap((line, index) => [line, reasons[index] ?? ''])]
}

function orUnknown(delta: Delta | null): string {
  return delta === null ? en.unavailable : deltaText(delta)
}

function hinderedLines(trials: readonly Trial[]): string[] {
  const rows = trials.flatMap(({ change, hindrance }) =>
    hindrance === null ? [] : [[printable(changeLabel(change)), printable(hindranceText(hindrance))]],
  )
  return tableLines([{ title: 'would not help' }, { title: 'because' }], rows)
}

function jointLines({ outcome, notes, steps, hindered }: JointAnswer, before: Figures, terminal: Terminal): string[] {
  const { latencyMs: was } = before
  const { latencyMs: is } = outcome.figures
  if (was.availability === 'unavailable' || is.availability === 'unavailable') return []
  const signed = (ms: number) => `${ms < 0 ? '−' : '+'}${formatQuantity(Math.abs(ms), 'ms')}`
  const signedEnergy = (mj: number | null) =>
    mj === null ? '' : `${mj < 0 ? '−' : '+'}${formatQuantity(Math.abs(mj), 'mj')}`
  const energyOf = (figures: Figures) => formatMetric(figures.energyPerItemMj, 'mj') ?? en.unavailable
  const rows = [
    ['as it is', formatQuantity(was.p50, 'ms'), energyOf(before)],
    ...steps.map(({ change, latencyMs, energyPerItemMj }) => [
      `  ${printable(changeLabel(change))}`,
      signed(latencyMs),
      signedEnergy(energyPerItemMj),
    ]),
    ['together', formatQuantity(is.p50, 'ms'), energyOf(outcome.figures)],
  ]
  const { deltas } = outcome
  return [
    terminal.style('bold', 'All together, each with its share of the effect (the mean over all orders)'),
    ...tableLines([{ title: '' }, { title: 'latency', align: 'right' }, { title: 'energy per item' }], rows),
    `latency ${orUnknown(deltas.latencyMs)}, throughput ${orUnknown(deltas.throughputPerS)}, energy per item ${orUnknown(deltas.energyPerItemMj)}, memory ${orUnknown(deltas.memoryBytes)}`,
    ...(notes.length === 0 ? [] : [notes.map(noteText).join('; ')]),
    ...hindered.map(
      ({ change, hindrance }) => `left out: ${printable(changeLabel(change))}: ${hindranceText(hindrance)}`,
    ),
  ]
}

/** Fastest first; of a larger batch the throughput counts. */
function byLatency(a: Trial, b: Trial): number {
  const gainOf = ({ outcome }: Trial) => relativeTime(outcome)
  return gainOf(a) - gainOf(b)
}

function relativeTime(outcome: Outcome | null): number {
  const throughput = outcome?.deltas.throughputPerS?.share
  return throughput === undefined ? Number.POSITIVE_INFINITY : 1 / (1 + throughput)
}
