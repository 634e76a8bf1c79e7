interface SegmentsProps<Value extends string> {
  readonly name: string
  readonly label: string
  readonly options: readonly { readonly value: Value; readonly label: string; readonly disabled?: boolean }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly full?: boolean
}

/** A choice among at most four, all visible. Radio buttons underneath, so arrows and forms work as everywhere. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { name, label, options, value, onChange, full = false } = props
  return (
    <div role="radiogroup" aria-label={label} className={full ? 'segments segments-full' : 'segments'}>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  )
}
