import type { ValidationReport } from '../../../worker/contract/validation.ts'
import { percent, plain, times } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { DataTable } from './data-table.tsx'
import { TitledSection } from './titled-section.tsx'

/** What one measured result of the visitor's own is worth, both ways of holding out. */
export function AccuracyAnchors({ splits }: Pick<ValidationReport, 'splits'>) {
  const text = useText().accuracy.anchors
  const examined = (['model', 'device'] as const).flatMap((axis) => {
    const { anchors } = splits[axis]
    return anchors === null ? [] : [{ axis, anchors }]
  })
  if (examined.length === 0) return null
  return (
    <TitledSection title={text.title} note={text.note} className="mt-8">
      <DataTable
        whole
        caption={text.title}
        head={[
          text.anchor,
          text.rows,
          text.median,
          text.medianWith,
          text.covers,
          text.coversWith,
          text.halfWidth,
          text.halfWidthWith,
          text.refused,
          text.refusedOffByTen,
        ]}
        rows={examined.map(({ axis, anchors }) => [
          text.axes[axis],
          plain(anchors.rows),
          percent(anchors.without.mdApe),
          percent(anchors.with.mdApe),
          percent(anchors.without.coverage80Share),
          percent(anchors.with.coverage80Share),
          times(anchors.without.halfWidth80Factor),
          times(anchors.with.halfWidth80Factor),
          percent(anchors.refusedShare),
          percent(anchors.refusedOffByTenShare),
        ])}
      />
      <p className="mt-2 text-note text-ink2">{text.footnote}</p>
    </TitledSection>
  )
}
