import { BandLine, type BandPoint } from '../charts/band-line.tsx'
import type { Scale } from '../charts/scale.ts'
import { ChartFrame } from './chart-frame.tsx'
import { DataTable } from './data-table.tsx'
import { Sized } from './sized.tsx'

interface BandFigureProps {
  readonly title: string
  readonly note: string
  readonly summary: string
  readonly fileName: string
  readonly points: readonly BandPoint[]
  readonly x: Scale
  readonly y: Scale
  readonly marked: BandPoint | null
  readonly labels: { readonly x: string; readonly y: string; readonly marked: string }
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A figure over a condition, with its band, its sentence and its table. */
export function BandFigure(props: BandFigureProps) {
  const { title, note, summary, fileName, points, x, y, marked, labels, head, rows } = props
  return (
    <ChartFrame
      title={title}
      note={note}
      summary={summary}
      fileName={fileName}
      footnote={summary}
      chart={<Sized>{(width) => <BandLine {...{ points, x, y, marked, width, labels }} label={summary} />}</Sized>}
      table={<DataTable caption={title} head={head} rows={rows} />}
    />
  )
}
