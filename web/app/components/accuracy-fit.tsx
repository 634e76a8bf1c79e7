import type { FitReport } from '../../../worker/contract/validation.ts'
import { plain } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { DataTable } from './data-table.tsx'
import { TitledSection } from './titled-section.tsx'

/** How many numbers the fit has, and how many in effect, by level of its scopes. */
export function AccuracyFit({ fit }: { fit: FitReport }) {
  const text = useText().accuracy.fit
  return (
    <TitledSection title={text.title} note={text.note} className="mt-8 max-w-[960px]">
      <p className="mb-2 text-dense text-ink2">
        {text.text(plain(fit.parameters), plain(Math.round(fit.degreesOfFreedom)), plain(fit.rows))}
      </p>
      <DataTable
        whole
        caption={text.title}
        head={[text.level, text.scopes, text.parameters, text.freedom]}
        rows={fit.levels.map(({ kind, level, scopes, parameters, degreesOfFreedom }) => [
          `${text.kinds[kind]} ${level + 1}`,
          plain(scopes),
          plain(parameters),
          plain(Math.round(degreesOfFreedom)),
        ])}
      />
    </TitledSection>
  )
}
