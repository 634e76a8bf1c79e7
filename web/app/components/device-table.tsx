import { Link } from '@tanstack/react-router'
import type { Device, Fact } from '../../../simulator/hardware/device.ts'
import { gbsFromBytesPerS, topsFromMacsPerS } from '../../../simulator/quantities.ts'
import { type DeviceRow, int8Peak } from '../answer/device-list.ts'
import { type Family, familyOf } from '../answer/family.ts'
import { clip, logDomain, logTicks, position, type Scale } from '../charts/scale.ts'
import { byteSize, figure, joined, plain, tick } from '../i18n/format.ts'
import { unitText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { FamilyMark } from './family-mark.tsx'
import { StatusMark } from './status-mark.tsx'

interface DeviceTableProps {
  readonly rows: readonly DeviceRow[]
  /** All rows of the catalog: the axis stays the same while the list is filtered. */
  readonly all: readonly DeviceRow[]
}

export function DeviceTable({ rows, all }: DeviceTableProps) {
  const text = useText().devices
  const scale: Scale = { kind: 'log', domain: logDomain(all.flatMap(({ device }) => peakTops(device) ?? [])) }
  const mostRows = Math.max(1, ...all.map(({ measuredRows }) => measuredRows))
  return (
    <table className="devices">
      <thead>
        <tr>
          <th scope="col">{text.device}</th>
          <th scope="col" className="devices-chip">
            {text.chip}
          </th>
          <th scope="col" className="devices-axis">
            {text.peakAxis}
            <span className="axis" aria-hidden="true">
              {logTicks(scale.domain, 5).map((value) => (
                <span key={value} className="axis-tick" style={{ left: `${position(scale, value)}%` }}>
                  {tick(value)}
                </span>
              ))}
            </span>
          </th>
          <th scope="col" className="text-right">
            {text.peak}
          </th>
          <th scope="col" className="devices-memory text-right">
            {text.memory}
          </th>
          <th scope="col" className="devices-bandwidth text-right">
            {text.bandwidth}
          </th>
          <th scope="col" className="devices-power text-right">
            {text.tdp}
          </th>
          <th scope="col" className="text-right">
            {text.price}
          </th>
          <th scope="col" className="devices-evidence">
            {text.measuredRows}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.device.id} row={row} scale={scale} mostRows={mostRows} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row: { device, measuredRows }, scale, mostRows }: { row: DeviceRow; scale: Scale; mostRows: number }) {
  const text = useText()
  const family = familyOf(device)
  const peak = int8Peak(device)
  return (
    <tr>
      <th scope="row">
        <span className="flex items-center gap-2">
          <FamilyMark family={family} label={text.families[family]} />
          <Link to="/devices/$id" params={{ id: device.id }} className="text-ink">
            {device.name}
          </Link>
        </span>
        <Modes device={device} />
      </th>
      <td className="devices-chip text-note text-ink2">
        {device.chip} · {device.units.map(({ id }) => unitText(id)).join(', ')}
      </td>
      <td className="devices-axis" aria-hidden="true">
        <PeakDot tops={peakTops(device)} scale={scale} family={family} />
      </td>
      <FactCell
        fact={peak?.fact ?? null}
        show={(value) => figure(topsFromMacsPerS(value), 3)}
        of={peak && unitText(peak.unitId)}
      />
      <FactCell
        className="devices-memory"
        fact={device.dramBytes ?? device.flashBytes}
        show={(value) => joined(byteSize(value, 3))}
      />
      <FactCell
        className="devices-bandwidth"
        fact={device.dramBytesPerS}
        show={(value) => plain(gbsFromBytesPerS(value))}
      />
      <FactCell className="devices-power" fact={device.tdpW} show={plain} />
      <FactCell
        fact={device.priceUsd ?? device.pricePerHourUsd}
        show={(value) => (device.priceUsd === null ? `${plain(value)} ${text.devices.perHour}` : plain(value))}
      />
      <td className="devices-evidence">
        <span className="flex items-center gap-2">
          <i
            style={{
              width: `${measuredRows === 0 ? 0 : 4 + (56 * Math.log1p(measuredRows)) / Math.log1p(mostRows)}px`,
            }}
          />
          <span className="mono text-note text-ink2">{plain(measuredRows)}</span>
        </span>
      </td>
    </tr>
  )
}

/** Each mode is a variant of its own: its name opens the workbench in it. */
function Modes({ device }: { device: Device }) {
  const text = useText().devices
  const { setTarget } = useWorkspace()
  if (device.powerModes.length < 2) return null
  return (
    <ul className="devices-modes" aria-label={text.modesOf(device.name)}>
      {device.powerModes.map(({ id }) => (
        <li key={id}>
          <Link to="/sim" hash onClick={() => setTarget({ device: device.id, powerMode: id })}>
            {id}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function PeakDot({ tops, scale, family }: { tops: number | null; scale: Scale; family: Family }) {
  if (tops === null) return <i className="devices-dotted" />
  return (
    <span className="devices-dot" style={{ left: `${clip(position(scale, tops))}%` }}>
      <FamilyMark family={family} size={9} />
    </span>
  )
}

function peakTops(device: Device): number | null {
  const peak = int8Peak(device)
  return peak === null ? null : topsFromMacsPerS(peak.fact.value)
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
