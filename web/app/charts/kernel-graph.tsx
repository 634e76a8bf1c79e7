import { type KeyboardEvent, type UIEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { groupBy } from '../../../simulator/group-by.ts'
import type { KernelResult } from '../../../simulator/predict/prediction.ts'
import type { GraphLayout, Piece } from './graph-layout.ts'

interface GraphNode {
  readonly kernel: KernelResult
  /** Second line: what is fused in it, and its time. */
  readonly note: string
  /** Unit that it falls back to; `null` = it runs on the unit of the target. */
  readonly elsewhere: string | null
  /** The whole in words, read instead of the drawing. */
  readonly label: string
}

interface KernelGraphProps {
  readonly layout: GraphLayout
  /** In the order of execution. */
  readonly nodes: readonly GraphNode[]
  readonly label: string
  readonly selected: number | null
  readonly onSelect: (kernel: number) => void
}

const column = 176
const nodeWidth = 168
const nodeHeight = 38
const pitch = 64
const margin = 12
const viewHeight = 560
/** Nodes further away than this are not drawn; small graphs are drawn whole. */
const drawnBeyond = 600
const drawnWhole = 300
const pageStep = 10

/** Kernels from top to bottom as data flows; a list box, so that arrows walk through them. */
export function KernelGraphChart({ layout, nodes, label, selected, onSelect }: KernelGraphProps) {
  const id = useId()
  const frame = useRef<HTMLDivElement>(null)
  const [scrolled, setScrolled] = useState(0)
  const x = (columns: number) => margin + columns * column
  const y = (layer: number) => margin + layer * pitch
  const width = x(layout.width) + margin
  const height = y(layout.layers - 1) + nodeHeight + margin
  const [first, last] =
    layout.layers <= drawnWhole
      ? [0, layout.layers]
      : [Math.floor((scrolled - drawnBeyond) / pitch) - 1, Math.ceil((scrolled + viewHeight + drawnBeyond) / pitch) + 1]
  const byLayer = useMemo(() => nodesByLayer(layout), [layout])
  const piecesByLayer = useMemo(() => groupBy(layout.pieces, ({ layer }) => layer), [layout])
  const layers = Array.from(
    { length: Math.max(0, Math.min(last, layout.layers - 1) - Math.max(0, first) + 1) },
    (_, at) => Math.max(0, first) + at,
  )
  const drawn = layers.flatMap((layer) => byLayer.get(layer) ?? [])

  useEffect(() => {
    const view = frame.current
    if (view === null) return
    // Before anything is chosen, what is executed first.
    const shown = selected ?? 0
    const top = margin + (layout.layer[shown] ?? 0) * pitch
    const middle = margin + (layout.x[shown] ?? 0) * column
    if (top < view.scrollTop || top + nodeHeight > view.scrollTop + view.clientHeight) {
      view.scrollTop = top - view.clientHeight / 2
    }
    if (middle - column / 2 < view.scrollLeft || middle + column / 2 > view.scrollLeft + view.clientWidth) {
      view.scrollLeft = middle - view.clientWidth / 2
    }
  }, [selected, layout])

  const onScroll = ({ currentTarget }: UIEvent<HTMLDivElement>) => {
    // Drawn anew only when what is beyond the edge runs out.
    if (Math.abs(currentTarget.scrollTop - scrolled) > drawnBeyond / 2) setScrolled(currentTarget.scrollTop)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextNode(event.key, selected, layout, byLayer)
    if (next === null) return
    event.preventDefault()
    onSelect(next)
  }
  return (
    <div
      ref={frame}
      className="graph-view"
      style={{ height: Math.min(viewHeight, height) }}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={selected !== null && drawn.includes(selected) ? `${id}-${selected}` : undefined}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <svg className="chart" role="presentation" style={{ width, height }} viewBox={`0 0 ${width} ${height}`}>
        {layers
          .flatMap((layer) => piecesByLayer.get(layer) ?? [])
          .map((piece, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other identity.
            <path key={index} d={pathOf(piece, x, y)} fill="none" stroke="var(--ctl)" />
          ))}
        {drawn.map((node) => {
          const shown = nodes[node]
          if (shown === undefined) return null
          return (
            <Node
              key={node}
              id={`${id}-${node}`}
              node={shown}
              left={x(layout.x[node] ?? 0) - nodeWidth / 2}
              top={y(layout.layer[node] ?? 0)}
              isSelected={node === selected}
              onClick={() => onSelect(node)}
            />
          )
        })}
      </svg>
    </div>
  )
}

interface NodeProps {
  readonly id: string
  readonly node: GraphNode
  readonly left: number
  readonly top: number
  readonly isSelected: boolean
  readonly onClick: () => void
}

function Node({ id, node: { kernel, note, elsewhere, label }, left, top, isSelected, onClick }: NodeProps) {
  return (
    <g id={id} role="option" aria-selected={isSelected} onClick={onClick} className="graph-node">
      <title>{label}</title>
      <rect
        x={left}
        y={top}
        width={nodeWidth}
        height={nodeHeight}
        fill={elsewhere === null ? 'var(--bg2)' : 'var(--bg)'}
        stroke={isSelected ? 'var(--ink)' : 'var(--line2)'}
        strokeWidth={isSelected ? 2 : 1}
        strokeDasharray={elsewhere === null ? undefined : '4 3'}
      />
      <rect
        x={left}
        y={top}
        width="4"
        height={nodeHeight}
        fill={elsewhere === null ? 'var(--comp)' : 'var(--uplink)'}
      />
      <text className="strong" x={left + 11} y={top + 16}>
        {shortened(kernel.name, elsewhere === null ? 24 : 19)}
      </text>
      {elsewhere !== null && (
        <text x={left + nodeWidth - 6} y={top + 16} textAnchor="end">
          {elsewhere}
        </text>
      )}
      <text x={left + 11} y={top + 31}>
        {shortened(note, 27)}
      </text>
    </g>
  )
}

function pathOf({ fromX, toX, layer, from }: Piece, x: (at: number) => number, y: (at: number) => number): string {
  // Lines that go on pass a layer straight.
  const start = y(layer) + nodeHeight
  const end = y(layer + 1)
  const turn = (start + end) / 2
  const into = from === -1 ? `M${x(fromX)} ${y(layer)}V${start}` : `M${x(fromX)} ${start}`
  return `${into}C${x(fromX)} ${turn} ${x(toX)} ${turn} ${x(toX)} ${end}`
}

/** The middle goes, since names begin alike and end unlike. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const kept = most - 1
  return `${text.slice(0, Math.ceil(kept / 2))}…${text.slice(text.length - Math.floor(kept / 2))}`
}

/** From left to right. */
function nodesByLayer({ layer, x }: GraphLayout): ReadonlyMap<number, readonly number[]> {
  const nodes = [...layer.keys()].toSorted((a, b) => (x[a] ?? 0) - (x[b] ?? 0))
  return groupBy(nodes, (node) => layer[node] ?? 0)
}

/** Up and down in the order of execution, left and right within a layer; `null` = another key, or the end. */
function nextNode(
  key: string,
  selected: number | null,
  { layer }: GraphLayout,
  byLayer: ReadonlyMap<number, readonly number[]>,
): number | null {
  const last = layer.length - 1
  const at = selected ?? -1
  const row = byLayer.get(layer[at] ?? -1) ?? []
  const beside = (step: number): number => row[row.indexOf(at) + step] ?? at
  const targets: Readonly<Record<string, () => number>> = {
    ArrowDown: () => Math.min(last, at + 1),
    ArrowUp: () => Math.max(0, at - 1),
    PageDown: () => Math.min(last, at + pageStep),
    PageUp: () => Math.max(0, at - pageStep),
    Home: () => 0,
    End: () => last,
    ArrowRight: () => beside(1),
    ArrowLeft: () => beside(-1),
  }
  const target = targets[key]?.() ?? null
  return target === null || target < 0 ? null : target
}
