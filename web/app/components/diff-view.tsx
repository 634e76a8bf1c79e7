import type { Amounts, ModelDiff } from '../../../simulator/graph/diff.ts'
import { addedRow, changedRow, removedRow } from '../answer/diff-rows.ts'
import { useText } from '../i18n/use-text.ts'
import { DiffSection } from './diff-section.tsx'
import { SignedAmount } from './signed-amount.tsx'

const amounts = ['params', 'macs', 'weightBytes', 'activationBytes'] as const satisfies readonly (keyof Amounts)[]

/** Totals side by side, then the layers behind the difference. */
export function DiffView({ diff }: { diff: ModelDiff }) {
  const text = useText()
  const { before, after, delta, added, removed, changed, unchanged } = diff
  const isSame = added.length + removed.length + changed.length === 0
  const peak =
    before.peakActivationBytes === null || after.peakActivationBytes === null
      ? null
      : after.peakActivationBytes - before.peakActivationBytes
  const exact = (value: number | null) => (value === null ? text.unknown : value.toLocaleString('en-US'))
  return (
    <>
      <section className="section" aria-labelledby="diff-totals">
        <div className="section-head">
          <h2 id="diff-totals">{text.diff.totals}</h2>
          <span className="note" role="status">
            {isSame ? text.diff.same : text.diff.counts(changed.length, added.length, removed.length, unchanged)}
          </span>
        </div>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{text.diff.totals}</span>
              </th>
              <th scope="col" className="text-right">
                {before.name}
              </th>
              <th scope="col" className="text-right">
                {after.name}
              </th>
              <th scope="col" className="text-right">
                {text.diff.delta}
              </th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{text.model.facts.layers}</th>
              <td className="numeric">{before.layers}</td>
              <td className="numeric">{after.layers}</td>
              <SignedAmount value={after.layers - before.layers} />
            </tr>
            {amounts.map((key) => (
              <tr key={key}>
                <th scope="row">{text.model.table[key]}</th>
                <td className="numeric">{exact(before[key])}</td>
                <td className="numeric">{exact(after[key])}</td>
                <SignedAmount value={delta[key]} />
              </tr>
            ))}
            <tr>
              <th scope="row">{text.model.facts.peak}</th>
              <td className="numeric">{exact(before.peakActivationBytes)}</td>
              <td className="numeric">{exact(after.peakActivationBytes)}</td>
              <SignedAmount value={peak} />
            </tr>
          </tbody>
        </table>
      </section>
      <DiffSection title={text.diff.changed(changed.length)} rows={changed.map(changedRow)} />
      <DiffSection title={text.diff.added(added.length)} rows={added.map(addedRow)} />
      <DiffSection title={text.diff.removed(removed.length)} rows={removed.map(removedRow)} />
    </>
  )
}
