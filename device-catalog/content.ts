/** Everything the catalog states, as one value: what its version is the hash of. */
import { batteries } from './batteries.ts'
import { gridCarbon } from './carbon.ts'
import { deviceEntries } from './devices/index.ts'
import { energyPerOp } from './energy-per-op.ts'
import { networks } from './networks.ts'
import { prices } from './prices.ts'
import { runtimeEntries } from './runtimes/index.ts'
import { otherNames } from './runtimes/other-names.ts'
import { cyclesPerMac, tf32Families } from './silicon.ts'
import { sources } from './sources.ts'

export function catalogContent(): unknown {
  return {
    devices: deviceEntries,
    runtimes: runtimeEntries,
    otherNames,
    silicon: { cyclesPerMac, tf32Families },
    batteries,
    networks,
    energyPerOp,
    prices,
    gridCarbon,
    sources,
  }
}
