import type { EndToEnd } from '../../../simulator/placement/end-to-end.ts'
import { figure } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'

/** The network alone and end to end, always side by side. */
export function PaceTable({ endToEnd: { modelOnly, endToEnd } }: { endToEnd: EndToEnd }) {
  const text = useText().stages
  const rows = [
    [text.latency, 'latencyMs'],
    [text.oneAtATime, 'oneAtATimePerS'],
    [text.inFlight, 'inFlightPerS'],
  ] as const
  return (
    <table className="pace">
      <caption className="visually-hidden">{text.table}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{text.modelOnly}</th>
          <th scope="col">{text.endToEnd}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, field]) => (
          <tr key={field}>
            <th scope="row">{name}</th>
            <td className="mono">{figure(modelOnly[field], 3)}</td>
            <td className="mono">{figure(endToEnd[field], 3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
