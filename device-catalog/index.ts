/** The catalog: devices as the simulator takes them, and the entries with every fact behind them. */
import type { Device } from '../simulator/hardware/device.ts'
import { deviceEntries } from './devices/index.ts'
import type { DeviceEntry } from './schema.ts'
import { toDevice } from './simulator-form.ts'

/**
 * SHA-256 over everything the catalog states, first 128 bits: equal facts, equal `factsVersion`; equal facts and equal
 * calibration, equal `catalogVersion`.
 */
export { catalogVersion, factsVersion } from './catalog-version.gen.ts'

/** Every device with its facts, in the order of the files. */
export { deviceEntries }

/** Every device in the simulator's form, in the same order. */
export const catalog: readonly Device[] = deviceEntries.map(toDevice)

const deviceById = new Map(catalog.map((device) => [device.id, device]))

export function findDevice(id: string): Device | null {
  return deviceById.get(id) ?? null
}

const entryById = new Map(deviceEntries.map((entry) => [entry.id, entry]))

/** The device with all that is known about its facts: published units, confirmation, formulas, conflicts. */
export function deviceEntry(id: string): DeviceEntry | null {
  return entryById.get(id) ?? null
}
