import type { Verdict } from '../../../simulator/decide/budget.ts'
import type { Metric } from '../../../simulator/predict/prediction.ts'
import { figure, range, significantDigits } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { VerdictGlyph } from './verdict.tsx'

interface FigureProps {
  readonly metric: Metric
  readonly unit: string
  /** Units of the metric in one shown unit: bytes in a MB. */
  readonly per?: number
  /** Set where this figure decides against the device: shown by colour and glyph. */
  readonly decides?: Verdict | null
}

/** A median over its 80 % band. No figure without its band; unknown is a word with its reason one step away. */
export function Figure({ metric, unit, per = 1, decides = null }: FigureProps) {
  const text = useText()
  if (metric.availability === 'unavailable') {
    return (
      <span className="unknown" title={text.rows.noFigure(metric.missing)}>
        {decides === 'unknown' && <DecidingGlyph verdict="unknown" />}
        {text.unknown}
      </span>
    )
  }
  const digits = significantDigits(metric)
  const shown = decides === null || decides === 'fits' ? null : decides
  return (
    <>
      <div className={`mono figure-main ${shown === null ? '' : `v-${shown} text-(--v)`}`}>
        {shown !== null && <DecidingGlyph verdict={shown} />}
        {figure(metric.p50 / per, digits)}
        <span className="figure-unit"> {unit}</span>
      </div>
      <div className="mono figure-band">{range(metric.pi80[0] / per, metric.pi80[1] / per, digits)}</div>
    </>
  )
}

function DecidingGlyph({ verdict }: { verdict: Verdict }) {
  return (
    <span className="mr-[5px] inline-block align-[-1px]">
      <VerdictGlyph verdict={verdict} size={10} />
    </span>
  )
}
