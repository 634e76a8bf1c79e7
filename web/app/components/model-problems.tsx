import { useState } from 'react'
import type { Problem } from '../../../simulator/problem.ts'
import { en as sentences } from '../../../simulator/report/text/en.ts'
import { useText } from '../i18n/use-text.ts'

/** Before "more". */
const shownAtFirst = 3

/** What was found wrong while a model was read all the same: each is named, none stops the answer. */
export function ModelProblems({ problems }: { problems: readonly Problem[] }) {
  const text = useText().modelProblems
  const [all, setAll] = useState(false)
  if (problems.length === 0) return null
  const hidden = problems.length - shownAtFirst
  return (
    <section className="my-4 border-l-2 border-tight py-1 pl-3 text-note" aria-label={text.title}>
      <h2 className="text-dense">{text.title}</h2>
      <ul>
        {(all ? problems : problems.slice(0, shownAtFirst)).map((problem) => (
          <li key={`${problem.code} ${problem.where}`} className="mt-1 max-w-[96ch] text-ink2">
            <b className="font-medium text-ink">{sentences.problems[problem.code]}</b>{' '}
            <span className="mono [overflow-wrap:anywhere]">
              {[problem.where, problem.expected].filter((part) => part !== null).join(': ')}
            </span>{' '}
            {problem.fix}
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <button type="button" className="link min-h-6" onClick={() => setAll(!all)}>
          {all ? text.fewer : text.more(hidden)}
        </button>
      )}
    </section>
  )
}
