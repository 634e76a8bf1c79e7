import { measureTools } from 'virtual:measure-tools'
import { useId } from 'react'
import type { Device } from '../../../simulator/hardware/device.ts'
import { undescribedPowerMode } from '../../../simulator/hardware/target.ts'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { measurePlan } from '../answer/measure-plan.ts'
import { targetText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { CopyButton } from './copy-button.tsx'
import { focusOwnResult } from './own-result-form.tsx'

/** How this very target is measured on a board, and where the figure goes. */
export function VerifyPanel({ device, prediction }: { device: Device; prediction: Prediction }) {
  const text = useText().verify
  const { model } = useWorkspace()
  const id = useId()
  const unit = device.units.find((each) => each.id === prediction.unitId)
  const isKnown = model !== null && unit !== undefined
  const plan = isKnown ? measurePlan(measureTools, unit, prediction, model.summary) : null
  const { powerMode, batch } = prediction
  return (
    <section aria-labelledby={id} className="max-w-[76ch]">
      <div className="section-head">
        <h2 id={id}>{text.title}</h2>
        <span className="note">
          {device.name}, {targetText(prediction)}
        </span>
      </div>
      {plan === null ? (
        <p className="text-ink2">{text.noTool(prediction.runtimeId)}</p>
      ) : (
        <>
          <p className="text-ink2">{text.needs(plan.needs)}</p>
          <pre className="commands">{plan.commands.join('\n')}</pre>
          <p className="mt-2 flex flex-wrap gap-4 text-note">
            <CopyButton label={text.copy} content={async () => plan.commands.join('\n')} />
            <a className="link" href={plan.source} target="_blank" rel="noreferrer">
              {text.source(plan.tool)}
            </a>
            <span className="text-ink3">{text.recalled}</span>
          </p>
          <p className="mt-3 text-ink2">{text.reads(plan.reads)}</p>
        </>
      )}
      <ul className="mt-3 list-disc pl-5 text-ink2">
        {powerMode !== undescribedPowerMode && <li>{text.mode(powerMode)}</li>}
        {batch > 1 && <li>{text.batch(batch)}</li>}
        <li>{text.sliders}</li>
        <li>{text.warm}</li>
      </ul>
      <p className="mt-4">
        <button type="button" className="button" onClick={focusOwnResult}>
          {text.enter}
        </button>
      </p>
    </section>
  )
}
