import type { Metric } from '../../../simulator/predict/prediction.ts'
import { logDomain, logTicks, position, type Scale } from '../charts/scale.ts'
import { figure, range, significantDigits, tick } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import type { useEdgeRun } from '../state/use-edge-run.ts'
import { asProblem } from '../workers/rpc.ts'
import { EdgeRunFigures } from './edge-run-figures.tsx'
import { IntervalStrip } from './interval-strip.tsx'
import { ProblemNotice } from './problem-notice.tsx'

interface EdgeRunCardProps {
  /** `null` = the model is a file or a graph: nothing of it can run there. */
  readonly preset: string | null
  readonly predictedMs: Metric
  readonly edge: ReturnType<typeof useEdgeRun>
}

/** The prediction for the edge Worker beside the same network really running there. */
export function EdgeRunCard({ preset, predictedMs, edge }: EdgeRunCardProps) {
  const text = useText()
  const { run, error, working, begin } = edge
  return (
    <section className="section" aria-labelledby="edge-run">
      <div className="section-head">
        <h2 id="edge-run">{text.edgeCloud.runTitle}</h2>
        <span className="note">{text.edgeCloud.runNote}</span>
      </div>
      <Comparison predictedMs={predictedMs} measuredMs={run?.slopeMs ?? null} />
      {preset === null ? (
        <p className="mt-3 text-dense text-ink2">{text.edgeCloud.runOnlyPresets}</p>
      ) : (
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <button type="button" className="button" disabled={working} onClick={begin}>
            {working ? text.edgeCloud.running : text.edgeCloud.run}
          </button>
          <span className="text-note text-ink3" role="status">
            {run === null ? '' : text.edgeCloud.status[run.status]}
          </span>
        </div>
      )}
      {error !== null && (
        <div className="mt-3">
          <ProblemNotice problem={asProblem(error)} />
        </div>
      )}
      {run?.problem && (
        <div className="mt-3">
          <ProblemNotice problem={run.problem} />
        </div>
      )}
      {run?.status === 'done' && (
        <div className="mt-4">
          <EdgeRunFigures run={run} explained={run.problem !== null} />
        </div>
      )}
    </section>
  )
}

function Comparison({ predictedMs, measuredMs }: { predictedMs: Metric; measuredMs: number | null }) {
  const text = useText()
  if (predictedMs.availability === 'unavailable') {
    return <p className="unknown">{text.rows.noFigure(predictedMs.missing)}</p>
  }
  const digits = significantDigits(predictedMs)
  const domain = logDomain([...predictedMs.pi95, ...(measuredMs === null ? [] : [measuredMs])])
  const scale: Scale = { kind: 'log', domain }
  return (
    <>
      <dl className="facts">
        <dt>{text.edgeCloud.predicted}</dt>
        <dd className="mono">
          {figure(predictedMs.p50, digits)} ms <span className="text-ink3">{range(...predictedMs.pi80, digits)}</span>
        </dd>
        <dt>{text.edgeCloud.measured}</dt>
        <dd className="mono">
          {measuredMs === null ? (
            <span className="unknown">{text.edgeCloud.notMeasured}</span>
          ) : (
            `${figure(measuredMs, 3)} ms`
          )}
        </dd>
      </dl>
      <div className="relative mx-4 mt-2 h-10">
        <IntervalStrip metric={predictedMs} scale={scale} limit={null} verdict={null} />
        {measuredMs !== null && (
          <svg
            className="absolute top-7 -ml-1.5"
            style={{ left: `${position(scale, measuredMs)}%` }}
            width="12"
            height="12"
            viewBox="0 0 12 12"
            role="img"
            aria-label={`${text.edgeCloud.measured} ${figure(measuredMs, 3)} ms`}
          >
            <path d="M6 1l5 5-5 5-5-5z" fill="var(--ink)" />
          </svg>
        )}
      </div>
      <div className="mono relative mx-4 h-4 text-label text-ink3" aria-hidden="true">
        {logTicks(domain, 6).map((value) => (
          <span key={value} className="absolute -translate-x-1/2" style={{ left: `${position(scale, value)}%` }}>
            {tick(value)}
          </span>
        ))}
      </div>
    </>
  )
}
