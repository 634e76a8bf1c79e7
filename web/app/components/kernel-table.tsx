import { memo, useState } from 'react'
import type { KernelPlace } from '../../../simulator/placement/kernel-places.ts'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { csvText } from '../../../simulator/report/csv.ts'
import { type KernelColumn, type KernelSort, sortKernels } from '../answer/kernel-order.ts'
import { movedBytes } from '../charts/kernel-shares.ts'
import { useText } from '../i18n/use-text.ts'
import { saveFile } from '../state/save-file.ts'
import { KernelRow } from './kernel-row.tsx'

interface KernelTableProps {
  readonly prediction: Prediction
  /** In the order of the kernels. */
  readonly places: readonly KernelPlace[]
  readonly selected: number | null
  readonly onSelect: (kernel: number) => void
}

const shownAtFirst = 12

/** Every kernel with its work, traffic, time and bound; the table twin of all charts above it. */
export const KernelTable = memo(function KernelTable({ prediction, places, selected, onSelect }: KernelTableProps) {
  const text = useText().workbench.kernels
  const [sort, setSort] = useState<KernelSort>({ column: 'time', descending: true })
  const [all, setAll] = useState(false)
  const { kernels } = prediction
  const sorted = sortKernels(kernels, sort)
  const shown = all ? sorted : sorted.slice(0, shownAtFirst)
  const longestMs = Math.max(...kernels.map(({ timeMs }) => timeMs))
  const totalMs = kernels.reduce((sum, { timeMs }) => sum + timeMs, 0)
  const columns: readonly (readonly [column: KernelColumn, name: string, numeric: boolean])[] = [
    ['order', text.order, true],
    ['name', text.name, false],
    ['class', text.class, false],
    ['macs', text.mmac, true],
    ['bytes', text.bytes, true],
    ['intensity', text.intensity, true],
    ['time', text.time, false],
    ['bound', text.bound, false],
  ]
  return (
    <section aria-labelledby="kernels">
      <div className="section-head">
        <h2 id="kernels">{text.title}</h2>
        <span className="note">{text.note(shown.length, kernels.length)}</span>
        <span className="flex gap-3 text-note">
          {kernels.length > shownAtFirst && (
            <button type="button" className="link" onClick={() => setAll(!all)}>
              {all ? text.showFewer : text.showAll}
            </button>
          )}
          <button
            type="button"
            className="link"
            onClick={() => saveFile(kernelCsv(prediction, places), 'edgefit-kernels.csv', 'text/csv')}
          >
            {text.csv}
          </button>
        </span>
      </div>
      <table className="kernels">
        <caption className="visually-hidden">{text.caption}</caption>
        <thead>
          <tr>
            {columns.map(([column, name, numeric]) => {
              const active = sort.column === column
              return (
                <th
                  key={column}
                  scope="col"
                  colSpan={column === 'time' ? 3 : 1}
                  className={`kernels-${column} ${numeric ? 'text-right' : ''}`}
                  aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : undefined}
                >
                  <button
                    type="button"
                    className="sort"
                    onClick={() =>
                      setSort({ column, descending: active ? !sort.descending : numeric || column === 'time' })
                    }
                  >
                    {name}
                    {active ? (sort.descending ? ' ↓' : ' ↑') : ''}
                  </button>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {shown.map((item) => (
            <KernelRow
              key={item.index}
              item={item}
              place={places[item.index] ?? null}
              longestMs={longestMs}
              totalMs={totalMs}
              selected={item.index === selected}
              onSelect={onSelect}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
})

function kernelCsv({ kernels }: Prediction, places: readonly KernelPlace[]): string {
  const head = [
    'order',
    'kernel',
    'operators',
    'class',
    'unit',
    'macs',
    'vector_ops',
    'moved_bytes',
    'live_bytes',
    'time_ms',
    'compute_ms',
    'memory_ms',
    'link_ms',
    'overhead_ms',
    'bound',
  ]
  const cell = (value: number | null): string => (value === null ? '' : String(value))
  return csvText([
    head,
    ...kernels.map((kernel, index) => [
      String(index + 1),
      kernel.name,
      kernel.operators.join(' '),
      kernel.class,
      places[index]?.unitId ?? '',
      cell(kernel.macs),
      cell(kernel.vectorOps),
      cell(movedBytes(kernel)),
      cell(kernel.liveBytes),
      cell(kernel.timeMs),
      cell(kernel.computeMs),
      cell(kernel.memoryMs),
      cell(kernel.linkMs),
      cell(kernel.overheadMs),
      kernel.bound,
    ]),
  ])
}
