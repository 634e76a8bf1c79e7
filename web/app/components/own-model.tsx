import { Link } from '@tanstack/react-router'
import { siPrefix } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { ownModel } from '../state/use-model-detail.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { DimensionForm } from './dimension-form.tsx'
import { DropZone } from './drop-zone.tsx'
import { FileButton } from './file-button.tsx'
import { ProblemNotice } from './problem-notice.tsx'
import { SlowWork } from './slow-work.tsx'

/** A file beside the presets: chosen or dropped, read in the tab, then one link away. */
export function OwnModel() {
  const text = useText().models
  const { source, model, modelProblem, openDimensions, bind, openFiles } = useWorkspace()
  const isFile = source !== null && source.kind !== 'preset'
  return (
    <section className="border-b border-line py-3.5" aria-labelledby="own-model">
      <DropZone onFiles={openFiles} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id="own-model" className="text-dense">
          {text.own}
        </h2>
        <FileButton className="button" />
        <span className="min-w-0 flex-1 text-note text-ink2 max-sm:basis-full">
          {isFile && model !== null ? (
            <Link to="/models/$id" params={{ id: ownModel }} className="font-semibold">
              {text.openOwn(model.name, `${amount(model.parameters)} params`)}
            </Link>
          ) : (
            text.ownLead
          )}
        </span>
      </div>
      <SlowWork />
      {isFile && modelProblem !== null && <ProblemNotice problem={modelProblem} />}
      {isFile && openDimensions.length > 0 && <DimensionForm dimensions={openDimensions} onBind={bind} />}
    </section>
  )
}

function amount(value: number): string {
  const { text, prefix } = siPrefix(value)
  return `${text} ${prefix}`.trimEnd()
}
