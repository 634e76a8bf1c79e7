import { useNavigate, useSearch } from '@tanstack/react-router'
import { DiffSide } from '../components/diff-side.tsx'
import { DiffView } from '../components/diff-view.tsx'
import { usePageTitle } from '../components/page-title.ts'
import { ProblemNotice } from '../components/problem-notice.tsx'
import { useText } from '../i18n/use-text.ts'
import type { DiffSearch } from '../state/model-search.ts'
import { useModelChoice, useModelDiff } from '../state/use-model-detail.ts'
import { asProblem } from '../workers/rpc.ts'

/** What changed between two models, or between two precisions of one; both sides are in the address. */
export function ModelDiffPage() {
  const text = useText()
  usePageTitle(text.diff.title)
  const search = useSearch({ from: '/models/diff' })
  const navigate = useNavigate({ from: '/models/diff' })
  const change = (next: DiffSearch) => void navigate({ search: next, replace: true, resetScroll: false })
  const diff = useModelDiff(
    useModelChoice(search.old, search.oldPrecision),
    useModelChoice(search.new, search.newPrecision),
  )
  return (
    <div className="page">
      <div className="border-b border-ink pt-7 pb-3">
        <h1>{text.diff.title}</h1>
        <p className="text-ink2">{text.diff.lead}</p>
      </div>
      <div className="diff-sides py-3.5">
        <DiffSide
          title={text.diff.before}
          id={search.old}
          precision={search.oldPrecision}
          onChange={(id, precision) => change(withSide(search, 'old', id, precision))}
        />
        <button type="button" className="button" onClick={() => change(swapped(search))}>
          {text.diff.swap}
        </button>
        <DiffSide
          title={text.diff.after}
          id={search.new}
          precision={search.newPrecision}
          onChange={(id, precision) => change(withSide(search, 'new', id, precision))}
        />
      </div>
      {diff.error !== null && <ProblemNotice problem={asProblem(diff.error)} />}
      {diff.error === null && diff.data !== undefined && <DiffView diff={diff.data} />}
    </div>
  )
}

function withSide(
  search: DiffSearch,
  side: 'old' | 'new',
  id: string | undefined,
  precision: DiffSearch['oldPrecision'],
): DiffSearch {
  const { [side]: _, [`${side}Precision` as const]: __, ...rest } = search
  return {
    ...rest,
    ...(id === undefined ? {} : { [side]: id }),
    ...(precision === undefined ? {} : { [`${side}Precision`]: precision }),
  }
}

function swapped(search: DiffSearch): DiffSearch {
  const turned = withSide(search, 'old', search.new, search.newPrecision)
  return withSide(turned, 'new', search.old, search.oldPrecision)
}
