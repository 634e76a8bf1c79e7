import type { ReactNode } from 'react'
import type { Problem } from '../../../simulator/problem.ts'
import { en as sentences } from '../../../simulator/report/text/en.ts'
import { useText } from '../i18n/use-text.ts'

/** What went wrong, where, and what to do, in place of the result. The form keeps its values. */
export function ProblemNotice({ problem, children }: { problem: Problem; children?: ReactNode }) {
  const text = useText().problem
  const details = [
    [text.where, problem.where],
    [text.expected, problem.expected],
    [text.received, problem.received],
  ] as const
  return (
    <div role="alert" className="border-l-2 border-no py-1 pl-3 text-dense">
      <p className="font-semibold">
        {sentences.problems[problem.code]} <code className="mono font-normal text-ink3">{problem.code}</code>
      </p>
      <p className="mt-1 max-w-[72ch] text-ink2">{problem.fix}</p>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 text-note text-ink3">
        {details.map(([label, value]) =>
          value === null ? null : (
            <div key={label} className="contents">
              <dt>{label}</dt>
              <dd className="mono min-w-0 text-ink2 [overflow-wrap:anywhere]">{value}</dd>
            </div>
          ),
        )}
      </dl>
      {children}
    </div>
  )
}
