import type { LevelReport } from '../../../worker/contract/validation.ts'
import { percent, plain, times } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { DataTable } from './data-table.tsx'
import { TitledSection } from './titled-section.tsx'

/** The held-out figures by how near the evidence was. */
export function AccuracyLevels({ levels }: { levels: readonly LevelReport[] }) {
  const { levels: text, families } = useText().accuracy
  return (
    <TitledSection title={text.title} note={text.note}>
      <DataTable
        whole
        caption={text.title}
        head={[
          text.level,
          families.rows,
          families.medianFigure,
          families.covers80,
          families.covers95,
          families.halfWidth,
        ]}
        rows={levels.map((each) => [
          text.names[each.level],
          plain(each.rows),
          percent(each.mdApe),
          percent(each.coverage80Share),
          percent(each.coverage95Share),
          times(each.halfWidth80Factor),
        ])}
      />
    </TitledSection>
  )
}
