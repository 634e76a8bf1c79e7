import { type ReactNode, useId, useRef, useState } from 'react'
import { downloadChart } from '../charts/download.ts'
import { useText } from '../i18n/use-text.ts'

interface ChartFrameProps {
  readonly title: string
  /** What is drawn, beside the title. */
  readonly note: string
  /** One sentence that says what the chart shows; read instead of the drawing. */
  readonly summary: string
  readonly fileName: string
  readonly chart: ReactNode
  /** The same figures as a table. */
  readonly table: ReactNode
  readonly legend?: ReactNode
  readonly footnote?: ReactNode
}

/** Every chart has a name, a sentence, a table twin and its SVG as a file. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, note, summary, fileName, chart, table, legend, footnote } = props
  const text = useText().charts
  const [asTable, setAsTable] = useState(false)
  const drawing = useRef<HTMLDivElement>(null)
  const id = useId()
  return (
    <figure className="m-0 min-w-0" aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        <span className="note">{note}</span>
        {legend}
        <span className="flex gap-3 text-note">
          <button type="button" className="link" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? text.chart : text.table}
            <span className="visually-hidden">: {title}</span>
          </button>
          {!asTable && (
            <button type="button" className="link" onClick={() => downloadChart(drawing.current, `${fileName}.svg`)}>
              {text.svg}
              <span className="visually-hidden">: {title}</span>
            </button>
          )}
        </span>
      </div>
      {asTable ? table : <div ref={drawing}>{chart}</div>}
      <figcaption className={footnote ? 'mt-2 text-note text-ink2' : 'visually-hidden'}>
        {footnote}
        <span className="visually-hidden">{summary}</span>
      </figcaption>
    </figure>
  )
}
