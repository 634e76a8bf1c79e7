/** Everything the catalog states, as one value: what its version is the hash of. */
import { deviceEntries } from './devices/index.ts'
import { networks } from './networks.ts'
import { sources } from './sources.ts'

export function catalogContent(): unknown {
  return { devices: deviceEntries, networks, sources }
}
