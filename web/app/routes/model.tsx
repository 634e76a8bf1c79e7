import { presets } from 'virtual:presets'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { GraphSummarySection } from '../components/graph-summary.tsx'
import { LayerTable } from '../components/layer-table.tsx'
import { ModelCharts } from '../components/model-charts.tsx'
import { ModelFacts } from '../components/model-facts.tsx'
import { ModelProblems } from '../components/model-problems.tsx'
import { usePageTitle } from '../components/page-title.ts'
import { PrecisionSelect } from '../components/precision-select.tsx'
import { ProblemNotice } from '../components/problem-notice.tsx'
import { useText } from '../i18n/use-text.ts'
import { ownModel, useModelChoice, useModelDetail } from '../state/use-model-detail.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { asProblem } from '../workers/rpc.ts'

/** One model in full: its counts, where the work is, memory over time, every layer. */
export function ModelPage() {
  const text = useText()
  const { id } = useParams({ from: '/models/$id' })
  const { precision } = useSearch({ from: '/models/$id' })
  const navigate = useNavigate({ from: '/models/$id' })
  const { model, openPreset } = useWorkspace()
  const choice = useModelChoice(id, precision)
  const detail = useModelDetail(choice)
  const preset = presets.find((row) => row.id === id)
  const name = id === ownModel ? (model?.name ?? text.models.model) : id
  usePageTitle(name)
  if (choice === null || detail.error !== null) {
    return (
      <div className="reading py-9">
        <h1 className="mb-4">{text.model.unavailable}</h1>
        {detail.error === null ? <p>{text.model.ownNeeded}</p> : <ProblemNotice problem={asProblem(detail.error)} />}
        <Link to="/models" className="mt-4 inline-block">
          {text.model.back}
        </Link>
      </div>
    )
  }
  const take = () => preset !== undefined && openPreset(preset.id)
  return (
    <div className="page">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3 border-b border-ink pt-7 pb-3">
        <div className="min-w-0 flex-1">
          <h1 className="break-words">{name}</h1>
          {preset !== undefined && (
            <p className="text-ink2">
              {preset.task} · {preset.family} · {preset.inputShape.join('×')}
            </p>
          )}
        </div>
        <PrecisionSelect
          label={text.model.precision}
          value={precision}
          onChange={(next) =>
            void navigate({ search: next === undefined ? {} : { precision: next }, replace: true, resetScroll: false })
          }
        />
        <Link to="/" hash className="button button-primary" onClick={take}>
          {text.model.check}
        </Link>
        <Link to="/sim" hash className="button" onClick={take}>
          {text.model.workbench}
        </Link>
        <Link
          to="/models/diff"
          search={precision === undefined ? { old: id } : { old: id, oldPrecision: precision }}
          className="button"
        >
          {text.model.compare}
        </Link>
      </div>
      {detail.data === undefined ? (
        <p role="status" className="py-6 text-ink3">
          {text.model.loading}
        </p>
      ) : (
        <>
          {id === ownModel && model !== null && <ModelProblems problems={model.problems} />}
          <ModelFacts detail={detail.data} preset={preset} />
          <ModelCharts detail={detail.data} name={name} />
          <LayerTable layers={detail.data.layers.layers} name={name} />
          <GraphSummarySection key={`${id} ${model?.id}`} id={id} />
        </>
      )}
    </div>
  )
}
