import { type Facet, facets, facetValues, type PresetRow, sizeClasses } from '../answer/model-list.ts'
import { useText } from '../i18n/use-text.ts'
import { type PresetSearch, queryOf } from '../state/model-search.ts'

interface ModelFacetsProps {
  readonly presets: readonly PresetRow[]
  readonly search: PresetSearch
  readonly found: number
  readonly onChange: (search: PresetSearch) => void
}

/** The search field and one choice per facet; every value says how many models it would leave. */
export function ModelFacets({ presets, search, found, onChange }: ModelFacetsProps) {
  const text = useText().models
  const query = queryOf(search)
  const withFacet = (facet: Facet, value: string): PresetSearch => {
    const { [facet]: _, ...rest } = search
    return value === '' ? rest : { ...rest, [facet]: value }
  }
  const withText = (q: string): PresetSearch => {
    const { q: _, ...rest } = search
    return q === '' ? rest : { ...rest, q }
  }
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2 py-3.5">
      <label className="flex items-center gap-2">
        <span className="visually-hidden">{text.search}</span>
        <input
          type="search"
          className="text-input w-64"
          data-hotkey="model"
          placeholder={text.search}
          value={search.q ?? ''}
          onChange={(event) => onChange(withText(event.target.value))}
        />
        <kbd className="key">/</kbd>
      </label>
      {facets.map((facet) => (
        <label key={facet} className="model-facet">
          <span className="label block">{text.facets[facet]}</span>
          <select
            className="select"
            value={search[facet] ?? ''}
            onChange={(event) => onChange(withFacet(facet, event.target.value))}
          >
            <option value="">{text.any}</option>
            {facetValues(presets, query, facet).map(({ value, count }) => (
              <option key={value} value={value} disabled={count === 0 && value !== search[facet]}>
                {text.option(nameOf(facet, value, text), count)}
              </option>
            ))}
          </select>
        </label>
      ))}
      <span className="mono pb-1.5 text-ink3" role="status">
        {text.showing(found, presets.length)}
      </span>
    </div>
  )
}

function nameOf(facet: Facet, value: string, text: ReturnType<typeof useText>['models']): string {
  const size = sizeClasses.find((candidate) => candidate === value)
  return (facet === 'parameters' || facet === 'macs') && size !== undefined ? text.sizes[facet][size] : value
}
