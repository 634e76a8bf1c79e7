/** Which device stands for each place: the one that was chosen, or the first that fits the place. */
import type { Device } from '../../../simulator/hardware/device.ts'
import type { PlaceChoice } from '../state/portal-state.ts'
import type { PlaceKind } from '../workers/compare-places.ts'

type PlaceDevices = Readonly<Record<PlaceKind, Device>>

export function offeredPlaces(devices: readonly Device[]): Readonly<Record<PlaceKind, readonly Device[]>> {
  return {
    device: devices.filter(
      ({ segment }) => !['browser', 'serverless', 'cloud', 'edge-server', 'research'].includes(segment),
    ),
    browser: devices.filter(({ segment }) => segment === 'browser'),
    // The edge runner is WebAssembly: devices of its kind come first, other serverless offers follow.
    worker: devices.filter(({ segment }) => segment === 'serverless').toSorted((a, b) => rank(a) - rank(b)),
    cloud: devices
      .filter(({ segment }) => segment === 'cloud')
      .toSorted((a, b) => Number(b.units[0]?.kind === 'gpu') - Number(a.units[0]?.kind === 'gpu')),
  }
}

/** `null` where the catalog has no device for a place. */
export function choosePlaces(
  devices: readonly Device[],
  device: string | undefined,
  choice: PlaceChoice,
): PlaceDevices | null {
  const offered = offeredPlaces(devices)
  const pick = (kind: PlaceKind, id: string | undefined) =>
    offered[kind].find((candidate) => candidate.id === id) ?? offered[kind][0]
  const chosen = {
    device: pick('device', device),
    browser: pick('browser', choice.browser),
    worker: pick('worker', choice.worker),
    cloud: pick('cloud', choice.cloud),
  }
  return isComplete(chosen) ? chosen : null
}

function isComplete(chosen: Readonly<Record<PlaceKind, Device | undefined>>): chosen is PlaceDevices {
  return Object.values(chosen).every((device) => device !== undefined)
}

function rank({ units }: Device): number {
  return units[0]?.kind === 'wasm-simd' ? 0 : 1
}
