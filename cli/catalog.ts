/** The catalog as commands ask it: a device by its id, and what devices lend each other. */
import { catalog, findDevice, runtimes } from '../device-catalog/index.ts'
import { nearMatches } from '../model-zoo/near-match.ts'
import type { Device } from '../simulator/hardware/device.ts'
import { makePeerFacts, type PeerFacts } from '../simulator/hardware/missing.ts'
import { fail } from '../simulator/problem.ts'

export { loadCalibration } from '../device-catalog/calibration.ts'
export { catalog, catalogVersion } from '../device-catalog/index.ts'

/** Throws `ProblemError` `unknown-device` with the ids that may have been meant. */
export function deviceById(id: string): Device {
  const device = findDevice(id)
  if (device !== null) return device
  const near = nearMatches(
    id,
    catalog.map((each) => each.id),
  )
  const fix = near.length === 0 ? 'Run: edgefit devices' : `Did you mean ${near.join(', ')}?`
  throw fail('unknown-device', fix, { where: 'device', received: id })
}

let made: PeerFacts | undefined

export function peers(): PeerFacts {
  made ??= makePeerFacts(catalog, runtimes)
  return made
}
