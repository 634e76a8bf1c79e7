import { siPrefix } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import type { OpenedModel } from '../workers/model-service.ts'
import { FileButton } from './file-button.tsx'
import { ModelSelect } from './model-select.tsx'

/** Which model: drop a file anywhere on the page, choose one, or take a preset. */
export function ModelCell() {
  const text = useText().ask
  const { source, model, expectedModelId } = useWorkspace()
  const origin =
    source?.kind === 'preset' ? text.fromPreset : source?.kind === 'summary' ? text.fromLink : text.readHere
  return (
    <div>
      <div className="label">
        {text.model}
        <kbd className="key">/</kbd>
        <FileButton className="link ml-auto font-normal" />
      </div>
      <div className="ask-value flex items-center gap-2">
        <ModelIcon />
        <ModelSelect className="select select-bare min-w-0 flex-1" />
      </div>
      <div className="ask-note">
        {model !== null ? (
          <ModelNote model={model} origin={origin} />
        ) : source?.kind === 'missing' ? (
          text.bring(source.modelId)
        ) : (
          text.dropNote
        )}
      </div>
      {model !== null && expectedModelId !== null && model.id !== expectedModelId && (
        <p className="mt-1 text-note text-tight">{text.otherModel(expectedModelId)}</p>
      )}
    </div>
  )
}

function ModelNote({ model, origin }: { model: OpenedModel; origin: string }) {
  const text = useText().ask
  const parameters = siPrefix(model.parameters)
  const macs = model.macs === null ? null : siPrefix(model.macs)
  const shape = model.inputs[0]
  return (
    <>
      <span className="mono">
        {parameters.text} {parameters.prefix}
      </span>{' '}
      {text.params} ·{' '}
      {macs === null ? (
        text.macsUnknown
      ) : (
        <>
          <span className="mono">{macs.text}</span> {macs.prefix}MAC
        </>
      )}
      {shape && shape.length > 0 && (
        <>
          {' '}
          · <span className="mono">{shape.join('×')}</span>
        </>
      )}{' '}
      · {origin}
      {model.recognised !== null && model.recognised !== model.name && <> · {text.recognised(model.recognised)}</>}
    </>
  )
}

function ModelIcon() {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      className="flex-none"
      aria-hidden="true"
    >
      <rect x="1" y="1" width="5" height="5" />
      <rect x="10" y="5.5" width="5" height="5" />
      <rect x="1" y="10" width="5" height="5" />
      <path d="M6 3.5h2v4.5h2M6 12.5h2V8" />
    </svg>
  )
}
