import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TargetKey } from '../../../simulator/predict/prediction.ts'
import { type DeviceEvidence, likeTarget } from '../answer/device-evidence.ts'
import { fetchJson } from '../api/client.ts'
import { figure } from '../i18n/format.ts'
import { precisionText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { StatusMark } from './status-mark.tsx'

/** Rows before the page of the device is the better place. */
const shown = 4

/** What others measured of this preset on this device, nearest to the target first; nothing where nobody did. */
export function MeasuredHere({ preset, target }: { preset: string; target: TargetKey }) {
  const text = useText()
  const { deviceId } = target
  const rows = useQuery({
    queryKey: ['measured-here', deviceId],
    queryFn: async (): Promise<DeviceEvidence> => {
      // Loaded with the first detail, so that the first screen stays small.
      const { evidence } = await import('virtual:evidence')
      const file = evidence[deviceId]
      return file === undefined ? { rows: [], sources: [] } : fetchJson<DeviceEvidence>(file.url)
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  const here = rows.data === undefined ? [] : likeTarget(rows.data, preset, target)
  if (here.length === 0) return null
  return (
    <section>
      <h3>{text.detail.measuredHere}</h3>
      <ul className="mt-1">
        {here.slice(0, shown).map((row) => {
          const source = rows.data?.sources.find(({ id }) => id === row.sourceId)
          const mode = row.powerMode === '' ? '' : ` · ${row.powerMode}`
          return (
            <li key={row.rowId} className="flex items-baseline gap-2 py-[3px] text-note text-ink2">
              <StatusMark status="measured" bare />
              <span className="mono whitespace-nowrap text-ink">
                {figure(row.measured, 3)} {text.device.evidence.quantities[row.quantity]}
              </span>
              <span className="min-w-0 flex-1">
                {row.runtime} · {precisionText(row.precision)}
                {mode}
              </span>
              {source !== undefined && (
                <a href={source.locator} title={source.attribution} target="_blank" rel="noreferrer">
                  {row.sourceId}
                </a>
              )}
            </li>
          )
        })}
      </ul>
      {here.length > shown && (
        <Link to="/devices/$id" params={{ id: deviceId }} className="text-note">
          {text.detail.measuredMore(here.length - shown)}
        </Link>
      )}
    </section>
  )
}
