import { useMemo } from 'react'
import type { Device } from '../../../simulator/hardware/device.ts'
import { makePeerFacts } from '../../../simulator/hardware/missing.ts'
import { gbsFromBytesPerS } from '../../../simulator/quantities.ts'
import { type ModeRoof, modeRoofs, ridgeOf } from '../answer/mode-roofs.ts'
import { ModeRoofsChart } from '../charts/mode-roofs.tsx'
import { figure } from '../i18n/format.ts'
import { precisionText, unitText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { ChartFrame } from './chart-frame.tsx'
import { DataTable } from './data-table.tsx'
import { Sized } from './sized.tsx'

/** What each mode takes away, on the preferred unit. */
export function DeviceRoofs({ device, devices }: { device: Device; devices: readonly Device[] }) {
  const { unknown, device: page } = useText()
  const text = page.roofs
  const made = useMemo(() => modeRoofs(device, makePeerFacts(devices)), [device, devices])
  const first = made?.roofs[0]
  if (made === null || first === undefined) return null
  const { unitId, precision, roofs } = made
  const tops = ({ opsPerS }: ModeRoof) => figure(opsPerS / 1e12, 3)
  const modeName = ({ mode }: ModeRoof) => mode ?? text.shipped
  const ridge = ridgeOf(first)
  const title = roofs.length > 1 ? text.title : text.oneTitle
  return (
    <div className="section">
      <ChartFrame
        title={title}
        note={text.note(`${unitText(unitId)}, ${precisionText(precision)}`)}
        summary={text.summary(modeName(first), tops(first), ridge === null ? unknown : figure(ridge, 2))}
        fileName={`edgefit-${device.id}-roofline`}
        chart={
          <Sized>
            {(width) => (
              <ModeRoofsChart
                roofs={roofs}
                width={Math.max(280, width)}
                label={title}
                xLabel={text.x}
                nameOf={(roof) => `${modeName(roof)} ${tops(roof)} T`}
              />
            )}
          </Sized>
        }
        table={
          <DataTable
            caption={title}
            head={[text.mode, text.peak, text.bandwidth, text.ridge]}
            rows={roofs.map((roof) => {
              const at = ridgeOf(roof)
              return [
                modeName(roof),
                tops(roof),
                roof.bytesPerS === null ? unknown : figure(gbsFromBytesPerS(roof.bytesPerS), 3),
                at === null ? unknown : figure(at, 2),
              ]
            })}
          />
        }
        footnote={roofs.every(({ isStated }) => isStated) ? undefined : text.assumed}
      />
    </div>
  )
}
