/** The device that a request names, behind the link that it asks for. */
import { catalog, findDevice } from '../../device-catalog/index.ts'
import { nearMatches } from '../../model-zoo/near-match.ts'
import type { Device } from '../../simulator/hardware/device.ts'
import { withLink } from '../../simulator/hardware/link-override.ts'
import { fail } from '../../simulator/problem.ts'

/** Throws `unknown-device`, naming devices that look alike. */
export function requireDevice(id: string): Device {
  const device = findDevice(id)
  if (device !== null) return device
  const near = nearMatches(
    id,
    catalog.map((known) => known.id),
  )
  const fix = near.length === 0 ? 'List the devices: GET /v1/devices?q=…' : `Did you mean ${near.join(', ')}?`
  throw fail('unknown-device', fix, { where: 'device', received: id })
}

/** Throws as `requireDevice` and `withLink` do. */
export function requestedDevice({
  device,
  link,
}: {
  readonly device: string
  readonly link?: string | undefined
}): Device {
  const found = requireDevice(device)
  return link === undefined ? found : withLink(found, link)
}
