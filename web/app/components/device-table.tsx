import { Link } from '@tanstack/react-router'
import type { Device, Fact } from '../../../simulator/hardware/device.ts'
import { gbsFromBytesPerS, topsFromMacsPerS } from '../../../simulator/quantities.ts'
import { int8Peak } from '../answer/device-list.ts'
import { familyOf } from '../answer/family.ts'
import { byteSize, figure, joined, plain } from '../i18n/format.ts'
import { unitText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { FamilyMark } from './family-mark.tsx'
import { StatusMark } from './status-mark.tsx'

export function DeviceTable({ devices }: { devices: readonly Device[] }) {
  const text = useText().devices
  return (
    <table className="devices">
      <thead>
        <tr>
          <th scope="col">{text.device}</th>
          <th scope="col" className="devices-chip">
            {text.chip}
          </th>
          <th scope="col" className="text-right">
            {text.peak}
          </th>
          <th scope="col" className="text-right">
            {text.memory}
          </th>
          <th scope="col" className="devices-bandwidth text-right">
            {text.bandwidth}
          </th>
          <th scope="col" className="text-right">
            {text.power}
          </th>
          <th scope="col" className="text-right">
            {text.price}
          </th>
        </tr>
      </thead>
      <tbody>
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} />
        ))}
      </tbody>
    </table>
  )
}

function DeviceRow({ device }: { device: Device }) {
  const text = useText()
  const { setTarget } = useWorkspace()
  const family = familyOf(device)
  const peak = int8Peak(device)
  return (
    <tr>
      <th scope="row">
        <span className="flex items-center gap-2">
          <FamilyMark family={family} label={text.families[family]} />
          <Link to="/sim" hash className="text-ink" onClick={() => setTarget({ device: device.id })}>
            {device.name}
          </Link>
        </span>
      </th>
      <td className="devices-chip text-note text-ink2">
        {device.chip} · {device.units.map(({ id }) => unitText(id)).join(', ')}
      </td>
      <FactCell
        fact={peak?.fact ?? null}
        show={(value) => figure(topsFromMacsPerS(value), 3)}
        of={peak && unitText(peak.unitId)}
      />
      <FactCell fact={device.dramBytes ?? device.flashBytes} show={(value) => joined(byteSize(value, 3))} />
      <FactCell
        className="devices-bandwidth"
        fact={device.dramBytesPerS}
        show={(value) => plain(gbsFromBytesPerS(value))}
      />
      <FactCell fact={device.tdpW} show={plain} />
      <FactCell
        fact={device.priceUsd ?? device.pricePerHourUsd}
        show={(value) => (device.priceUsd === null ? `${plain(value)} ${text.devices.perHour}` : plain(value))}
      />
    </tr>
  )
}

/** A figure with its source class; unknown is a word. */
function FactCell(props: {
  fact: Fact | null
  show: (value: number) => string
  /** Part of the device that it is true of. */
  of?: string | null
  className?: string
}) {
  const { fact, show, of = null, className = '' } = props
  const text = useText()
  return (
    <td className={`numeric ${className}`} title={fact?.sourceIds.join(', ')}>
      {fact === null ? (
        <span className="unknown">{text.unknown}</span>
      ) : (
        <>
          {of !== null && <span className="text-ink3">{of} </span>}
          {show(fact.value)} <StatusMark status={fact.status} bare />
        </>
      )}
    </td>
  )
}
