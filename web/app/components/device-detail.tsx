import { Link } from '@tanstack/react-router'
import type { TargetKey } from '../../../simulator/predict/prediction.ts'
import type { ReportRow } from '../../../simulator/report/format.ts'
import { explainRow } from '../answer/explain-row.ts'
import { limitThatFits } from '../answer/stops.ts'
import { limitValue } from '../i18n/limit-text.ts'
import { targetText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import type { TargetChoice } from '../state/portal-state.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { Basis } from './basis.tsx'
import { EvidenceLabel } from './evidence-label.tsx'
import { LargestKernels } from './largest-kernels.tsx'
import { LimitShares } from './limit-shares.tsx'
import { MeasuredHere } from './measured-here.tsx'
import { Published } from './published.tsx'
import { Verdict } from './verdict.tsx'

interface DeviceDetailProps {
  readonly row: ReportRow
  readonly index: number
  readonly count: number
  readonly onStep: (step: 1 | -1) => void
}

/** Why a device got its verdict, what would change it, and what the figures rest on. */
export function DeviceDetail({ row, index, count, onStep }: DeviceDetailProps) {
  const text = useText()
  const { setTarget, source } = useWorkspace()
  const { prediction, fit } = row
  const changes = fit.checks.flatMap((check) => {
    const value = check.verdict === 'fits' ? null : limitThatFits(check)
    return value === null || check.limit === 'maxPriceUsd' ? [] : [{ check, value }]
  })
  return (
    <div className="flex flex-col gap-5">
      <div>
        <div className="flex items-center justify-between gap-3">
          <span className="flex items-center gap-2.5">
            <Verdict verdict={fit.verdict} />
            <EvidenceLabel evidence={prediction.evidence} />
          </span>
          <span className="flex items-center gap-1 text-note text-ink3">
            {text.detail.position(index + 1, count)}
            <StepButton label={text.detail.previous} mark="↑" disabled={index === 0} onClick={() => onStep(-1)} />
            <StepButton label={text.detail.next} mark="↓" disabled={index === count - 1} onClick={() => onStep(1)} />
          </span>
        </div>
        <h2 className="mt-2 text-detail">
          <Link to="/devices/$id" params={{ id: prediction.deviceId }} className="text-ink">
            {row.deviceName}
          </Link>
        </h2>
        <p className="text-note text-ink3">{targetText(prediction)}</p>
        <p className="mt-1 text-dense text-ink2">{explainRow(row, text)}</p>
      </div>
      {fit.checks.length > 0 && <LimitShares checks={fit.checks} />}
      {changes.length > 0 && (
        <section>
          <h3>{text.detail.whatWouldFit}</h3>
          <ul className="mt-1">
            {changes.map(({ check, value }) => (
              <li
                key={check.limit}
                className="flex justify-between border-t border-line py-1.5 text-dense first:border-0"
              >
                <span>{text.detail.fitsWith(check.limit, limitValue(check.limit, value))}</span>
                <span className="text-note text-ink3">
                  {text.detail.now(limitValue(check.limit, check.limitValue))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {source?.kind === 'preset' ? (
        <MeasuredHere preset={source.id} target={prediction} />
      ) : (
        <Published measured={prediction.measured} />
      )}
      <LargestKernels prediction={prediction} />
      <Basis prediction={prediction} />
      <div className="flex flex-wrap gap-2">
        <Link to="/sim" hash className="button" onClick={() => setTarget(targetOf(prediction))}>
          {text.detail.workbench}
        </Link>
        <Link to="/edge-cloud" hash className="button" onClick={() => setTarget(targetOf(prediction))}>
          {text.detail.edgeCloud}
        </Link>
      </div>
    </div>
  )
}

function StepButton(props: { label: string; mark: string; disabled: boolean; onClick: () => void }) {
  const { label, mark, disabled, onClick } = props
  return (
    <button type="button" className="step" aria-label={label} disabled={disabled} onClick={onClick}>
      {mark}
    </button>
  )
}

function targetOf({ deviceId, unitId, runtimeId, precision, powerMode, batch }: TargetKey): TargetChoice {
  return { device: deviceId, unit: unitId, runtime: runtimeId, precision, powerMode, batch }
}
