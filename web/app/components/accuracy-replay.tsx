import type { ReplayReport, ValidationReport } from '../../../worker/contract/validation.ts'
import { figure, percent, plain } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { DataTable } from './data-table.tsx'
import { SourceLink } from './source-link.tsx'
import { TitledSection } from './titled-section.tsx'

interface AccuracyReplayProps {
  readonly replay: ReplayReport
  readonly sources: ValidationReport['sources']
}

type Target = ReplayReport['below'][number] | ReplayReport['outliers'][number]

/** What the product says of the results that it was fitted on, and where that is wrong. */
export function AccuracyReplay({ replay, sources }: AccuracyReplayProps) {
  const { replay: text, scatter, apart } = useText().accuracy
  const { figures, inside95Share, targets, below, outliers } = replay
  return (
    <TitledSection title={text.title} note={text.note} className="mt-8">
      <p className="mb-3 text-dense text-ink2">
        {text.text(percent(inside95Share), plain(figures), below.length, targets)}
      </p>
      <h3>{text.below}</h3>
      <DataTable
        whole
        caption={text.below}
        head={[text.target, text.figures, text.inside, text.reason]}
        rows={below.map((each) => [targetText(each), plain(each.figures), percent(each.inside95Share), each.reason])}
      />
      <h3 className="mt-4">{text.outliers}</h3>
      <DataTable
        caption={text.outliers}
        head={[
          scatter.model,
          text.target,
          text.figure,
          text.predicted,
          text.measured,
          text.halfWidths,
          text.reason,
          scatter.source,
        ]}
        rows={outliers.map((each) => [
          each.presetId,
          targetText(each),
          apart.quantities[each.quantity],
          figure(each.predicted, 3),
          figure(each.measured, 3),
          figure(each.halfWidths, 2),
          each.reason,
          <SourceLink key="source" id={each.sourceId} sources={sources} />,
        ])}
      />
    </TitledSection>
  )
}

function targetText({ deviceId, unit, runtime, numbers }: Target): string {
  return `${deviceId} ${unit}, ${runtime} ${numbers}`
}
