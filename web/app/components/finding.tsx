import type { Answer, VerdictCounts } from '../answer/answer.ts'
import { smallestRelaxation } from '../answer/stops.ts'
import { figure } from '../i18n/format.ts'
import { limitValue } from '../i18n/limit-text.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { OneMarkPerDevice } from './one-mark-per-device.tsx'

/** The answer as a sentence; announced once when it changes. */
export function Finding({ answer, counts }: { answer: Answer; counts: VerdictCounts }) {
  const text = useText()
  const { budget, segments } = useWorkspace()
  const limited = Object.keys(budget).length > 0
  const relaxation = counts.fits === 0 && limited ? smallestRelaxation(answer.rows) : null
  const extrapolated = answer.rows.every(({ prediction }) => prediction.evidence.level === 'extrapolated')
  return (
    <section className="mb-6 flex items-end justify-between gap-x-10 gap-y-4 max-[1100px]:flex-col max-[1100px]:items-start">
      <div>
        <div role="status">
          <h1>{limited ? text.finding.sentence(counts, segments) : text.finding.noLimits}</h1>
        </div>
        <p className="mt-1.5 max-w-[760px] text-ink2">
          {text.finding.checked(answer.rows.length, `${figure(answer.elapsedMs, 2)} ms`)} {text.verdictRule}{' '}
          {relaxation !== null &&
            text.finding.relax(relaxation.limit, limitValue(relaxation.limit, relaxation.value), relaxation.deviceName)}
        </p>
        {extrapolated && <p className="mt-1 max-w-[760px] text-note text-ink3">{text.finding.extrapolated}</p>}
      </div>
      <OneMarkPerDevice counts={counts} />
    </section>
  )
}
