import { overview } from 'virtual:overview'
import { useRef } from 'react'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'

/** Preset or file, in one line; the start page has the roomy form of it. */
export function ModelPicker() {
  const text = useText().ask
  const { source, model, openFile, openPreset } = useWorkspace()
  const picker = useRef<HTMLInputElement>(null)
  const own = source !== null && source.kind !== 'preset' ? (model?.name ?? '…') : null
  return (
    <div className="flex items-end gap-2">
      <label className="block w-56">
        <span className="label mb-1 block">{text.model}</span>
        <select
          className="select"
          data-hotkey="model"
          value={source?.kind === 'preset' ? source.id : own === null ? '' : 'own'}
          onChange={(event) => openPreset(event.target.value)}
        >
          {own !== null && <option value="own">{own}</option>}
          {source === null && (
            <option value="" disabled>
              {text.preset}
            </option>
          )}
          {overview.presets.map((id) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className="button" onClick={() => picker.current?.click()}>
        {text.choose}
      </button>
      <input
        ref={picker}
        type="file"
        accept=".onnx,.ort"
        aria-label={text.modelFile}
        className="visually-hidden"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) openFile(file)
          event.target.value = ''
        }}
      />
    </div>
  )
}
