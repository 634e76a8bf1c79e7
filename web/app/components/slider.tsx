import { useId } from 'react'
import { useText } from '../i18n/use-text.ts'

interface SliderProps {
  readonly label: string
  /** The value in words, beside the label and read by screen readers. */
  readonly text: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly ends: readonly [low: string, high: string]
  readonly onChange: (value: number) => void
  /** `null` = nothing to undo. */
  readonly onReset: (() => void) | null
}

/** The browser's own slider, with its value in words and a way back. */
export function Slider({ label, text, value, min, max, step, ends, onChange, onReset }: SliderProps) {
  const { reset, resetShort } = useText().sliders
  const id = useId()
  return (
    <div>
      <div className="label mb-1 flex gap-1.5">
        <label htmlFor={id}>{label}</label>
        {onReset && (
          <button type="button" className="link" aria-label={reset(label)} onClick={onReset}>
            {resetShort}
          </button>
        )}
        <output htmlFor={id} className="mono ml-auto text-ink">
          {text}
        </output>
      </div>
      <input
        id={id}
        className="slider"
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={text}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <div className="mono flex justify-between text-label text-ink3" aria-hidden="true">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </div>
    </div>
  )
}
