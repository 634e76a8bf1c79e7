import type { ReactNode } from 'react'

interface DataTableProps {
  readonly caption: string
  readonly head: readonly string[]
  /** The first cell names the row, the others are figures; as many as `head`. */
  readonly rows: readonly (readonly ReactNode[])[]
  /** A short table, which is never scrolled down. */
  readonly whole?: boolean
}

/** A plain table of figures; the first column names its row. */
export function DataTable({ caption, head, rows, whole = false }: DataTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard.
    <section className={whole ? 'overflow-x-auto' : 'max-h-80 overflow-auto'} aria-label={caption} tabIndex={0}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {head.map((name, index) => (
              <th key={name} scope="col" className={index === 0 ? '' : 'text-right'}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...figures], row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity and keep their order.
            <tr key={row}>
              <th scope="row" className="min-w-32">
                {name}
              </th>
              {figures.map((value, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                <td key={column} className="numeric">
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
