import type { Verdict } from '../../../simulator/decide/budget.ts'
import type { Stop } from '../answer/stops.ts'
import { useText } from '../i18n/use-text.ts'

const order = ['fails', 'unknown', 'tight'] as const satisfies readonly Verdict[]

/** How many devices each limit stops; full bars miss it, half ones are close, dashed ones cannot be judged. */
export function Stops({ stops }: { stops: readonly Stop[] }) {
  const text = useText()
  const total = stops.reduce((sum, stop) => sum + stop.total, 0)
  const longest = Math.max(1, ...stops.map((stop) => stop.total))
  return (
    <section className="section" aria-labelledby="stops">
      <div className="section-head">
        <h2 id="stops">{text.stops.title(total)}</h2>
        <span className="note">{text.stops.note}</span>
      </div>
      <table className="stops">
        <caption className="visually-hidden">{text.stops.table}</caption>
        <tbody>
          {stops.map((stop) => (
            <tr key={stop.limit}>
              <th scope="row">{text.limits[stop.limit]}</th>
              <td>
                <span className="flex items-center gap-0.5">
                  {order.map((verdict) =>
                    stop.byVerdict[verdict] === 0 ? null : (
                      <span
                        key={verdict}
                        className={`stop-bar stop-${verdict}`}
                        style={{ width: `${(85 * stop.byVerdict[verdict]) / longest}%` }}
                        title={`${stop.byVerdict[verdict]} ${text.stops[verdict]}`}
                      >
                        <span className="visually-hidden">
                          {stop.byVerdict[verdict]} {text.stops[verdict]}{' '}
                        </span>
                      </span>
                    ),
                  )}
                  <span className="mono ml-1.5">{stop.total}</span>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 flex flex-wrap gap-x-4 text-note text-ink2" aria-hidden="true">
        {order
          .filter((verdict) => stops.some((stop) => stop.byVerdict[verdict] > 0))
          .map((verdict) => (
            <span key={verdict} className="inline-flex items-center gap-1.5">
              <i className={`stop-bar stop-${verdict} !w-3`} />
              {text.stops[verdict]}
            </span>
          ))}
      </p>
    </section>
  )
}
