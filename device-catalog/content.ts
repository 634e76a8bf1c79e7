/** Everything the catalog states, as one value: what its version is the hash of. */
import { batteries } from './batteries.ts'
import { gridCarbon } from './carbon.ts'
import { deviceEntries } from './devices/index.ts'
import { energyPerOp } from './energy-per-op.ts'
import { networks } from './networks.ts'
import { prices } from './prices.ts'
import { runtimeNames } from './runtime-names.ts'
import { sources } from './sources.ts'

export function catalogContent(): unknown {
  return { devices: deviceEntries, batteries, networks, energyPerOp, prices, gridCarbon, runtimeNames, sources }
}
