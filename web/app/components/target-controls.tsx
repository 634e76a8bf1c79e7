import type { Device } from '../../../simulator/hardware/device.ts'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { precisionText, unitText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import type { TargetChoice } from '../state/portal-state.ts'
import { useRunnable } from '../state/use-runnable.ts'
import { useWorkspace } from '../state/workspace.tsx'
import type { WorkbenchQuestion } from '../workers/workbench-question.ts'
import { SegmentsField } from './segments-field.tsx'
import { SelectField } from './select-field.tsx'

interface TargetControlsProps {
  readonly device: Device
  /** What the engine resolved the choice to; `null` before the first answer. */
  readonly prediction: Prediction | null
  readonly question: WorkbenchQuestion | null
}

/** Unit, runtime, precision and power mode; a choice that another one rules out is dropped. */
export function TargetControls({ device, prediction, question }: TargetControlsProps) {
  const text = useText().workbench
  const { target, setTarget } = useWorkspace()
  const unit = device.units.find(({ id }) => id === (target.unit ?? prediction?.unitId)) ?? device.units[0]
  const runtime = unit?.runtimes.find(({ id }) => id === (target.runtime ?? prediction?.runtimeId)) ?? unit?.runtimes[0]
  const runnable = useRunnable(question)?.find(({ unitId }) => unitId === unit?.id)?.runtimeIds
  // What is chosen stays in the list, so that a link shows what it asks for.
  const runtimes = unit?.runtimes.filter(
    ({ id }) => runnable === undefined || id === runtime?.id || runnable.includes(id),
  )
  const isUnable = runtime !== undefined && runnable !== undefined && !runnable.includes(runtime.id)
  const left = (unit?.runtimes.length ?? 0) - (runtimes?.length ?? 0)
  const change = (patch: TargetChoice, ...dropped: (keyof TargetChoice)[]) => {
    const next: { -readonly [Key in keyof TargetChoice]: TargetChoice[Key] } = {
      ...target,
      device: device.id,
      ...patch,
    }
    for (const key of dropped) delete next[key]
    setTarget(next)
  }
  return (
    <section aria-label={text.whatIf} className="flex flex-col gap-3.5 pt-3.5">
      <h2 className="text-dense">{text.whatIf}</h2>
      <Choice
        name="unit"
        label={text.unit}
        options={device.units.map(({ id }) => ({ value: id, label: unitText(id) }))}
        value={unit?.id ?? ''}
        onChange={(id) => change({ unit: id }, 'runtime', 'precision')}
      />
      <Choice
        name="runtime"
        label={text.runtime}
        options={runtimes?.map(({ id }) => ({ value: id, label: id })) ?? []}
        value={runtime?.id ?? ''}
        onChange={(id) => change({ unit: unit?.id ?? '', runtime: id }, 'precision')}
      />
      {isUnable && runtime && (
        <p className="-mt-2 text-note text-ink2">
          {text.unable(runtime.id)}{' '}
          {runnable[0] !== undefined && (
            <button
              type="button"
              className="link"
              onClick={() => change({ unit: unit?.id ?? '', runtime: runnable[0] ?? '' }, 'precision')}
            >
              {text.take(runnable[0])}
            </button>
          )}
        </p>
      )}
      {left > 0 && <p className="-mt-2 text-note text-ink3">{text.leftOut(left)}</p>}
      <Choice
        name="precision"
        label={text.precision}
        options={runtime?.precisions.map((id) => ({ value: id as string, label: precisionText(id) })) ?? []}
        value={target.precision ?? prediction?.precision ?? runtime?.precisions[0] ?? ''}
        onChange={(precision) => change({ unit: unit?.id ?? '', runtime: runtime?.id ?? '', precision })}
      />
      {device.powerModes.length === 0 ? (
        <div>
          <div className="label mb-1">{text.mode}</div>
          <p className="text-note text-ink3">{text.onlyMode}</p>
        </div>
      ) : (
        <Choice
          name="mode"
          label={text.mode}
          options={device.powerModes.map(({ id }) => ({ value: id, label: id }))}
          value={target.powerMode ?? device.powerModes[0]?.id ?? ''}
          onChange={(powerMode) => change({ powerMode })}
        />
      )}
    </section>
  )
}

/** One choice is a word, up to four short ones are segments, more are a list. */
function Choice(props: {
  name: string
  label: string
  options: readonly { readonly value: string; readonly label: string }[]
  value: string
  onChange: (value: string) => void
}) {
  const { name, label, options, value, onChange } = props
  if (options.length === 1) {
    return (
      <div>
        <div className="label">{label}</div>
        <p className="text-dense">{options[0]?.label}</p>
      </div>
    )
  }
  const letters = options.reduce((sum, option) => sum + option.label.length + 2, 0)
  if (options.length > 4 || letters > 30) return <SelectField {...{ label, options, value, onChange }} />
  return <SegmentsField {...{ name, label, options, value, onChange }} />
}
