import type { Point, ValidationReport } from '../../../worker/contract/validation.ts'
import { placePoints, slowdown, timesOff } from '../charts/accuracy-geometry.ts'
import { figure } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { SourceLink } from './source-link.tsx'
import { TitledSection } from './titled-section.tsx'

/** The rows that the prediction missed most, named. */
export function AccuracyWorst({ points, sources }: { points: readonly Point[]; sources: ValidationReport['sources'] }) {
  const text = useText().accuracy.worst
  return (
    <TitledSection title={text.title} note={text.note}>
      <ol>
        {placePoints(points).map((placed) => (
          <li key={placed.point.rowId} className="border-t border-line py-2 first:border-0 first:pt-0">
            <div className="text-dense font-semibold">{placed.point.presetId}</div>
            <div className="text-note text-ink2">
              {placed.point.deviceId}, {placed.point.runtime} {placed.point.precision}
            </div>
            <div className="text-note">
              <span className="mono">
                {figure(placed.predictedMs, 3)} → {figure(placed.measuredMs, 3)} ms
              </span>{' '}
              <span className="text-ink2">
                ×{figure(timesOff(placed), 2)} {slowdown(placed) > 1 ? text.slower : text.faster}
              </span>{' '}
              <SourceLink id={placed.point.sourceId} sources={sources} />
            </div>
          </li>
        ))}
      </ol>
    </TitledSection>
  )
}
