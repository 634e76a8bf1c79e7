import { checkFit } from '../../../simulator/decide/fit.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import type { EndToEnd } from '../../../simulator/placement/end-to-end.ts'
import type { EnergyParts, Metric, Prediction } from '../../../simulator/predict/prediction.ts'
import type { Problem } from '../../../simulator/problem.ts'
import { withStages } from '../answer/end-to-end.ts'
import { energyPartColours, energyPartOrder } from '../charts/energy-parts.tsx'
import { logDomain, logTicks, position, type Scale } from '../charts/scale.ts'
import { byteSize, figure, joined, percent, range, significantDigits, tick } from '../i18n/format.ts'
import { limitValue } from '../i18n/limit-text.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import type { PlacedRun } from '../workers/placed-run.ts'
import { BudgetMarks } from './answer-axis.tsx'
import { BaselineNote } from './baseline-note.tsx'
import { EvidenceLabel } from './evidence-label.tsx'
import { IntervalStrip } from './interval-strip.tsx'
import { PaceTable } from './pace-table.tsx'
import { PlacementNote } from './placement-note.tsx'
import { Probability } from './probability.tsx'
import { ProblemNotice } from './problem-notice.tsx'
import { Published } from './published.tsx'
import { Verdict } from './verdict.tsx'

/** The figures of one target, each with its band, and what bounds them. */
export function WorkbenchResult(props: {
  readonly device: Device
  readonly prediction: Prediction
  readonly placed: PlacedRun
  /** At the frame rate that was chosen; `null` = none. */
  readonly powerAtRateW: Metric | null
}) {
  const { device, prediction, placed, powerAtRateW } = props
  const text = useText()
  const { budget, whatIf, setView } = useWorkspace()
  const rate = whatIf.ratePerS === undefined ? null : text.sliders.perS(whatIf.ratePerS)
  const { latencyMs, memory, evidence, energyParts, warnings } = prediction
  return (
    <aside aria-label={text.workbench.latency}>
      <Judged
        device={device}
        prediction={powerAtRateW === null ? prediction : { ...prediction, powerW: powerAtRateW }}
        endToEnd={whatIf.endToEnd === true ? placed.placement.endToEnd : null}
      />
      <Published measured={prediction.measured} />
      <div className="flex items-center justify-between gap-2">
        <span className="label">{text.workbench.latency}</span>
        <EvidenceLabel evidence={evidence} />
      </div>
      <Latency metric={latencyMs} limitMs={budget.maxLatencyMs ?? null} />
      <dl className="result-figures">
        <Row name={text.workbench.throughput} metric={prediction.throughputPerS} unit="/s" />
        <Row name={text.workbench.power} metric={prediction.powerW} unit="W" />
        {powerAtRateW !== null && rate !== null && (
          <Row name={text.sliders.powerAt(rate)} metric={powerAtRateW} unit="W" />
        )}
        <MemoryRow prediction={prediction} />
      </dl>
      {latencyMs.availability === 'available' && <PaceTable endToEnd={placed.placement.endToEnd} />}
      {memory.peakOperator !== null && <p className="text-note text-ink3">{text.detail.peakAt(memory.peakOperator)}</p>}
      <BaselineNote prediction={prediction} />
      <Energy metric={prediction.energyMj} parts={energyParts} />
      <PlacementNote prediction={prediction} placed={placed} />
      <h3 className="mt-4.5">{text.workbench.limit}</h3>
      <p className="text-note text-ink2">
        {text.detail.sentence.bound(capital(text.bounds[prediction.bound]), percent(prediction.boundShare))}
      </p>
      {budget.maxLatencyMs !== undefined && (
        <p className="text-note text-ink3">
          {text.workbench.budgetIs(limitValue('maxLatencyMs', budget.maxLatencyMs))}
        </p>
      )}
      <h3 className="mt-4.5">{text.workbench.evidence}</h3>
      <p className="text-note text-ink2">
        {text.detail.evidenceLead(evidence)} {evidence.outsideEvidence ? text.detail.outside : ''}
      </p>
      <h3 className="mt-4.5">{text.verify.title}</h3>
      <p className="text-note">
        <button type="button" className="link text-left" onClick={() => setView('verify')}>
          {text.verify.show}
        </button>
      </p>
      {warnings.filter(isNotPlacement(placed)).map((warning) => (
        <div key={`${warning.code} ${warning.where}`} className="mt-3">
          <ProblemNotice problem={warning} />
        </div>
      ))}
    </aside>
  )
}

/** What falls back is said under *Placement*. */
function isNotPlacement({ placement }: PlacedRun): (warning: Problem) => boolean {
  return ({ code }) => code !== 'operator-unsupported' || placement.fallback === null
}

/** The verdict, where there is a budget; the same as on the start page. */
function Judged(props: {
  readonly device: Device
  readonly prediction: Prediction
  /** `null` = the network alone is judged. */
  readonly endToEnd: EndToEnd | null
}) {
  const { device, prediction, endToEnd } = props
  const { budget } = useWorkspace()
  const text = useText()
  if (Object.keys(budget).length === 0) return null
  const judged = endToEnd === null ? prediction : withStages(prediction, endToEnd)
  const { verdict, pMeets } = checkFit(judged, budget, device.priceUsd?.value ?? null)
  return (
    <div className="mb-2 text-note" title={text.workbench.verdict}>
      <p className="flex items-center gap-2">
        <Verdict verdict={verdict} />
        <Probability value={pMeets} />
      </p>
      {endToEnd !== null && <p className="text-ink3">{text.stages.judged}</p>}
    </div>
  )
}

function Latency({ metric, limitMs }: { metric: Metric; limitMs: number | null }) {
  const text = useText()
  if (metric.availability === 'unavailable') return <p className="unknown">{text.rows.noFigure(metric.missing)}</p>
  const digits = significantDigits(metric)
  const domain = logDomain([...metric.pi95, ...(limitMs === null ? [] : [limitMs / 1.5, limitMs * 1.5])])
  const scale: Scale = { kind: 'log', domain }
  const limit = limitMs === null ? null : ({ value: limitMs, kind: 'max' } as const)
  return (
    <>
      <p className="mono mt-1 text-figure font-medium tracking-[-0.05em]">
        {figure(metric.p50, digits)} <span className="text-body text-ink3">ms</span>
      </p>
      <p className="mono text-note text-ink2">{text.workbench.band80(range(...metric.pi80, digits))}</p>
      <p className="mono text-note text-ink2">{text.workbench.band95(range(...metric.pi95, digits))}</p>
      <div className="relative mx-2 mt-2 h-9">
        {limit && <BudgetMarks scale={scale} limit={limit} />}
        <IntervalStrip metric={metric} scale={scale} limit={limit} verdict={null} />
      </div>
      <div className="mono relative mx-2 h-4 text-label text-ink3" aria-hidden="true">
        {logTicks(domain, 5).map((value) => (
          <span key={value} className="absolute -translate-x-1/2" style={{ left: `${position(scale, value)}%` }}>
            {tick(value)}
          </span>
        ))}
      </div>
    </>
  )
}

function Row({ name, metric, unit }: { name: string; metric: Metric; unit: string }) {
  const text = useText()
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {metric.availability === 'unavailable' ? (
          <span className="unknown" title={text.rows.noFigure(metric.missing)}>
            {text.unknown}
          </span>
        ) : (
          <>
            {figure(metric.p50, significantDigits(metric))} {unit}{' '}
            <span className="text-ink3">{range(...metric.pi80, significantDigits(metric))}</span>
          </>
        )}
      </dd>
    </>
  )
}

function MemoryRow({ prediction: { memory } }: { prediction: Prediction }) {
  const text = useText()
  const { totalBytes, capacityBytes } = memory
  return (
    <>
      <dt>{text.workbench.memory}</dt>
      <dd>
        {totalBytes.availability === 'unavailable' ? (
          <span className="unknown" title={text.rows.noFigure(totalBytes.missing)}>
            {text.unknown}
          </span>
        ) : (
          joined(byteSize(totalBytes.p50, significantDigits(totalBytes)))
        )}{' '}
        {capacityBytes !== null && (
          <span className="text-ink3">{text.workbench.of(joined(byteSize(capacityBytes)))}</span>
        )}
      </dd>
    </>
  )
}

/** Energy of one batch and where it goes; the list beside the bar is its table. */
function Energy({ metric, parts }: { metric: Metric; parts: EnergyParts | null }) {
  const text = useText().workbench
  return (
    <section className="mt-4.5">
      <h3>{text.energy}</h3>
      {metric.availability === 'unavailable' || parts === null ? (
        <p className="unknown">
          {text.energyUnknown(metric.availability === 'unavailable' ? metric.missing : 'device.tdpW')}
        </p>
      ) : (
        <>
          <p className="mono text-dense">
            {figure(metric.p50, significantDigits(metric))} mJ{' '}
            <span className="text-ink3">{range(...metric.pi80, significantDigits(metric))}</span>
          </p>
          <div className="shares" aria-hidden="true">
            {energyPartOrder.map((part) => (
              <i key={part} style={{ flexGrow: parts[part], background: energyPartColours[part] }} />
            ))}
          </div>
          <ul className="mt-1.5 grid grid-cols-2 gap-x-3.5 text-label text-ink2">
            {energyPartOrder.map((part) =>
              parts[part] === 0 ? null : (
                <li key={part} className="flex items-center gap-1.5">
                  <i className="size-2" style={{ background: energyPartColours[part] }} />
                  {text.parts[part]}
                  <span className="mono ml-auto text-ink">{figure(parts[part], 2)}</span>
                </li>
              ),
            )}
          </ul>
        </>
      )}
    </section>
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
