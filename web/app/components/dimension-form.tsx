import { useId, useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import type { Bindings, OpenDimension } from '../workers/model-service.ts'

interface DimensionFormProps {
  readonly dimensions: readonly OpenDimension[]
  readonly onBind: (bindings: Bindings) => void
}

/** Asks for every size that the file leaves open, naming the inputs it belongs to. */
export function DimensionForm({ dimensions, onBind }: DimensionFormProps) {
  const text = useText().dims
  const id = useId()
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const [tried, setTried] = useState(false)
  const parsed = dimensions.map(({ name }) => ({ name, sizes: parseSizes(values[name] ?? '') }))
  return (
    <form
      className="border-l-2 border-tight py-1 pl-3"
      aria-labelledby={id}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        const complete = parsed.flatMap(({ name, sizes }) => (sizes === null ? [] : [[name, sizes] as const]))
        if (complete.length === parsed.length) onBind(Object.fromEntries(complete))
      }}
    >
      <h2 id={id}>{text.title}</h2>
      <p className="text-dense text-ink2">{text.lead}</p>
      <div className="mt-3 flex flex-wrap items-start gap-4">
        {dimensions.map(({ name, where }, index) => {
          const invalid = tried && parsed[index]?.sizes === null
          return (
            <label key={name} className="block max-w-80 text-dense">
              <span className="block font-medium">{text.symbol(name)}</span>
              <input
                className="text-input mono w-40"
                inputMode="numeric"
                autoComplete="off"
                aria-invalid={invalid}
                value={values[name] ?? ''}
                onChange={(event) => setValues({ ...values, [name]: event.target.value })}
              />
              <span className={`block text-note ${invalid ? 'text-no' : 'text-ink3'}`}>
                {invalid ? text.invalid : where.join(' · ')}
              </span>
            </label>
          )
        })}
      </div>
      <button type="submit" className="button button-primary mt-3">
        {text.apply}
      </button>
    </form>
  )
}

/** `8` or a whole shape `1x3x224x224`; `null` = neither. */
function parseSizes(text: string): readonly number[] | null {
  const sizes = text
    .trim()
    .split(/\s*[x×,]\s*/)
    .map(Number)
  return sizes.every((size) => Number.isSafeInteger(size) && size > 0) ? sizes : null
}
