/** The catalog: devices as the simulator takes them, and the entries with every fact behind them. */
import type { Device } from '../simulator/hardware/device.ts'
import type { Runtime } from '../simulator/hardware/runtime.ts'
import { deviceEntries } from './devices/index.ts'
import { type PublishedDevice, withRuntimes } from './published-form.ts'
import { runtimeEntries, runtimeIds } from './runtimes/index.ts'
import { toRuntime } from './runtimes/simulator-form.ts'
import type { DeviceEntry } from './schema.ts'
import { toDevice } from './simulator-form.ts'

/**
 * SHA-256 over everything the catalog states, first 128 bits: equal facts, equal `factsVersion`; equal facts and equal
 * calibration, equal `catalogVersion`.
 */
export { catalogVersion, factsVersion } from './catalog-version.gen.ts'

/** Every device with its facts, in the order of the files. */
export { deviceEntries }

/** Every runtime in the simulator's form, those that no device lists too. */
export const runtimes: readonly Runtime[] = runtimeIds.map((id) => toRuntime(runtimeEntries[id]))

/** Every device in base units with its runtimes by id, in the same order. */
export const publishedDevices: readonly PublishedDevice[] = deviceEntries.map(toDevice)

const runtimeById = new Map(runtimes.map((runtime) => [runtime.id, runtime]))

/** Every device in the simulator's form, in the same order. */
export const catalog: readonly Device[] = publishedDevices.map((device) => withRuntimes(device, runtimeById))

const deviceById = new Map(catalog.map((device) => [device.id, device]))

export function findDevice(id: string): Device | null {
  return deviceById.get(id) ?? null
}

const entryById = new Map(deviceEntries.map((entry) => [entry.id, entry]))

/** The device with all that is known about its facts: published units, confirmation, formulas, conflicts. */
export function deviceEntry(id: string): DeviceEntry | null {
  return entryById.get(id) ?? null
}
