import { overview } from 'virtual:overview'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { modelAmong } from '../workers/dropped-files.ts'

const presetOptions = overview.presets.map((preset) => (
  <option key={preset} value={preset}>
    {preset}
  </option>
))

/** The model by name: the file that was opened, or one of the presets. */
export function ModelSelect({ className, id }: { className: string; id?: string }) {
  const text = useText().ask
  const { source, model, openPreset } = useWorkspace()
  const own =
    source === null || source.kind === 'preset'
      ? null
      : source.kind === 'file'
        ? modelAmong(source.files).name
        : source.kind === 'missing'
          ? source.name
          : (model?.name ?? source.summary.name)
  return (
    <select
      id={id}
      className={className}
      aria-label={text.preset}
      data-hotkey="model"
      data-empty={source === null}
      value={source?.kind === 'preset' ? source.id : own === null ? '' : 'own'}
      onChange={(event) => openPreset(event.target.value)}
    >
      {own !== null && <option value="own">{own}</option>}
      {source === null && (
        <option value="" disabled>
          {text.drop}
        </option>
      )}
      <optgroup label={text.presetsGroup}>{presetOptions}</optgroup>
    </select>
  )
}
