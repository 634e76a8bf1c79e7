import { overview } from 'virtual:overview'
import type { PrecisionId } from '../../../simulator/graph/precision.ts'
import { useText } from '../i18n/use-text.ts'
import { ownModel } from '../state/use-model-detail.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { PrecisionSelect } from './precision-select.tsx'

interface DiffSideProps {
  readonly title: string
  readonly id: string | undefined
  readonly precision: PrecisionId | undefined
  readonly onChange: (id: string | undefined, precision: PrecisionId | undefined) => void
}

/** One side of a difference: a preset or the file open in this tab, and the precision its bytes are counted in. */
export function DiffSide({ title, id, precision, onChange }: DiffSideProps) {
  const text = useText()
  const { source, model } = useWorkspace()
  const isOwnOffered = model !== null && source?.kind === 'file'
  return (
    <fieldset className="flex min-w-0 gap-3">
      <legend className="label mb-1">{title}</legend>
      <label className="block min-w-0 flex-1">
        <span className="label block">{text.diff.model}</span>
        <select
          className="select"
          value={id ?? ''}
          onChange={({ target }) => onChange(target.value === '' ? undefined : target.value, precision)}
        >
          <option value="" disabled>
            {text.models.model}
          </option>
          {(isOwnOffered || id === ownModel) && (
            <option value={ownModel}>{text.diff.own(model?.name ?? text.models.model)}</option>
          )}
          {overview.presets.map((preset) => (
            <option key={preset} value={preset}>
              {preset}
            </option>
          ))}
        </select>
      </label>
      <div className="w-36">
        <PrecisionSelect label={text.diff.precision} value={precision} onChange={(next) => onChange(id, next)} />
      </div>
    </fieldset>
  )
}
