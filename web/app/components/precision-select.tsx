import { isPrecisionId, type PrecisionId, precisions } from '../../../simulator/graph/precision.ts'
import { precisionText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'

interface PrecisionSelectProps {
  readonly label: string
  /** Absent = as the file stores it. */
  readonly value: PrecisionId | undefined
  readonly onChange: (value: PrecisionId | undefined) => void
}

const ids = Object.keys(precisions)

export function PrecisionSelect({ label, value, onChange }: PrecisionSelectProps) {
  const text = useText().model
  return (
    <label className="block">
      <span className="label block">{label}</span>
      <select
        className="select"
        value={value ?? ''}
        onChange={({ target }) => onChange(isPrecisionId(target.value) ? target.value : undefined)}
      >
        <option value="">{text.stored}</option>
        {ids.map((id) => (
          <option key={id} value={id}>
            {precisionText(id)}
          </option>
        ))}
      </select>
    </label>
  )
}
