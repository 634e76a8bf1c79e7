import { hindranceText } from '../../../simulator/report/what-if-text.ts'
import { byteRate, percent } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { deltaText } from '../i18n/what-if-text.ts'
import type { WhatIfChoice } from '../state/portal-state.ts'
import { useWorkspace } from '../state/workspace.tsx'
import type { WorkbenchAnswer } from '../workers/workbench-question.ts'
import { Slider } from './slider.tsx'

/** Items per second that people ask for; the first is none. */
const rates = [0, 0.1, 1, 2, 5, 10, 15, 24, 30, 60, 120, 240]
const sideStep = 32
const widths = { min: 0.25, max: 1.5, step: 0.05 } as const
const batches = [1, 2, 4, 8, 16, 32, 64]
const clocks = { min: 0.3, max: 1, step: 0.05 } as const
/** Factors on what the bandwidth is taken to be. */
const bandwidths = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 8]
const prunes = { min: 0, max: 0.8, step: 0.05 } as const

/** The network and the rate as sliders; what they change is predicted at once, and said beside them. */
export function WhatIfSliders({ answer }: { answer: WorkbenchAnswer }) {
  const text = useText().sliders
  const { whatIf, setWhatIf } = useWorkspace()
  const { sliders, hindered } = answer
  const set = (patch: WhatIfChoice, ...dropped: (keyof WhatIfChoice)[]) => {
    const next: { -readonly [Key in keyof WhatIfChoice]: WhatIfChoice[Key] } = { ...whatIf, ...patch }
    for (const key of dropped) delete next[key]
    setWhatIf(next)
  }
  const outside = answer.ceilings.memory.find(({ level }) => level !== 'onchip')
  return (
    <section aria-label={text.title} className="flex flex-col gap-3.5 pt-3.5">
      <BatchSlider batch={answer.prediction.batch} />
      <Slider
        label={text.clock}
        text={percent(whatIf.clock ?? 1)}
        value={whatIf.clock ?? 1}
        {...clocks}
        ends={[percent(clocks.min), percent(clocks.max)]}
        onChange={(clock) => (clock === 1 ? set({}, 'clock') : set({ clock }))}
        onReset={whatIf.clock === undefined ? null : () => set({}, 'clock')}
      />
      {outside && (
        <Steps
          label={text.bandwidth[outside.level === 'link' ? 'link' : 'dram']}
          steps={bandwidths}
          value={whatIf.bandwidth ?? 1}
          usual={1}
          text={text.times(whatIf.bandwidth ?? 1, byteRate(outside.bytesPerS))}
          ends={[text.factor(bandwidths[0] ?? 1), text.factor(bandwidths.at(-1) ?? 1)]}
          onChange={(bandwidth) => (bandwidth === 1 ? set({}, 'bandwidth') : set({ bandwidth }))}
        />
      )}
      {sliders.sidePixels !== null && (
        <SideSlider
          side={sliders.sidePixels}
          factor={whatIf.resolution ?? 1}
          onChange={(factor) => (factor === 1 ? set({}, 'resolution') : set({ resolution: factor }))}
        />
      )}
      {sliders.width && (
        <Slider
          label={text.width}
          text={text.factor(whatIf.width ?? 1)}
          value={whatIf.width ?? 1}
          {...widths}
          ends={[`${widths.min}`, `${widths.max}`]}
          onChange={(width) => (width === 1 ? set({}, 'width') : set({ width }))}
          onReset={whatIf.width === undefined ? null : () => set({}, 'width')}
        />
      )}
      {sliders.prune && (
        <Slider
          label={text.prune}
          text={`${Math.round((whatIf.prune ?? 0) * 100)} %`}
          value={whatIf.prune ?? 0}
          {...prunes}
          ends={[text.off, `${prunes.max * 100} %`]}
          onChange={(prune) => (prune === 0 ? set({}, 'prune') : set({ prune }))}
          onReset={whatIf.prune === undefined ? null : () => set({}, 'prune')}
        />
      )}
      <Steps
        label={text.rate}
        steps={rates}
        value={whatIf.ratePerS ?? 0}
        usual={0}
        text={whatIf.ratePerS === undefined ? text.backToBack : text.perS(whatIf.ratePerS)}
        ends={[text.backToBack, text.perS(rates.at(-1) ?? 0)]}
        onChange={(ratePerS) => (ratePerS === 0 ? set({}, 'ratePerS') : set({ ratePerS }))}
      />
      <Effect answer={answer} />
      {hindered.map(({ change, hindrance }) => (
        <p key={change.kind} className="text-note text-ink2">
          {text.unable(hindranceText(hindrance))}
        </p>
      ))}
    </section>
  )
}

/** A slider over a list; a value beside the list, from a link, stands at the next step below. */
function Steps(props: {
  readonly label: string
  readonly steps: readonly number[]
  readonly value: number
  readonly usual: number
  readonly text: string
  readonly ends: readonly [string, string]
  readonly onChange: (value: number) => void
}) {
  const { label, steps, value, usual, text, ends, onChange } = props
  return (
    <Slider
      label={label}
      text={text}
      value={Math.max(
        0,
        steps.findLastIndex((step) => step <= value),
      )}
      min={0}
      max={steps.length - 1}
      step={1}
      ends={ends}
      onChange={(index) => onChange(steps[index] ?? usual)}
      onReset={value === usual ? null : () => onChange(usual)}
    />
  )
}

function BatchSlider({ batch }: { batch: number }) {
  const text = useText().sliders
  const { target, setTarget } = useWorkspace()
  const { batch: _, ...others } = target
  return (
    <Steps
      label={text.batch}
      steps={batches}
      value={target.batch ?? batch}
      usual={1}
      text={`${target.batch ?? batch}`}
      ends={[`${batches[0]}`, `${batches.at(-1)}`]}
      onChange={(items) => setTarget(items === 1 ? others : { ...others, batch: items })}
    />
  )
}

/** Sides in steps of 32, as the factor that the model is scaled by. */
function SideSlider(props: { side: number; factor: number; onChange: (factor: number) => void }) {
  const { side, factor, onChange } = props
  const text = useText().sliders
  const min = Math.max(sideStep, Math.round(side / 4 / sideStep) * sideStep)
  const max = Math.max(min + sideStep, Math.round((side * 2) / sideStep) * sideStep)
  const shown = factor === 1 ? side : Math.max(1, Math.round((side * factor) / sideStep)) * sideStep
  return (
    <Slider
      label={text.size}
      text={text.pixels(shown)}
      value={shown}
      min={min}
      max={max}
      step={sideStep}
      ends={[text.pixels(min), text.pixels(max)]}
      onChange={(pixels) => onChange(pixels === side ? 1 : pixels / side)}
      onReset={factor === 1 ? null : () => onChange(1)}
    />
  )
}

/** What the sliders did to the figures, with the band of the change itself. */
function Effect({ answer: { outcome } }: { answer: WorkbenchAnswer }) {
  const text = useText().sliders
  if (outcome === null) return null
  const { latencyMs, energyPerItemMj, memoryBytes } = outcome.deltas
  const rows = [
    [text.latency, latencyMs],
    [text.energy, energyPerItemMj],
    [text.memory, memoryBytes],
  ] as const
  return (
    <div>
      <div className="label">{text.changed}</div>
      <dl className="what-if-effect">
        {rows.map(([name, delta]) =>
          delta === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{deltaText(delta)}</dd>
            </div>
          ),
        )}
      </dl>
    </div>
  )
}
