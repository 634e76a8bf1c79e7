import { useState } from 'react'
import {
  type DeviceFacet,
  type DeviceRow,
  deviceFacets,
  deviceFacetValues,
  evidenceClasses,
  powerClasses,
} from '../answer/device-list.ts'
import { type Family, familyOf } from '../answer/family.ts'
import { unitText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { type DeviceSearch, deviceQueryOf, switched } from '../state/device-search.ts'
import { useMedia } from '../state/use-media.ts'
import { FamilyMark } from './family-mark.tsx'

/** Values of a facet before "more". */
const shownAtFirst = 6

interface DeviceFacetsProps {
  readonly rows: readonly DeviceRow[]
  readonly search: DeviceSearch
  readonly onChange: (search: DeviceSearch) => void
}

/** Filters with the number of devices that each would leave; folded away on narrow screens. */
export function DeviceFacets(props: DeviceFacetsProps) {
  const text = useText().devices
  const isNarrow = useMedia('(max-width: 860px)')
  const chosen = deviceFacets.reduce((sum, facet) => sum + (props.search[facet]?.length ?? 0), 0)
  const facets = deviceFacets.map((facet) => <FacetValues key={facet} facet={facet} {...props} />)
  if (!isNarrow) return <div className="device-facets">{facets}</div>
  return (
    <details className="border-b border-line pb-2">
      <summary className="min-h-9 py-2 font-semibold text-dense">
        {text.filters}
        {chosen > 0 && ` (${chosen})`}
      </summary>
      <div className="device-facets">{facets}</div>
    </details>
  )
}

function FacetValues({ facet, rows, search, onChange }: DeviceFacetsProps & { facet: DeviceFacet }) {
  const text = useText()
  const [all, setAll] = useState(false)
  const chosen = search[facet] ?? []
  const values = deviceFacetValues(rows, deviceQueryOf(search), facet)
  const shown = all ? values : values.filter(({ value }, index) => index < shownAtFirst || chosen.includes(value))
  const hidden = values.length - shownAtFirst
  // A closed list is shown whole: only open ones, like vendors, are long.
  const isLong = facet === 'vendor' && hidden > 0
  const most = Math.max(...values.map(({ count }) => count), 1)
  return (
    <fieldset>
      <legend className="font-semibold text-dense">{text.devices.facets[facet]}</legend>
      {(isLong ? shown : values).map(({ value, count }) => (
        <label key={value} className="device-facet" data-empty={count === 0}>
          <input
            type="checkbox"
            className="accent-ink"
            checked={chosen.includes(value)}
            onChange={() => onChange(switched(search, facet, value))}
          />
          {facet === 'segment' && <SegmentMark segment={value} rows={rows} />}
          <span className="min-w-0 flex-1 truncate">{nameOf(facet, value, text)}</span>
          {facet === 'power' && (
            <span className="device-facet-bar" aria-hidden="true">
              <i style={{ width: `${(100 * count) / most}%` }} />
            </span>
          )}
          <span className="mono text-note text-ink3">{count}</span>
        </label>
      ))}
      {isLong && (
        <button type="button" className="link min-h-6 text-note" onClick={() => setAll(!all)}>
          {all ? text.devices.fewerValues : text.devices.moreValues(hidden)}
          <span className="visually-hidden">: {text.devices.facets[facet]}</span>
        </button>
      )}
    </fieldset>
  )
}

/** The family that most of its devices are of. */
function SegmentMark({ segment, rows }: { segment: string; rows: readonly DeviceRow[] }) {
  const families = rows.flatMap(({ device }) => (device.segment === segment ? [familyOf(device)] : []))
  const count = (family: Family) => families.filter((each) => each === family).length
  const most = families.toSorted((a, b) => count(b) - count(a))[0]
  return most === undefined ? null : <FamilyMark family={most} size={10} />
}

function nameOf(facet: DeviceFacet, value: string, text: ReturnType<typeof useText>): string {
  const power = powerClasses.find((known) => known === value)
  const evidence = evidenceClasses.find((known) => known === value)
  if (facet === 'power' && power !== undefined) return text.devices.power[power]
  if (facet === 'evidence' && evidence !== undefined) return text.devices.evidence[evidence]
  if (facet === 'unit') return unitText(value)
  return facet === 'segment' ? (Object.entries(text.segments).find(([id]) => id === value)?.[1] ?? value) : value
}
