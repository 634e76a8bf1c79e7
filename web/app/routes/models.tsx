import { presets } from 'virtual:presets'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { findPresets } from '../answer/model-list.ts'
import { CompareBar } from '../components/compare-bar.tsx'
import { ModelFacets } from '../components/model-facets.tsx'
import { OwnModel } from '../components/own-model.tsx'
import { usePageTitle } from '../components/page-title.ts'
import { PresetTable } from '../components/preset-table.tsx'
import { useText } from '../i18n/use-text.ts'
import { useHotkeys } from '../state/hotkeys.ts'
import { type PresetSearch, queryOf, sortedBy } from '../state/model-search.ts'

/** Rows before "Show all". */
const shownAtFirst = 60

/** The presets: found by facets, each with its counts; two of them are compared from here. */
export function ModelsPage() {
  const text = useText()
  usePageTitle(text.models.nav)
  useHotkeys()
  const search = useSearch({ from: '/models' })
  const navigate = useNavigate({ from: '/models' })
  const [all, setAll] = useState(false)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const change = (next: PresetSearch) => void navigate({ search: next, replace: true, resetScroll: false })
  const query = useDeferredValue(queryOf(search))
  const found = findPresets(presets, query)
  const shown = all ? found : found.slice(0, shownAtFirst)
  return (
    <div className="page">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-ink pt-7 pb-3">
        <h1>{text.models.title(presets.length)}</h1>
        <p className="text-ink2">{text.models.lead}</p>
      </div>
      <OwnModel />
      <ModelFacets presets={presets} search={search} onChange={change} found={found.length} />
      {found.length === 0 ? (
        <p>
          {text.models.none}{' '}
          <button type="button" className="link" onClick={() => change({})}>
            {text.models.clear}
          </button>
        </p>
      ) : (
        <PresetTable
          presets={shown}
          query={query}
          onSort={(column) => change(sortedBy(search, column))}
          chosen={chosen}
          onChoose={(id) =>
            setChosen(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id].slice(-2))
          }
        />
      )}
      {found.length > shownAtFirst && (
        <button type="button" className="link mt-3 min-h-7 text-dense" onClick={() => setAll(!all)}>
          {all ? text.rows.showFewer : text.rows.showAll(found.length)}
        </button>
      )}
      <CompareBar chosen={chosen} />
    </div>
  )
}
