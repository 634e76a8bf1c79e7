import { useMemo, useState } from 'react'
import type { Device } from '../../../simulator/hardware/device.ts'
import { deviceSupport, type SupportCell } from '../answer/device-support.ts'
import { useText } from '../i18n/use-text.ts'
import { VerdictGlyph } from './verdict.tsx'

/** Rows before "All". */
const shownAtFirst = 10

const glyphs = { yes: 'fits', no: 'fails', unlisted: 'unknown' } as const

/** Operations by runtime; each cell has its reason on hover, each column its list. */
export function DeviceSupport({ device }: { device: Device }) {
  const text = useText().device.support
  const [all, setAll] = useState(false)
  const { tables, rows } = useMemo(() => deviceSupport(device), [device])
  const shown = all ? rows : rows.slice(0, shownAtFirst)
  return (
    <section className="section" aria-labelledby="operators">
      <div className="section-head">
        <h2 id="operators">{text.title}</h2>
        {tables.length > 0 && <span className="note">{text.note}</span>}
        {rows.length > shownAtFirst && (
          <button type="button" className="link text-note" onClick={() => setAll(!all)}>
            {all ? text.fewer : text.all(rows.length)}
          </button>
        )}
      </div>
      {tables.length === 0 ? (
        <p className="text-dense text-ink2">{text.none}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard.
        <section className="max-h-[480px] overflow-auto" aria-label={text.note} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{text.operation}</th>
                {tables.map(({ id, title }) => (
                  <th key={id} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ operation, cells }) => (
                <tr key={operation}>
                  <th scope="row" className="font-normal">
                    {operation}
                  </th>
                  {cells.map((cell, column) => (
                    <td key={tables[column]?.id}>
                      <Cell cell={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <ul className="mt-2 text-note text-ink2">
        {tables.map(({ id, title, version, status, source, unlisted }) => (
          <li key={id}>
            <a href={source} target="_blank" rel="noreferrer">
              {text.source(version === null ? title : `${title} ${version}`, text.statuses[status])}
            </a>
            . {text.others[unlisted]}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Cell({ cell: { state, reason } }: { cell: SupportCell }) {
  const text = useText().device.support
  return (
    <span
      className={`v-${glyphs[state]} inline-flex items-center gap-1 text-note text-(--v)`}
      title={reason ?? undefined}
    >
      <VerdictGlyph verdict={glyphs[state]} size={10} />
      {text[state]}
    </span>
  )
}
