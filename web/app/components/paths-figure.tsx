import { PathBars } from '../charts/path-bars.tsx'
import { partOrder } from '../charts/path-geometry.ts'
import { figure, significantDigits } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import type { Place } from '../workers/compare-places.ts'
import { ChartFrame } from './chart-frame.tsx'
import { DataTable } from './data-table.tsx'
import { Sized } from './sized.tsx'

export function PathsFigure({ places, deadlineMs }: { places: readonly Place[]; deadlineMs: number | null }) {
  const text = useText()
  const names = text.edgeCloud.parts
  const bars = places.map((place) => ({
    key: place.kind,
    name: `${text.edgeCloud[place.kind]}${place.measuredMs === null ? '' : `, ${text.edgeCloud.measured}`}`,
    parts: place.path.parts,
    total: totalText(place),
  }))
  const summary = places.map((place) => `${text.edgeCloud[place.kind]}: ${totalText(place)}`).join('. ')

  function totalText({ path: { totalMs } }: Place): string {
    if (totalMs.availability === 'unavailable') return text.rows.noFigure(totalMs.missing)
    return `${figure(totalMs.p50, significantDigits(totalMs))} ms`
  }

  return (
    <div className="section">
      <ChartFrame
        title={text.edgeCloud.where}
        note={text.edgeCloud.pathNote}
        summary={summary}
        fileName="edgefit-paths"
        legend={<Legend />}
        chart={
          <Sized>
            {(width) => (
              <PathBars bars={bars} width={width} label={summary} partNames={names} deadlineMs={deadlineMs} />
            )}
          </Sized>
        }
        table={
          <DataTable
            caption={text.edgeCloud.where}
            head={[text.edgeCloud.place, ...partOrder.map((part) => `${names[part]}, ms`)]}
            rows={bars.map(({ name, parts }) => [
              name,
              ...partOrder.map((part) => (parts === null ? text.unknown : figure(parts[part], 3))),
            ])}
          />
        }
      />
    </div>
  )
}

const swatches = {
  connectMs: 'var(--line2)',
  uplinkMs: 'var(--uplink)',
  roundTripMs: 'repeating-linear-gradient(135deg, var(--uplink) 0 2px, transparent 2px 4px)',
  inferenceMs: 'var(--ink)',
  downlinkMs: 'var(--ink3)',
} as const

function Legend() {
  const names = useText().edgeCloud.parts
  return (
    <span className="flex flex-wrap gap-x-3.5 text-note text-ink2">
      {partOrder.map((part) => (
        <span key={part} className="inline-flex items-center gap-1.5">
          <i className="size-2.5" style={{ background: swatches[part] }} />
          {names[part]}
        </span>
      ))}
    </span>
  )
}
