/** The catalog as a list: what a device is found by and what its row says. */
import { type Device, type Fact, type Segment, segments } from '../../../simulator/hardware/device.ts'

/** Every word has to occur in the name, vendor, chip, a unit or a runtime. */
export function findDevices(devices: readonly Device[], search: string, chosen: readonly Segment[]): readonly Device[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return devices
    .filter((device) => chosen.length === 0 || chosen.includes(device.segment))
    .filter((device) => {
      const text = searchText(device)
      return words.every((word) => text.includes(word))
    })
    .toSorted((a, b) => segments.indexOf(a.segment) - segments.indexOf(b.segment))
}

/** Dense INT8 peak in MAC/s, and whose it is: the preferred unit of those that state one, often not the device's fastest. */
export function int8Peak(device: Device): { readonly fact: Fact; readonly unitId: string } | null {
  for (const unit of device.units) {
    const fact = unit.peakMacsPerS.int8
    if (fact !== undefined) return { fact, unitId: unit.id }
  }
  return null
}

function searchText({ id, name, vendor, chip, units }: Device): string {
  const parts = units.flatMap((unit) => [
    unit.id,
    unit.architecture,
    unit.family,
    ...unit.runtimes.map((runtime) => runtime.id),
  ])
  return [id, name, vendor, chip, ...parts].join(' ').toLowerCase()
}
