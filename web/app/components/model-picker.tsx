import { useId } from 'react'
import { useText } from '../i18n/use-text.ts'
import { FileButton } from './file-button.tsx'
import { ModelSelect } from './model-select.tsx'

/** Preset or file, in one line; the start page has the roomy form of it. */
export function ModelPicker() {
  const text = useText().ask
  const id = useId()
  return (
    <div className="flex min-w-0 items-end gap-2">
      <div className="w-56 min-w-0">
        <label className="label mb-1 block" htmlFor={id}>
          {text.model}
        </label>
        <ModelSelect id={id} className="select" />
      </div>
      <FileButton className="button" />
    </div>
  )
}
