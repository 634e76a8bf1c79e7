/** The catalog inside the worker: devices and networks by id, and what devices of one kind share. */
import {
  type PublishedDevice,
  type PublishedRuntimes,
  readRuntimes,
  withRuntimes,
} from '../../../device-catalog/published-form.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import { makePeerFacts, type PeerFacts } from '../../../simulator/hardware/missing.ts'
import type { NetworkProfile } from '../../../simulator/network/profile.ts'
import { fail } from '../../../simulator/problem.ts'

/** What is needed to simulate, as it is fetched: one file for all devices, their runtimes and sources by id. */
export interface CatalogFile extends PublishedRuntimes {
  readonly catalogVersion: string
  readonly devices: readonly PublishedDevice[]
  readonly networks: readonly NetworkProfile[]
}

export interface DeviceStore extends Pick<CatalogFile, 'catalogVersion' | 'networks'> {
  readonly devices: readonly Device[]
  readonly peers: PeerFacts
  /** Throws `unknown-device`. */
  device(id: string): Device
  /** Throws `unknown-network`. */
  network(id: string): NetworkProfile
}

export function makeDeviceStore(file: CatalogFile): DeviceStore {
  const { networks } = file
  const runtimes = readRuntimes(file)
  const runtimeById = new Map(runtimes.map((runtime) => [runtime.id, runtime]))
  const devices = file.devices.map((device) => withRuntimes(device, runtimeById))
  const deviceById = new Map(devices.map((device) => [device.id, device]))
  const networkById = new Map(networks.map((network) => [network.id, network]))
  return {
    catalogVersion: file.catalogVersion,
    networks,
    devices,
    peers: makePeerFacts(devices, runtimes),
    device: (id) =>
      deviceById.get(id) ??
      refuse('unknown-device', 'Choose a device of the catalog.', { where: 'device', received: id }),
    network: (id) =>
      networkById.get(id) ?? refuse('unknown-network', 'Choose a network profile of the catalog.', { received: id }),
  }
}

function refuse(...parts: Parameters<typeof fail>): never {
  throw fail(...parts)
}
