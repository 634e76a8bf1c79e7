import { figure } from '../i18n/format.ts'
import { precisionText, unitText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import type { OwnResult } from '../state/portal-state.ts'
import { useOwnResultChecks } from '../state/use-own-results.ts'
import { useWorkspace } from '../state/workspace.tsx'
import type { OwnResultCheck } from '../workers/own-results.ts'
import { ProblemNotice } from './problem-notice.tsx'

/** The visitor's results, how far each is from its prediction, and which of them are left out. */
export function OwnResultList() {
  const text = useText().ownResults
  const { ownResults, setOwnResults, catalog } = useWorkspace()
  const checks = useOwnResultChecks()
  if (ownResults.length === 0) return null
  const counting = checks.filter(({ factor, problem }) => factor !== null && problem === null).length
  return (
    <section aria-label={text.list} className="mt-3 max-w-[760px] text-note">
      {checks.length > 0 && <p className="text-ink2">{counting === 0 ? text.noneCounts : text.lead(counting)}</p>}
      <ul className="mt-1.5 flex flex-col gap-2">
        {ownResults.map((result, index) => {
          const name = catalog?.devices.find(({ id }) => id === result.device)?.name ?? result.device
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two equal results are told apart by their place
            <li key={index}>
              <span className="mono">{figure(result.latencyMs, 3)} ms</span> {result.preset ?? result.modelId}, {name},{' '}
              {targetOf(result)}{' '}
              <button
                type="button"
                className="link"
                aria-label={text.remove(`${figure(result.latencyMs, 3)} ms, ${name}`)}
                onClick={() => setOwnResults(ownResults.filter((_, other) => other !== index))}
              >
                {text.removeShort}
              </button>
              <Check check={checks[index]} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Check({ check }: { check: OwnResultCheck | undefined }) {
  const text = useText().ownResults
  if (check === undefined) return null
  if (check.problem !== null) return <ProblemNotice problem={check.problem} />
  return <p className="text-ink3">{check.factor === null ? text.notPredicted : text.factor(figure(check.factor, 2))}</p>
}

/** A link may name a target that is not in the catalog, so its ids are only ids. */
function targetOf({ runtime, unit, precision, powerMode, batch = 1 }: OwnResult): string {
  const items = batch === 1 ? undefined : `batch ${batch}`
  return [runtime, unit && unitText(unit), precision && precisionText(precision), powerMode, items]
    .filter((part) => part !== undefined)
    .join(' · ')
}
