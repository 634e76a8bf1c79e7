import type { Evidence } from '../../../simulator/predict/prediction.ts'
import { useText } from '../i18n/use-text.ts'

/** Stands beside a verdict, so that nobody reads a guess as a measurement. */
export function EvidenceLabel({ evidence }: { evidence: Evidence }) {
  const text = useText()
  return (
    <span
      className="rounded-mark border border-line2 px-1.5 text-label text-ink2"
      title={text.detail.evidenceLead(evidence)}
    >
      {evidence.outsideEvidence ? text.detail.outside : text.levels[evidence.level]}
      {evidence.anchored && `, ${text.anchored}`}
    </span>
  )
}
