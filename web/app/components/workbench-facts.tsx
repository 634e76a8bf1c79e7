import { memo } from 'react'
import type { Explanation, Prediction } from '../../../simulator/predict/prediction.ts'
import { factName, factText } from '../i18n/fact-text.ts'
import { useText } from '../i18n/use-text.ts'
import { StatusMark } from './status-mark.tsx'

/** Every figure that the answer rests on with its source, and the formulas from them to the answer. */
export const WorkbenchFacts = memo(function WorkbenchFacts({ prediction }: { prediction: Prediction }) {
  const all = useText()
  const text = all.workbench
  return (
    <>
      <section aria-labelledby="facts">
        <div className="section-head">
          <h2 id="facts">{text.facts.title}</h2>
        </div>
        <table className="fact-table">
          <thead>
            <tr>
              <th scope="col">{text.facts.value}</th>
              <th scope="col" className="text-right">
                {text.facts.used}
              </th>
              <th scope="col">{text.facts.class}</th>
              <th scope="col">{text.facts.from}</th>
              <th scope="col">{text.facts.source}</th>
            </tr>
          </thead>
          <tbody>
            {prediction.basis.map((fact) => (
              <tr key={fact.field}>
                <th scope="row" className="!font-normal" title={fact.field}>
                  {factName(fact.field, all)}
                </th>
                <td className="numeric">{factText(fact)}</td>
                <td>
                  <StatusMark status={fact.status} />
                </td>
                <td className="text-note text-ink2">{text.facts.places[fact.from]}</td>
                <td className="text-note text-ink2 [overflow-wrap:anywhere]">{fact.sourceIds.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section aria-labelledby="explanation">
        <div className="section-head">
          <h2 id="explanation">{text.explanation}</h2>
        </div>
        <ul className="explanation">
          <ExplanationNode node={prediction.explanation} open />
        </ul>
      </section>
    </>
  )
})

/** How the value follows from the lines below it, or what stands behind a calibrated factor. */
function Follows({ node: { operation, exponent, scope, rows = 0, devices = 0 } }: { node: Explanation }) {
  const text = useText().workbench.follows
  if (scope !== undefined) return <span className="text-ink3">, {text.behind(rows, devices)}</span>
  if (operation === 'leaf') return null
  return <span className="text-ink3">, {operation === 'norm' ? text.norm(exponent ?? null) : text[operation]}</span>
}

function ExplanationNode({ node, open = false }: { node: Explanation; open?: boolean }) {
  const line = (
    <>
      <span className="mono w-20 flex-none text-ink3">{node.formula}</span>
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {node.quantity}
        <Follows node={node} />
      </span>
      <span className="mono whitespace-nowrap">{factText(node)}</span>
    </>
  )
  if (node.inputs.length === 0) return <li className="explanation-line">{line}</li>
  return (
    <li>
      <details open={open}>
        <summary className="explanation-line">{line}</summary>
        <ul className="border-l border-line pl-4">
          {node.inputs.map((input, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: formulas repeat; the tree never changes order.
            <ExplanationNode key={index} node={input} />
          ))}
        </ul>
      </details>
    </li>
  )
}
