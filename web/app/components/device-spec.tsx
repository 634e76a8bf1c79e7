import { useMemo } from 'react'
import type { CatalogFact } from '../../../device-catalog/schema.ts'
import { shownStatus } from '../../../device-catalog/simulator-form.ts'
import type { DeviceSources } from '../../../worker/contract/device.ts'
import { confirmedShare, conflictsIn, isFact, type SpecLine, specificationOf } from '../answer/device-facts.ts'
import { plain } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { StatusMark } from './status-mark.tsx'

/** Every fact of the device: value, source class, and on opening a line who says so. */
export function DeviceSpec({ entry, sources }: DeviceSources) {
  const all = useText()
  const text = all.device
  const groups = useMemo(() => specificationOf(entry, all), [entry, all])
  const { confirmed, all: figures } = confirmedShare(groups)
  return (
    <section className="section" aria-labelledby="specification">
      <h2 id="specification">{text.specification}</h2>
      <p className="mt-1 text-note text-ink2">{text.confirmed(confirmed, figures)}</p>
      {groups.map(({ title, lines }) => (
        <div key={title} className="mt-4">
          <h3 className="border-b border-line2 pb-1">{title}</h3>
          {lines.map((line) => (
            <Line key={line.label} line={line} sources={sources} />
          ))}
        </div>
      ))}
      {conflictsIn(groups).map(({ label, fact }) => (
        <Conflict key={label} label={label} fact={fact} />
      ))}
      {entry.note !== null && <p className="mt-3 text-note text-ink2">{entry.note}</p>}
    </section>
  )
}

function Line({ line: { label, value }, sources }: { line: SpecLine; sources: DeviceSources['sources'] }) {
  const { unknown } = useText()
  if (!isFact(value)) {
    return (
      <div className="spec-plain">
        <span className="text-ink2">{label}</span>
        {value === null ? <span className="unknown">{unknown}</span> : <span className="col-span-2">{value}</span>}
      </div>
    )
  }
  return (
    <details className="spec-line">
      <summary>
        <span className="text-ink2">{label}</span>
        <span className="mono">{factValue(value)}</span>
        <StatusMark status={shownStatus(value)} />
      </summary>
      <FactDetail fact={value} sources={sources} />
    </details>
  )
}

function FactDetail({ fact, sources }: { fact: CatalogFact; sources: DeviceSources['sources'] }) {
  const text = useText().device
  return (
    <div>
      {fact.formula !== undefined && (
        <p>
          {text.formula}: <span className="mono">{fact.formula}</span>
        </p>
      )}
      {fact.note !== undefined && (
        <p>
          {text.note}: {fact.note}
        </p>
      )}
      {fact.retrieved !== null && (
        <p>
          {text.retrieved} {fact.retrieved}.
        </p>
      )}
      <ul>
        {fact.sourceIds.map((id) => {
          const source = sources.find((each) => each.id === id)
          if (source === undefined) return <li key={id}>{id}</li>
          return (
            <li key={id} className="mt-1">
              {source.publisher}: {source.title}
              {source.date !== null && `, ${source.date}`}. {source.locator}.{' '}
              {source.licence !== null && `${source.licence}. `}
              {source.retrieved === null && text.notRetrieved}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** Both values stay in sight, and which of them is used. */
function Conflict({ label, fact }: { label: string; fact: CatalogFact }) {
  const text = useText().device
  return (
    <div className="conflict">
      <h3>{text.conflict(label)}</h3>
      <dl className="facts mt-1">
        <dt className="mono">{factValue(fact)}</dt>
        <dd>
          {fact.note === undefined ? '' : `${fact.note}, `}
          {text.used}
        </dd>
        {fact.conflict?.map(({ value, note }) => (
          <Other key={`${value} ${note}`} value={factValue({ ...fact, value })} note={note} />
        ))}
      </dl>
      <p className="mt-1 text-ink3">{text.conflictNote}</p>
    </div>
  )
}

function Other({ value, note }: { value: string; note: string }) {
  return (
    <>
      <dt className="mono">{value}</dt>
      <dd>{note}</dd>
    </>
  )
}

/** In the unit it is published in; a year is no amount, and a product of figures has no more digits than they. */
function factValue({ value, unit, status }: Pick<CatalogFact, 'value' | 'unit' | 'status'>): string {
  return unit === 'year'
    ? String(value)
    : `${plain(status === 'derived' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value)} ${unit}`
}
