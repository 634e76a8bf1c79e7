/** A language model as text and as JSON: first token, tokens per second, memory with its cache, and longer contexts. */
import type { ContextPoint, LanguageModelPrediction } from '../../simulator/predict/language-model.ts'
import type { Prediction } from '../../simulator/predict/prediction.ts'
import { formatQuantity, formatShare } from '../../simulator/report/figures.ts'
import { en } from '../../simulator/report/text/en.ts'
import { basisLines, evidenceLines, kernelLines, measuredLines, metricRow, peakText, targetLine } from './prediction.ts'
import { tableLines } from './table.ts'
import { printable, type Terminal } from './terminal.ts'

export function languageModelLines(
  modelName: string,
  deviceName: string,
  answer: LanguageModelPrediction,
  terminal: Terminal,
): string[] {
  const { step, promptTokens, contextTokens, warnings } = answer
  return [
    terminal.style('bold', printable(modelName)),
    targetLine(deviceName, step),
    `prompt of ${tokens(promptTokens)}, ${tokens(contextTokens)} in the cache`,
    '',
    ...measuredLines([...answer.step.measured, ...answer.prefill.measured]),
    ...figureLines(answer),
    '',
    ...contextLines(answer.contexts),
    'one step',
    ...kernelLines(step),
    ...basisLines(step.basis),
    ...evidenceLines({ ...step, warnings }, terminal),
  ]
}

function tokens(count: number): string {
  return `${count} ${count === 1 ? 'token' : 'tokens'}`
}

function figureLines({ prefill, step, memory, ...answer }: LanguageModelPrediction): string[] {
  const capacity = memory.capacityBytes === null ? '' : `of ${formatQuantity(memory.capacityBytes, 'bytes')}`
  const cacheNote = `${formatQuantity(answer.kvBytesPerToken, 'bytes')} per token`
  return tableLines(
    [{ title: '' }, { title: 'median', align: 'right' }, { title: '80 %' }, { title: '95 %' }, { title: '' }],
    [
      metricRow('first token', answer.ttftMs, 'ms', boundText(prefill)),
      metricRow('prompt tokens', answer.promptTokensPerS, 'perS'),
      metricRow('each token', answer.msPerToken, 'ms', boundText(step)),
      metricRow('tokens', answer.tokensPerS, 'perS'),
      metricRow('energy of a step', step.energyMj, 'mj'),
      metricRow('power', step.powerW, 'w'),
      metricRow('memory', memory.totalBytes, 'bytes', capacity),
      ['  weights', formatQuantity(memory.weightBytes, 'bytes')],
      ['  KV cache', formatQuantity(memory.kvCacheBytes, 'bytes'), '', '', cacheNote],
      ['  activations', formatQuantity(memory.peakActivationBytes, 'bytes'), '', '', peakText(memory.peakOperator)],
      ['  runtime', memory.runtimeBytes === null ? en.unavailable : formatQuantity(memory.runtimeBytes, 'bytes')],
    ],
  )
}

function boundText({ bound, boundShare }: Prediction): string {
  return `bound by ${en.bounds[bound].label}, ${formatShare(boundShare)} of the time`
}

function contextLines(contexts: readonly ContextPoint[]): string[] {
  const rows = contexts.map(({ contextTokens, msPerToken, kvCacheBytes, totalBytes, fits }) => [
    `${contextTokens}`,
    msPerToken.availability === 'available' ? formatQuantity(msPerToken.p50, 'ms') : en.unavailable,
    formatQuantity(kvCacheBytes, 'bytes'),
    totalBytes.availability === 'available' ? formatQuantity(totalBytes.p50, 'bytes') : en.unavailable,
    fits === false ? 'does not fit' : '',
  ])
  const columns = [
    { title: 'tokens in the cache', align: 'right' },
    { title: 'each token', align: 'right' },
    { title: 'KV cache', align: 'right' },
    { title: 'memory', align: 'right' },
    { title: '' },
  ] as const
  return [...tableLines(columns, rows), '']
}
