/** How close the evidence comes to an answer, in words: a short text beside every figure, and the sentences once. */
import type { EvidenceCount } from '../predict/evidence.ts'
import { type PublishedFigure, type PublishedQuantity, publishedQuantities } from '../predict/measured.ts'
import type { Evidence } from '../predict/prediction.ts'
import { formatQuantity } from './figures.ts'
import type { Report } from './format.ts'
import type { Messages } from './text/en.ts'

/** `validated, device`, then `anchored` and `outside our evidence` where that is so. */
export function evidenceText({ level, anchored, basis, outsideEvidence }: Evidence, messages: Messages): string {
  return [
    messages.levels[level].label,
    ...(anchored ? [messages.anchored.label] : []),
    messages.basis[basis].label,
    ...(outsideEvidence ? [messages.outsideEvidence] : []),
  ].join(', ')
}

/** The sentence of the level with what it rests on: `Other networks were measured on this target: 12 rows, …` */
export function evidenceSentence(evidence: EvidenceCount & Pick<Evidence, 'anchored'>, messages: Messages): string {
  const { level, rows, networks, devices, anchored } = evidence
  const sentence = `${messages.levels[level].sentence} ${messages.counts(level, rows, networks, devices)}`
  return anchored ? `${sentence} ${messages.anchored.sentence}` : sentence
}

/** One note per level and basis that occurs in the report, in the order of its rows. */
export function evidenceNotes(report: Report, messages: Messages): string[] {
  const notes = report.rows.flatMap(({ prediction: { evidence } }) => {
    const level = messages.levels[evidence.level]
    const basis = messages.basis[evidence.basis]
    const { anchored } = messages
    return [
      `${level.label}: ${level.sentence}`,
      ...(evidence.anchored ? [`${anchored.label}: ${anchored.sentence}`] : []),
      `${basis.label}: ${basis.sentence}`,
    ]
  })
  return [...new Set(notes)]
}

const shown = {
  latencyMs: ['ms', ''],
  throughputPerS: ['perS', ''],
  tokensPerS: ['perS', ' tokens'],
  ttftMs: ['ms', ' to the first token'],
  promptTokensPerS: ['perS', ' prompt tokens'],
} as const satisfies Record<PublishedQuantity, readonly ['ms' | 'perS', string]>

/** `1370 /s (int8, batch 1; pipelined, DFC 3.31.0)`: one published figure without its source. */
export function publishedText(figure: PublishedFigure): string {
  const { quantity, value } = publishedValue(figure)
  const [unit, what] = shown[quantity]
  const conditions = figure.conditions === '' ? '' : `; ${figure.conditions}`
  return `${formatQuantity(value, unit)}${what} (${figure.precision}, batch ${figure.batch}${conditions})`
}

export function publishedValue(figure: PublishedFigure): {
  readonly quantity: PublishedQuantity
  readonly value: number
} {
  for (const quantity of publishedQuantities) {
    const value = figure[quantity]
    if (value !== undefined) return { quantity, value }
  }
  throw new Error(`a published figure without a value: ${figure.source}`)
}
