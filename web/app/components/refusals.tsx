import { en as sentences } from '../../../simulator/report/text/en.ts'
import type { Refusal } from '../answer/answer.ts'
import { useText } from '../i18n/use-text.ts'

/** Devices that could not be simulated, each with its reason; nothing is left out in silence. */
export function Refusals({ refused }: { refused: readonly Refusal[] }) {
  const text = useText().rows
  if (refused.length === 0) return null
  return (
    <details className="text-dense text-ink2">
      <summary>{text.refused(refused.length)}</summary>
      <ul className="mt-1 border-l border-line pl-3">
        {refused.map(({ deviceId, deviceName, problem }) => (
          <li key={deviceId} className="py-0.5">
            <b className="font-medium text-ink">{deviceName}</b>: {sentences.problems[problem.code]} {problem.fix}
          </li>
        ))}
      </ul>
    </details>
  )
}
