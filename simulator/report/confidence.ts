/** What an answer rests on, in words: a short text beside every figure, and the sentences once. */
import type { Confidence } from '../predict/prediction.ts'
import type { Report } from './format.ts'
import type { Messages } from './text/en.ts'

/** `uncalibrated, family`, and `outside our evidence` where that is so. */
export function confidenceText({ level, basis, outsideEvidence }: Confidence, messages: Messages): string {
  const outside = outsideEvidence ? `, ${messages.outsideEvidence}` : ''
  return `${messages.confidence[level].label}, ${messages.evidence[basis].label}${outside}`
}

/** One note per level and basis that occurs in the report, in the order of its rows. */
export function confidenceNotes(report: Report, messages: Messages): string[] {
  const notes = report.rows.flatMap(({ prediction: { confidence } }) => {
    const level = messages.confidence[confidence.level]
    const basis = messages.evidence[confidence.basis]
    return [`${level.label}: ${level.sentence}`, `${basis.label}: ${basis.sentence}`]
  })
  return [...new Set(notes)]
}
