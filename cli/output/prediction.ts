/** A prediction as text: every figure with its intervals, what limits it, and what it rests on. */

import type { FactUse, Metric, Prediction } from '../../simulator/predict/prediction.ts'
import { evidenceSentence, evidenceText, publishedText } from '../../simulator/report/evidence.ts'
import {
  type DisplayUnit,
  formatNumber,
  formatQuantity,
  formatRange,
  formatShare,
  isExact,
} from '../../simulator/report/figures.ts'
import { en } from '../../simulator/report/text/en.ts'
import { tableLines } from './table.ts'
import { printable, type Terminal } from './terminal.ts'

/** What the answer is about: `NVIDIA Jetson Nano: gpu, tensorrt, fp16, batch 1, mode 10W`. */
export function targetLine(deviceName: string, prediction: Prediction): string {
  const { unitId, runtimeId, precision, batch, powerMode } = prediction
  return `${deviceName}: ${unitId}, ${runtimeId}, ${precision}, batch ${batch}, mode ${powerMode}`
}

export function predictionLines(
  modelName: string,
  deviceName: string,
  prediction: Prediction,
  terminal: Terminal,
): string[] {
  return [
    terminal.style('bold', printable(modelName)),
    targetLine(deviceName, prediction),
    '',
    ...measuredLines(prediction.measured),
    ...figureLines(prediction),
    '',
    ...kernelLines(prediction),
    ...basisLines(prediction.basis),
    ...evidenceLines(prediction, terminal),
  ]
}

const mostPublished = 4

/** What was published of the pair, before what is predicted; the rest is counted. */
export function measuredLines(measured: Prediction['measured']): string[] {
  const more = measured.length - mostPublished
  return [
    ...measured
      .slice(0, mostPublished)
      .map((figure) => printable(`published: ${publishedText(figure)}, ${figure.title}${urlText(figure.url)}`)),
    ...(more > 0 ? [`published: ${more} more`] : []),
    ...(measured.length > 0 ? [''] : []),
  ]
}

function urlText(url: string): string {
  return url === '' ? '' : `, ${url}`
}

function figureLines(prediction: Prediction): string[] {
  const { memory } = prediction
  const capacity = memory.capacityBytes === null ? '' : `of ${formatQuantity(memory.capacityBytes, 'bytes')}`
  const limit = `${en.bounds[prediction.bound].label}, ${formatShare(prediction.boundShare)} of the time`
  return tableLines(
    [{ title: '' }, { title: 'median', align: 'right' }, { title: '80 %' }, { title: '95 %' }, { title: '' }],
    [
      metricRow('latency', prediction.latencyMs, 'ms', `bound by ${limit}`),
      metricRow('throughput', prediction.throughputPerS, 'perS'),
      metricRow('energy', prediction.energyMj, 'mj'),
      metricRow('power', prediction.powerW, 'w'),
      metricRow('memory', memory.totalBytes, 'bytes', capacity),
      ['  weights', formatQuantity(memory.weightBytes, 'bytes')],
      ...(memory.kvCacheBytes === 0 ? [] : [['  KV cache', formatQuantity(memory.kvCacheBytes, 'bytes')]]),
      ['  activations', formatQuantity(memory.peakActivationBytes, 'bytes'), '', '', peakText(memory.peakOperator)],
      ['  runtime', memory.runtimeBytes === null ? en.unavailable : formatQuantity(memory.runtimeBytes, 'bytes')],
    ],
  )
}

export function peakText(operator: string | null): string {
  return operator === null ? '' : `largest at ${printable(operator)}`
}

export function metricRow(name: string, metric: Metric, unit: DisplayUnit, note = ''): string[] {
  if (metric.availability === 'unavailable') return [name, en.unavailable, '', '', `needs ${metric.missing}`]
  const ranges = isExact(metric) ? ['', ''] : [formatRange(metric.pi80, unit), formatRange(metric.pi95, unit)]
  return [name, formatQuantity(metric.p50, unit), ...ranges, note]
}

export function kernelLines({ kernels, largestKernels }: Prediction): string[] {
  const totalMs = kernels.reduce((sum, { timeMs }) => sum + timeMs, 0)
  const rows = largestKernels.flatMap((index) => {
    const kernel = kernels[index]
    if (kernel === undefined) return []
    const share = totalMs === 0 ? '' : formatShare(kernel.timeMs / totalMs)
    const losses = kernel.losses.map(
      ({ dimension, size, alignedTo, idleShare }) =>
        `${dimension} ${size} → ${alignedTo}: ${formatShare(idleShare)} idle`,
    )
    return [
      [
        printable(kernel.name),
        kernel.class,
        formatQuantity(kernel.timeMs, 'ms'),
        share,
        kernel.bound,
        losses.join('; '),
      ],
    ]
  })
  if (rows.length === 0) return []
  const columns = [
    { title: `largest of ${kernels.length} kernels` },
    { title: 'class' },
    { title: 'time', align: 'right' },
    { title: 'share', align: 'right' },
    { title: 'bound' },
    { title: '' },
  ] as const
  return [...tableLines(columns, rows), '']
}

export function basisLines(basis: readonly FactUse[]): string[] {
  if (basis.length === 0) return []
  const rows = basis.map(({ field, value, unit, status, from, sourceIds }) => [
    field,
    `${scientific(value)} ${unit}`.trimEnd(),
    status,
    from,
    sourceIds.join(', '),
  ])
  const columns = [
    { title: 'rests on' },
    { title: 'value', align: 'right' },
    { title: 'status' },
    { title: 'from' },
    { title: 'source' },
  ] as const
  return [...tableLines(columns, rows), '']
}

/** Facts span twenty orders of magnitude: plain from 0.001 to 99999, else with an exponent. */
function scientific(value: number): string {
  const size = Math.abs(value)
  return value === 0 || (size >= 0.001 && size < 100_000) ? formatNumber(value) : value.toExponential(2)
}

export function evidenceLines(prediction: Prediction, terminal: Terminal): string[] {
  const { evidence, coverage, unknownOperators, warnings } = prediction
  return [
    `${evidenceText(evidence, en)}: ${evidenceSentence(evidence, en)} ${en.basis[evidence.basis].sentence}`,
    ...(coverage < 1
      ? [`coverage ${formatShare(coverage)}: the work of ${printable(unknownOperators.join(', '))} is not known`]
      : []),
    ...warnings.map((warning) => terminal.style('yellow', printable(`${en.problems[warning.code]} ${warning.fix}`))),
  ]
}
