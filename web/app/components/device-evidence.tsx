import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Quantity, quantities } from '../../../device-catalog/pairs/quantity.ts'
import type { AvailableMetric } from '../../../simulator/predict/prediction.ts'
import type { DeviceEvidence, MeasuredRow } from '../answer/device-evidence.ts'
import { clip, logDomain, logTicks, position, type Scale } from '../charts/scale.ts'
import { figure, range } from '../i18n/format.ts'
import { precisionText, unitText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { AxisTicks } from './axis-ticks.tsx'
import { IntervalStrip } from './interval-strip.tsx'
import { Segments } from './segments.tsx'

/** Rows before "Show all". */
const shownAtFirst = 12

/** What was measured on the device, beside what the engine says without that network in the fit. */
export function DeviceEvidenceTable({ evidence }: { evidence: DeviceEvidence }) {
  const all = useText()
  const text = all.device.evidence
  const [unit, setUnit] = useState('')
  const [expanded, setExpanded] = useState(false)
  const units = [...new Set(evidence.rows.map((row) => row.unit))].filter((each) => each !== '').sort()
  const rows = evidence.rows.filter((row) => unit === '' || row.unit === unit)
  const shown = expanded ? rows : rows.slice(0, shownAtFirst)
  const drawn = mostFrequent(rows)
  const scale: Scale = { kind: 'log', domain: logDomain(shown.flatMap((row) => figuresOf(row, drawn))) }
  return (
    <>
      <div className="section-head">
        <h2 id="evidence">{text.title}</h2>
        <span className="note">{text.note(shown.length, evidence.rows.length)}</span>
        {units.length > 1 && (
          <Segments
            name="evidence-unit"
            label={text.unit}
            options={[{ value: '', label: text.all }, ...units.map((value) => ({ value, label: unitText(value) }))]}
            value={unit}
            onChange={setUnit}
          />
        )}
      </div>
      <table className="device-evidence">
        <thead>
          <tr>
            <th scope="col">{text.model}</th>
            <th scope="col">{text.runtime}</th>
            <th scope="col" className="devices-chip">
              {text.precision}
            </th>
            <th scope="col" className="evidence-axis">
              {text.axis(drawn)}
              <span className="axis" aria-hidden="true">
                <AxisTicks scale={scale} ticks={logTicks(scale.domain, 7)} />
              </span>
            </th>
            <th scope="col" className="text-right">
              {text.measured}
            </th>
            <th scope="col" className="devices-chip text-right">
              {text.band}
            </th>
            <th scope="col" className="text-right">
              {text.source}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row key={`${row.rowId} ${row.quantity}`} {...{ row, scale, drawn }} sources={evidence.sources} />
          ))}
        </tbody>
      </table>
      {rows.length > shownAtFirst && (
        <button type="button" className="link mt-2 min-h-7 text-dense" onClick={() => setExpanded(!expanded)}>
          {expanded ? all.rows.showFewer : all.rows.showAll(rows.length)}
        </button>
      )}
      <details className="mt-3 text-note text-ink2">
        <summary className="min-h-6">{text.licences}</summary>
        <ul className="mt-1">
          {evidence.sources.map(({ id, attribution }) => (
            <li key={id}>{attribution}</li>
          ))}
        </ul>
      </details>
    </>
  )
}

interface RowProps {
  readonly row: MeasuredRow
  readonly scale: Scale
  /** The quantity of the axis. */
  readonly drawn: Quantity
  readonly sources: DeviceEvidence['sources']
}

function Row({ row, scale, drawn, sources }: RowProps) {
  const { evidence: text } = useText().device
  const { presetId, runtime, precision, powerMode, batch, quantity, measured, heldOut, sourceId } = row
  const source = sources.find(({ id }) => id === sourceId)
  const conditions = [powerMode, batch === null || batch === 1 ? '' : text.batch(batch)].filter((each) => each !== '')
  return (
    <tr>
      <th scope="row">
        <Link to="/models/$id" params={{ id: presetId }} className="text-ink">
          {presetId}
        </Link>
      </th>
      <td>
        {runtime}
        {conditions.length > 0 && <span className="block text-note text-ink3">{conditions.join(' · ')}</span>}
      </td>
      <td className="devices-chip">{precisionText(precision)}</td>
      <td className="evidence-axis" aria-hidden="true">
        {quantity === drawn && (
          <>
            {heldOut !== null && heldOut.pi80 !== null && (
              <IntervalStrip
                metric={bandOf(heldOut.predicted, heldOut.pi80)}
                scale={scale}
                limit={null}
                verdict={null}
              />
            )}
            <i className="measured-mark" style={{ left: `${clip(position(scale, measured))}%` }} />
          </>
        )}
      </td>
      <td className="numeric">
        {figure(measured, 3)} <span className="text-ink3">{text.quantities[quantity]}</span>
      </td>
      <td className="devices-chip numeric text-ink2">{heldOut?.pi80 == null ? '' : range(...heldOut.pi80, 2)}</td>
      <td className="evidence-source numeric">
        {source === undefined ? (
          sourceId
        ) : (
          <a href={source.locator} title={source.attribution} target="_blank" rel="noreferrer">
            {sourceId}
          </a>
        )}
      </td>
    </tr>
  )
}

/** Only the 80 % band was kept: the hairline of 95 % ends where the bar does. */
function bandOf(p50: number, pi80: readonly [number, number]): AvailableMetric {
  return { availability: 'available', p50, pi80, pi95: pi80 }
}

function figuresOf({ quantity, measured, heldOut }: MeasuredRow, drawn: Quantity): readonly number[] {
  return quantity === drawn ? [measured, ...(heldOut?.pi80 ?? [])] : []
}

/** Only figures of one quantity lie on one axis. */
function mostFrequent(rows: readonly MeasuredRow[]): Quantity {
  const count = (quantity: Quantity) => rows.filter((row) => row.quantity === quantity).length
  return quantities.toSorted((a, b) => count(b) - count(a))[0] ?? 'latency'
}
