import { useId, useState } from 'react'
import { byWeight, type DiffRow } from '../answer/diff-rows.ts'
import { useText } from '../i18n/use-text.ts'
import { SignedAmount } from './signed-amount.tsx'

const shownAtFirst = 20

/** One kind of change, the largest first. Nothing is drawn where nothing is of that kind. */
export function DiffSection({ title, rows }: { title: string; rows: readonly DiffRow[] }) {
  const text = useText()
  const id = useId()
  const [all, setAll] = useState(false)
  if (rows.length === 0) return null
  const sorted = byWeight(rows)
  const shown = all ? sorted : sorted.slice(0, shownAtFirst)
  return (
    <section className="section mt-8" aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        <span className="note">{shown.length < rows.length && text.diff.rest(rows.length - shown.length)}</span>
        {rows.length > shownAtFirst && (
          <button type="button" className="link text-note" onClick={() => setAll(!all)}>
            {all ? text.model.table.fewer : text.model.table.all}
            <span className="visually-hidden">: {title}</span>
          </button>
        )}
      </div>
      <table className="layers">
        <thead>
          <tr>
            <th scope="col">{text.model.table.name}</th>
            <th scope="col" className="layers-op">
              {text.model.table.op}
            </th>
            <th scope="col" className="layers-output">
              {text.diff.what}
            </th>
            <th scope="col" className="text-right">
              {text.model.table.params}
            </th>
            <th scope="col" className="text-right">
              {text.model.table.macs}
            </th>
            <th scope="col" className="layers-weightBytes text-right">
              {text.model.table.weightBytes}
            </th>
            <th scope="col" className="layers-activationBytes text-right">
              {text.model.table.activationBytes}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and rows keep their order.
            <tr key={index}>
              <th scope="row">{row.name}</th>
              <td className="layers-op">{row.op}</td>
              <td className="layers-output diff-what">
                {row.what.map(({ aspect, before, after }) => (
                  <div key={aspect}>
                    {text.diff.aspects[aspect]} {before} → {after}
                  </div>
                ))}
              </td>
              <SignedAmount value={row.delta.params} />
              <SignedAmount value={row.delta.macs} />
              <SignedAmount value={row.delta.weightBytes} className="layers-weightBytes" />
              <SignedAmount value={row.delta.activationBytes} className="layers-activationBytes" />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
