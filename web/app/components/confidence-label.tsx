import type { Confidence } from '../../../simulator/predict/prediction.ts'
import { useText } from '../i18n/use-text.ts'

/** Stands beside a verdict, so that nobody reads a wide default interval as a measured one. */
export function ConfidenceLabel({ confidence }: { confidence: Confidence }) {
  const text = useText()
  const title =
    confidence.level === 'uncalibrated'
      ? text.detail.basisLead.uncalibrated
      : text.detail.basisLead[confidence.level](confidence.evidenceRows)
  return (
    <span className="rounded-mark border border-line2 px-1.5 text-label text-ink2" title={title}>
      {confidence.outsideEvidence ? text.detail.outside : text.levels[confidence.level]}
    </span>
  )
}
