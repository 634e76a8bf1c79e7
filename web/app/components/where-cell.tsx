import { overview } from 'virtual:overview'
import { useId } from 'react'
import type { Segment } from '../../../simulator/hardware/device.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { FamilyMark } from './family-mark.tsx'

/** Where the network may run: any number of kinds of place, all when none is chosen. */
export function WhereCell() {
  const text = useText()
  const { segments, setSegments } = useWorkspace()
  const id = useId()
  const chosen = overview.places.filter(({ segment }) => segments.length === 0 || segments.includes(segment))
  const devices = chosen.reduce((sum, place) => sum + place.devices, 0)
  const name =
    segments.length === 0
      ? text.ask.everywhere
      : segments.length <= 2
        ? segments
            .map((segment, index) => (index === 0 ? text.segments[segment] : text.segments[segment].toLowerCase()))
            .join(', ')
        : text.ask.places(segments.length)

  function toggle(segment: Segment) {
    setSegments(segments.includes(segment) ? segments.filter((other) => other !== segment) : [...segments, segment])
  }

  return (
    <div className="ask-where">
      <div className="label">{text.ask.where}</div>
      <button
        type="button"
        popoverTarget={id}
        className="ask-value flex w-full items-center justify-between gap-2 text-left [anchor-name:--where]"
      >
        <span className="truncate">{name}</span>
        <span aria-hidden="true" className="text-ink3">
          ▾
        </span>
      </button>
      <div className="ask-note">
        {text.ask.devices(devices)} · {text.ask.batch}
      </div>
      <fieldset id={id} popover="auto" className="where-list" aria-label={text.ask.where}>
        <button type="button" className="link mb-1 block text-note" onClick={() => setSegments([])}>
          {text.ask.clearPlaces}
        </button>
        {overview.places.map(({ segment, family, devices }) => (
          <label key={segment} className="flex items-center gap-2 py-1 text-dense">
            <input type="checkbox" checked={segments.includes(segment)} onChange={() => toggle(segment)} />
            <FamilyMark family={family} />
            <span className="flex-1">{text.segments[segment]}</span>
            <span className="mono text-ink3">{devices}</span>
          </label>
        ))}
      </fieldset>
    </div>
  )
}
