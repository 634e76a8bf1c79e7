import type { SplitReport } from '../../../worker/contract/validation.ts'
import { percent, plain } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { DataTable } from './data-table.tsx'
import { TitledSection } from './titled-section.tsx'

/** Whether a stated P is met as often as it says. */
export function AccuracyVerdicts({ verdicts }: Pick<SplitReport, 'verdicts'>) {
  const text = useText().accuracy.gate
  return (
    <TitledSection title={text.title} note={text.note}>
      <p className="text-dense text-ink2">
        {verdicts === null ? text.none : text.text(percent(verdicts.metShare), plain(verdicts.fits))}
      </p>
      {verdicts !== null && (
        <DataTable
          whole
          caption={text.reliability}
          head={[text.stated, text.budgets, text.met]}
          rows={verdicts.reliability.map(({ fromP, toP, budgets, metShare }) => [
            text.range(fromP, toP),
            plain(budgets),
            percent(metShare),
          ])}
        />
      )}
    </TitledSection>
  )
}
