import { hindranceText } from '../../../simulator/report/what-if-text.ts'
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
  const rateIndex = Math.max(0, rates.indexOf(whatIf.ratePerS ?? 0))
  return (
    <section aria-label={text.title} className="flex flex-col gap-3.5 pt-3.5">
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
      <Slider
        label={text.rate}
        text={whatIf.ratePerS === undefined ? text.backToBack : text.perS(whatIf.ratePerS)}
        value={rateIndex}
        min={0}
        max={rates.length - 1}
        step={1}
        ends={[text.backToBack, text.perS(rates.at(-1) ?? 0)]}
        onChange={(index) => {
          const ratePerS = rates[index] ?? 0
          if (ratePerS === 0) set({}, 'ratePerS')
          else set({ ratePerS })
        }}
        onReset={whatIf.ratePerS === undefined ? null : () => set({}, 'ratePerS')}
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
