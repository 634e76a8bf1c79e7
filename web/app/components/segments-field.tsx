import { Segments } from './segments.tsx'

interface SegmentsFieldProps<Value extends string> {
  readonly name: string
  readonly label: string
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** A choice among at most four as a field of a form: its label above, as wide as the column. */
export function SegmentsField<Value extends string>(props: SegmentsFieldProps<Value>) {
  return (
    <div>
      <div className="label mb-1">{props.label}</div>
      <Segments full {...props} />
    </div>
  )
}
