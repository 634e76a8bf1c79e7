import { Link } from '@tanstack/react-router'
import type { Device } from '../../../simulator/hardware/device.ts'
import { topsFromMacsPerS } from '../../../simulator/quantities.ts'
import { nearestDevices, peakOf } from '../answer/nearest-devices.ts'
import { figure, plain } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'

const shown = 5

export function DeviceNearest({ device, devices }: { device: Device; devices: readonly Device[] }) {
  const text = useText().device.nearest
  const near = nearestDevices(device, devices, shown)
  if (near.length === 0) return null
  return (
    <section className="section" aria-labelledby="nearest">
      <h2 id="nearest">{text.title}</h2>
      <ul className="mt-2">
        {near.map((other) => (
          <li key={other.id} className="flex justify-between gap-3 border-b border-line py-1.5 text-dense">
            <Link to="/devices/$id" params={{ id: other.id }}>
              {other.name}
            </Link>
            <span className="numeric">{figuresOf(other)}</span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-note text-ink3">{text.note}</p>
    </section>
  )
}

function figuresOf(device: Device): string {
  const peak = peakOf(device)
  return [
    peak === null ? null : `${figure(topsFromMacsPerS(peak), 3)} TOPS`,
    device.tdpW === null ? null : `${plain(device.tdpW.value)} W`,
  ]
    .filter((each) => each !== null)
    .join(', ')
}
