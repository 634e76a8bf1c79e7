/** A verdict as text: the answer first, then every limit with the figure it was compared with and how likely it is met. */
import type { Fit, Verdict } from '../../simulator/decide/budget.ts'
import { operatingPointOf } from '../../simulator/decide/frame-rate.ts'
import { dutyAt } from '../../simulator/power/operating-point.ts'
import type { Prediction } from '../../simulator/predict/prediction.ts'
import { evidenceSentence, evidenceText } from '../../simulator/report/evidence.ts'
import {
  formatMetric,
  formatNumber,
  formatProbability,
  formatQuantity,
  formatShare,
  limitUnits,
} from '../../simulator/report/figures.ts'
import { en } from '../../simulator/report/text/en.ts'
import { measuredLines, targetLine } from './prediction.ts'
import { tableLines } from './table.ts'
import { printable, type Style, type Terminal } from './terminal.ts'

const styles: Readonly<Record<Verdict, readonly Style[]>> = {
  fits: ['bold', 'green'],
  tight: ['bold', 'yellow'],
  fails: ['bold', 'red'],
  unknown: ['bold', 'cyan'],
}

export function fitLines(
  modelName: string,
  deviceName: string,
  prediction: Prediction,
  fit: Fit,
  ratePerS: number | null,
  terminal: Terminal,
): string[] {
  const verdict = (value: Verdict) => verdictText(value, terminal)
  const rows = fit.checks.map(({ limit, limitValue, metric, pMeets, verdict: ofLimit }) => [
    verdict(ofLimit),
    `${en.limits[limit]} ${formatQuantity(limitValue, limitUnits[limit])}`,
    formatMetric(metric, limitUnits[limit]) ?? missingText(metric),
    pMeets === null ? '' : `P ${formatProbability(pMeets)}`,
  ])
  return [
    `${verdict(fit.verdict)}${fit.pMeets === null ? '' : `, P ${formatProbability(fit.pMeets)}`}: ${en.verdicts[fit.verdict].sentence}`,
    `${printable(modelName)} on ${targetLine(deviceName, prediction)}`,
    '',
    ...tableLines([{ title: '' }, { title: '' }, { title: '' }, { title: '' }], rows),
    '',
    ...boundLines(prediction),
    ...rateLines(prediction, ratePerS),
    ...measuredLines(prediction.measured),
    `${evidenceText(prediction.evidence, en)}: ${evidenceSentence(prediction.evidence, en)}`,
    ...prediction.warnings.map(({ code, fix }) => terminal.style('yellow', printable(`${en.problems[code]} ${fix}`))),
  ]
}

function boundLines({ latencyMs, bound, boundShare }: Prediction): string[] {
  const latency = formatMetric(latencyMs, 'ms')
  if (latency === null) return []
  return [
    `an inference takes ${latency}, bound by ${en.bounds[bound].label} for ${formatShare(boundShare)} of the time`,
  ]
}

/** Where the power at a rate comes from: idling between inferences, and inferring. */
function rateLines(prediction: Prediction, ratePerS: number | null): string[] {
  const point = operatingPointOf(prediction)
  if (ratePerS === null || point === null) return []
  const duty = Math.min(1, dutyAt(point, ratePerS))
  const idleW = point.idleW * (1 - duty)
  const idle = prediction.basis.find(({ field }) => field === 'device.idleW')
  const status = idle === undefined ? '' : ` (${idle.status}${idle.from === 'device' ? '' : `, from the ${idle.from}`})`
  const work = formatQuantity(point.activeW * duty, 'w')
  return [
    `at ${formatNumber(ratePerS)} /s it is busy ${formatShare(duty)} of the time: idling ${formatQuantity(idleW, 'w')}${status}, inferring ${work}`,
  ]
}

export function verdictText(verdict: Verdict, terminal: Terminal): string {
  return terminal.style(styles[verdict], en.verdicts[verdict].label)
}

function missingText(metric: Fit['checks'][number]['metric']): string {
  return metric.availability === 'unavailable' ? `${en.unavailable}, needs ${metric.missing}` : en.unavailable
}
