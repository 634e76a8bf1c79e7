import type { ReactNode } from 'react'
import type { LimitCheck, LimitName, Verdict as VerdictCode } from '../../../simulator/decide/budget.ts'
import type { ReportRow } from '../../../simulator/report/format.ts'
import { type AnswerAxis, paceCheck, paceMetric } from '../answer/axis.ts'
import { priceUsdOf } from '../answer/price.ts'
import { figure, plain, significantDigits } from '../i18n/format.ts'
import { targetText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { BudgetMarks } from './answer-axis.tsx'
import type { DeviceFacts } from './answer-rows.tsx'
import { FamilyMark } from './family-mark.tsx'
import { Figure } from './figure.tsx'
import { IntervalStrip } from './interval-strip.tsx'
import { Probability } from './probability.tsx'
import { Verdict, VerdictGlyph } from './verdict.tsx'

interface AnswerRowProps {
  readonly row: ReportRow
  readonly axis: AnswerAxis
  readonly facts: DeviceFacts
  readonly selected: boolean
  readonly onSelect?: (() => void) | undefined
  readonly detail?: ReactNode
}

export function AnswerRow({ row, axis, facts, selected, onSelect, detail }: AnswerRowProps) {
  const text = useText()
  const { prediction, fit } = row
  const onAxis = paceCheck(row, axis.pace)
  /** The verdict of a figure where it is this figure that decides. */
  const deciding = (limit: LimitName): VerdictCode | null =>
    fit.blocking === limit ? (checkOf(fit.checks, limit)?.verdict ?? null) : null
  const paceLimit = axis.pace === 'latency' ? 'maxLatencyMs' : 'minThroughputPerS'
  return (
    <>
      <li className="row" data-selected={selected}>
        <div className="row-verdict">
          <Verdict verdict={fit.verdict} />
          <div className="row-p">
            <Probability value={fit.pMeets} />
            <span className="block" title={text.detail.evidenceLead(prediction.evidence)}>
              {text.levels[prediction.evidence.level]}
            </span>
          </div>
        </div>
        <div className="row-device">
          {onSelect === undefined ? (
            <div className="flex items-center gap-2 font-semibold">
              <FamilyMark family={facts.family} />
              {row.deviceName}
            </div>
          ) : (
            <button type="button" className="row-button" aria-pressed={selected} onClick={onSelect}>
              <FamilyMark family={facts.family} />
              <span title={row.deviceName}>{row.deviceName}</span>
            </button>
          )}
          <div className="row-target" title={targetText(prediction)}>
            {targetText(prediction)}
          </div>
        </div>
        <div className="row-strip">
          {axis.limit && <BudgetMarks scale={axis.scale} limit={axis.limit} />}
          <IntervalStrip
            metric={paceMetric(row, axis.pace)}
            scale={axis.scale}
            limit={axis.limit}
            verdict={onAxis?.verdict ?? null}
          />
        </div>
        <div className="row-figure row-figure-main">
          <Figure
            metric={paceMetric(row, axis.pace)}
            unit={axis.pace === 'latency' ? text.header.latency : '/s'}
            decides={deciding(paceLimit)}
          />
        </div>
        <div className="row-figure">
          <Figure metric={prediction.powerW} unit="W" decides={deciding('maxPowerW')} />
        </div>
        <div className="row-figure">
          <Price usd={priceUsdOf(row, facts.priceUsd)} decides={deciding('maxPriceUsd')} />
        </div>
        <div className="row-rest">
          <Rest row={row} priceUsd={priceUsdOf(row, facts.priceUsd)} />
        </div>
      </li>
      {selected && detail ? <li className="row-detail">{detail}</li> : null}
    </>
  )
}

/** What the narrow form of a row says at its end: the limit that decides, or the figures without a column. */
function Rest({ row: { fit, prediction }, priceUsd }: { row: ReportRow; priceUsd: number | null }) {
  const text = useText()
  if (fit.blocking !== null && fit.verdict !== 'fits') return text.rows.decides(fit.blocking, fit.verdict)
  const { powerW } = prediction
  const figures = [
    powerW.availability === 'available' ? `${figure(powerW.p50, significantDigits(powerW))} W` : null,
    priceUsd === null ? null : `$${plain(priceUsd)}`,
  ]
  return figures.filter((item) => item !== null).join(' · ')
}

function Price({ usd, decides }: { usd: number | null; decides: VerdictCode | null }) {
  const text = useText()
  if (usd === null) return <span className="unknown">{text.unknown}</span>
  const missed = decides === null || decides === 'fits' ? null : decides
  return (
    <span className={`mono figure-main ${missed === null ? '' : `v-${missed} text-(--v)`}`}>
      {missed !== null && (
        <span className="mr-[5px] inline-block align-[-1px]">
          <VerdictGlyph verdict={missed} size={10} />
        </span>
      )}
      ${plain(usd)}
    </span>
  )
}

function checkOf(checks: readonly LimitCheck[], limit: LimitName): LimitCheck | null {
  return checks.find((check) => check.limit === limit) ?? null
}
