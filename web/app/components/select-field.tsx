import { useId, useMemo } from 'react'

interface SelectFieldProps<Value extends string> {
  readonly label: string
  readonly options: readonly { readonly value: Value; readonly label: string; readonly group?: string }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly disabled?: boolean
}

/** The catalog has hundreds of entries: they are made again only when they change. */
function grouped(options: SelectFieldProps<string>['options']) {
  const groups = [...new Set(options.map(({ group }) => group ?? ''))]
  return groups.map((group) => {
    const members = options.filter((option) => (option.group ?? '') === group)
    const items = members.map((option) => (
      <option key={option.value} value={option.value}>
        {option.label}
      </option>
    ))
    return group === '' ? (
      items
    ) : (
      <optgroup key={group} label={group}>
        {items}
      </optgroup>
    )
  })
}

/** A choice among many: the browser's own list, so keyboards and phones do what their owners expect. */
export function SelectField<Value extends string>({
  label,
  options,
  value,
  onChange,
  disabled,
}: SelectFieldProps<Value>) {
  const id = useId()
  const items = useMemo(() => grouped(options), [options])
  return (
    <div>
      <label className="label mb-1 block" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="select"
        value={value}
        disabled={disabled}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value)
          if (chosen !== undefined) onChange(chosen.value)
        }}
      >
        {items}
      </select>
    </div>
  )
}
