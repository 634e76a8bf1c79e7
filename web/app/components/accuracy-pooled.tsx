import type { BriefMetrics, SplitReport } from '../../../worker/contract/validation.ts'
import { baselineIds } from '../answer/baseline-ids.ts'
import { percent, times } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { DataTable } from './data-table.tsx'
import { TitledSection } from './titled-section.tsx'

/** All networks together: every measure, beside the baselines where they have one. */
export function AccuracyPooled({ split }: { split: SplitReport }) {
  const { pooled: text, families } = useText().accuracy
  const { pooled, order, precisionSign } = split
  const { metrics, sisterBound } = pooled
  const intervals = metrics?.intervals ?? null
  const others: readonly (BriefMetrics | null)[] = [
    ...baselineIds.map((id) => pooled.baselines[id] ?? null),
    sisterBound,
  ]
  const brief = (show: (metrics: BriefMetrics) => string) => others.map((each) => (each === null ? '' : show(each)))
  const alone = others.map(() => '')
  const rows = [
    metrics && [families.medianFigure, percent(metrics.mdApe), ...brief(({ mdApe }) => percent(mdApe))],
    metrics && [families.p90, times(metrics.p90Factor), ...brief(({ p90Factor }) => times(p90Factor))],
    metrics && [text.within10, percent(metrics.within10Share), ...alone],
    metrics && [text.within20, percent(metrics.within20Share), ...alone],
    metrics && metrics.spearman !== null && [text.spearman, metrics.spearman.toFixed(3), ...alone],
    order && [text.order, percent(order.rightShare), ...baselineIds.map((id) => shareText(order.baselines[id])), ''],
    precisionSign && [text.precisionSign, percent(precisionSign.rightShare), ...alone],
    precisionSign && [text.slowerFound(precisionSign.slower), shareText(precisionSign.slowerFoundShare), ...alone],
    intervals && [families.covers50, percent(intervals.coverage50Share), ...alone],
    intervals && [families.covers80, percent(intervals.coverage80Share), ...alone],
    intervals && [families.covers95, percent(intervals.coverage95Share), ...alone],
    intervals && [families.halfWidth, times(intervals.halfWidth80Factor), ...alone],
    intervals && [text.halfWidth95, times(intervals.halfWidth95Factor), ...alone],
  ]
  return (
    <TitledSection title={text.title} note={text.note}>
      <DataTable
        whole
        caption={text.title}
        head={[text.measure, text.edgefit, ...baselineIds.map((id) => families.baselines[id]), families.sister]}
        rows={rows.flatMap((row) => (row ? [row] : []))}
      />
    </TitledSection>
  )
}

function shareText(share: number | null | undefined): string {
  return share == null ? '' : percent(share)
}
