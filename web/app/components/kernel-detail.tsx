import type { KernelEdge } from '../../../simulator/placement/kernel-graph.ts'
import type { KernelPlace } from '../../../simulator/placement/kernel-places.ts'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { movedBytes } from '../charts/kernel-shares.ts'
import { byteSize, figure, joined, percent } from '../i18n/format.ts'
import { reasonText } from '../i18n/place-text.ts'
import { unitText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { BoundMark } from './bound-mark.tsx'

interface KernelDetailProps {
  readonly index: number
  readonly prediction: Prediction
  readonly place: KernelPlace | null
  readonly reads: readonly KernelEdge[]
  readonly onSelect: (kernel: number) => void
}

/** All that is known of one kernel. */
export function KernelDetail({ index, prediction, place, reads, onSelect }: KernelDetailProps) {
  const messages = useText()
  const { graph: text, workbench, unknown } = messages
  const kernel = prediction.kernels[index]
  if (kernel === undefined) return null
  const losses = kernel.losses.map(
    ({ dimension, size, alignedTo, idleShare }) =>
      `${dimension}, ${size} → ${alignedTo}: ${percent(idleShare)} ${workbench.kernels.idle}`,
  )
  return (
    <section aria-labelledby="kernel-detail" aria-live="polite">
      <div className="section-head">
        <h2 id="kernel-detail">{`${index + 1}. ${kernel.name}`}</h2>
        <span className="note">{kernel.class}</span>
      </div>
      <dl className="kernel-detail">
        <dt>{text.operators}</dt>
        <dd className="[overflow-wrap:anywhere]">{kernel.operators.join(' + ')}</dd>
        <dt>{messages.placement.unit}</dt>
        <dd>
          {unitText(place?.unitId ?? prediction.unitId)}
          {place?.why && `: ${reasonText(place.why, messages)}`}
        </dd>
        <dt>{workbench.kernels.time}</dt>
        <dd>
          {figure(kernel.timeMs, 3)} ms <BoundMark bound={kernel.bound} />
        </dd>
        <dt>{workbench.kernels.mmac}</dt>
        <dd>{kernel.macs === null ? unknown : kernel.macs === 0 ? '0' : figure(kernel.macs / 1e6, 3)}</dd>
        <dt>{text.moved}</dt>
        <dd>{joined(byteSize(movedBytes(kernel)))}</dd>
        {reads.length > 0 && (
          <>
            <dt>{text.reads}</dt>
            <dd>
              {reads.map(({ from, bytes }) => (
                <button key={from} type="button" className="link mr-3" onClick={() => onSelect(from)}>
                  {`${from + 1}. ${prediction.kernels[from]?.name ?? ''} (${joined(byteSize(bytes))})`}
                </button>
              ))}
            </dd>
          </>
        )}
        {losses.length > 0 && (
          <>
            <dt>{text.losses}</dt>
            <dd>{losses.join('; ')}</dd>
          </>
        )}
      </dl>
    </section>
  )
}
