/** What the devices of the catalog lend each other, worked out once per isolate. */
import { catalog, runtimes } from '../../device-catalog/index.ts'
import { makePeerFacts } from '../../simulator/hardware/missing.ts'

export const peers = makePeerFacts(catalog, runtimes)
