/** What the details say about a row in one or two sentences. */
import { formatProbability } from '../../../simulator/report/figures.ts'
import type { ReportRow } from '../../../simulator/report/format.ts'
import type { Messages } from '../i18n/en.ts'
import { percent } from '../i18n/format.ts'
import { blockingCheck } from './answer.ts'

export function explainRow(row: ReportRow, text: Messages): string {
  return [verdictSentence(row, text), boundSentence(row, text)].filter((sentence) => sentence !== null).join(' ')
}

function verdictSentence(row: ReportRow, text: Messages): string | null {
  const { fit, prediction } = row
  const sentences = text.detail.sentence
  if (fit.verdict === 'fits') return sentences.fits
  const blocking = blockingCheck(row)
  if (blocking?.metric.availability === 'unavailable') {
    return sentences.noFigure(blocking.metric.missing)
  }
  if (fit.verdict === 'unknown') {
    if (prediction.coverage < 1) return sentences.coverage(prediction.unknownOperators.join(', '))
    return prediction.evidence.outsideEvidence ? sentences.outside : null
  }
  if (blocking === null || blocking.pMeets === null) return null
  const missed = sentences[fit.verdict](blocking.limit, formatProbability(blocking.pMeets))
  const room = fit.checks.length > 1 && fit.checks.every((check) => check === blocking || check.verdict === 'fits')
  return room ? `${missed} ${sentences.room}` : missed
}

function boundSentence({ prediction: { bound, boundShare } }: ReportRow, text: Messages): string {
  const name = text.bounds[bound]
  return text.detail.sentence.bound(name.charAt(0).toUpperCase() + name.slice(1), percent(boundShare))
}
