import type { PresetRow } from '../answer/model-list.ts'
import { byteSize, joined, siPrefix } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import type { ModelDetail } from '../workers/model-service.ts'
import { CopyButton } from './copy-button.tsx'

/** Totals, kernels by runtime, and for a preset what defines it. */
export function ModelFacts({ detail, preset }: { detail: ModelDetail; preset: PresetRow | undefined }) {
  const { model: text, unknown } = useText()
  const { layers, totals, kernels } = detail
  const bytes = (value: number | null) => (value === null ? unknown : joined(byteSize(value)))
  const count = (value: number | null) => {
    if (value === null) return unknown
    const { text: figure, prefix } = siPrefix(value)
    return `${figure} ${prefix}`.trimEnd()
  }
  const command = preset === undefined ? null : `npx edgefit export preset:${preset.id} ${preset.id}.onnx`
  return (
    <div className="model-charts py-5">
      <dl className="facts content-start">
        <Fact name={text.facts.layers} value={`${layers.layers.length}`} />
        <Fact name={text.facts.params} value={count(totals.params)} exact={totals.params} />
        <Fact name={text.facts.macs} value={count(totals.macs)} exact={totals.macs} />
        <Fact name={text.facts.weightBytes} value={bytes(totals.weightBytes)} exact={totals.weightBytes} />
        <Fact name={text.facts.activationBytes} value={bytes(totals.activationBytes)} exact={totals.activationBytes} />
        <Fact name={text.facts.peak} value={bytes(layers.peakActivationBytes)} exact={layers.peakActivationBytes} />
        {preset !== undefined && <Fact name={text.sources} value={preset.citation} />}
        {command !== null && (
          <>
            <dt>{text.exportCommand}</dt>
            <dd className="flex flex-wrap items-center gap-2">
              <code className="mono">{command}</code>
              <CopyButton label={text.copy} content={() => Promise.resolve(command)} />
            </dd>
          </>
        )}
      </dl>
      <section aria-labelledby="kernels-by-runtime">
        <div className="section-head">
          <h2 id="kernels-by-runtime">{text.kernels.title}</h2>
          <span className="note">{text.kernels.note}</span>
        </div>
        <table>
          <thead>
            <tr>
              <th scope="col">{text.kernels.runtime}</th>
              <th scope="col" className="text-right">
                {text.kernels.count}
              </th>
            </tr>
          </thead>
          <tbody>
            {kernels.map(({ profile, kernels: amount }) => (
              <tr key={profile}>
                <th scope="row">{text.profiles[profile]}</th>
                <td className="numeric">{amount}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

/** Rounded as read, exact one step away. */
function Fact({ name, value, exact }: { name: string; value: string; exact?: number | null }) {
  return (
    <>
      <dt>{name}</dt>
      <dd title={exact == null ? undefined : exact.toLocaleString('en-US')}>{value}</dd>
    </>
  )
}
