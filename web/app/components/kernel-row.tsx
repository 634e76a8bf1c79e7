import type { KernelPlace } from '../../../simulator/placement/kernel-places.ts'
import { mbFromBytes, opsFromMacs } from '../../../simulator/quantities.ts'
import type { IndexedKernel } from '../answer/kernel-order.ts'
import { movedBytes } from '../charts/kernel-shares.ts'
import { figure, percent } from '../i18n/format.ts'
import { reasonText } from '../i18n/place-text.ts'
import { unitText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { BoundMark } from './bound-mark.tsx'

interface KernelRowProps {
  readonly item: IndexedKernel
  /** `null` = where the target says. */
  readonly place: KernelPlace | null
  readonly longestMs: number
  readonly totalMs: number
  readonly selected: boolean
  readonly onSelect: (kernel: number) => void
}

export function KernelRow({ item, place, longestMs, totalMs, selected, onSelect }: KernelRowProps) {
  const { index, kernel } = item
  const text = useText()
  const losses = kernel.losses.map(
    ({ dimension, size, alignedTo, idleShare }) =>
      `${dimension}, ${size} → ${alignedTo}: ${percent(idleShare)} ${text.workbench.kernels.idle}`,
  )
  const colour = { compute: 'var(--comp)', memory: 'var(--mem)', link: 'var(--uplink)', overhead: 'var(--line2)' }[
    kernel.bound
  ]
  const unknown = <span className="unknown">{text.unknown}</span>
  return (
    <tr data-selected={selected}>
      <td className="numeric kernels-order text-ink3">{index + 1}</td>
      <th scope="row" className="kernels-name">
        <button
          type="button"
          aria-pressed={selected}
          className="mono text-left [overflow-wrap:anywhere]"
          title={kernel.operators.join(' + ')}
          onClick={() => onSelect(index)}
        >
          {kernel.name}
        </button>
        {place?.why && (
          <span className="block text-note font-normal text-ink3">
            {text.placement.on(unitText(place.unitId), selected ? reasonText(place.why, text) : '')}
          </span>
        )}
        {losses.length > 0 && selected && (
          <span className="block text-note font-normal text-ink3">{losses.join('; ')}</span>
        )}
      </th>
      <td className="kernels-class text-note text-ink2">{kernel.class}</td>
      <td className="numeric kernels-macs">
        {kernel.macs === null ? unknown : kernel.macs === 0 ? '0' : figure(kernel.macs / 1e6, 3)}
      </td>
      <td className="numeric kernels-bytes">{figure(mbFromBytes(movedBytes(kernel)), 2)}</td>
      <td className="numeric kernels-intensity">
        {kernel.arithmeticIntensity === null ? unknown : figure(opsFromMacs(kernel.arithmeticIntensity), 2)}
      </td>
      <td className="kernels-bar">
        <i className="block h-2.5" style={{ width: `${(100 * kernel.timeMs) / longestMs}%`, background: colour }} />
      </td>
      <td className="numeric">{figure(kernel.timeMs, 2)} ms</td>
      <td className="numeric text-ink3">{percent(kernel.timeMs / totalMs)}</td>
      <td className="kernels-bound text-note">
        <BoundMark bound={kernel.bound} />
      </td>
    </tr>
  )
}
