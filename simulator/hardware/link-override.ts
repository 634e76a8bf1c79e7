/** The same device behind another link: a stick in an older port, a card in a narrower slot (docs/method/edge-tpu.md, TPU-3). */
import { fail } from '../problem.ts'
import { bytesPerSFromGbs } from '../quantities.ts'
import { linkDefaultsGbs } from './default-facts.ts'
import type { Device } from './device.ts'

/** GB/s of one lane after line coding. Source: PCI Express Base Specification, generations 1 to 5. */
const laneGbs: Readonly<Record<string, number>> = { 1: 0.25, 2: 0.5, 3: 0.985, 4: 1.969, 5: 3.938 }

export const linkForms = 'USB 2, USB 3, PCIe GENERATION xLANES (PCIe 2 x1)'

/**
 * `kind`: `USB 2`, `USB 3` or `PCIe 3 x4`. Throws `invalid-field` for another name, and for a device whose units sit
 * beside the memory they read.
 */
export function withLink(device: Device, kind: string): Device {
  if (device.link === null) {
    throw fail('invalid-field', `The units of ${device.name} have no link that could be another one.`, {
      where: 'link',
    })
  }
  const gbPerS = linkGbs(kind)
  if (gbPerS === null) {
    throw fail('invalid-field', 'Name the link as in the list.', { where: 'link', expected: linkForms, received: kind })
  }
  return {
    ...device,
    link: { kind, bytesPerS: { value: bytesPerSFromGbs(gbPerS), status: 'assumed', sourceIds: [] } },
  }
}

function linkGbs(kind: string): number | null {
  const usb = /^usb\s*-?([23])(\.\d)?\b/i.exec(kind)
  if (usb !== null) return usb[1] === '2' ? linkDefaultsGbs['USB 2'] : linkDefaultsGbs['USB 3']
  const pcie = /^pcie\s*(?:gen\s*)?([1-5])(?:\.0)?\s*x\s*(\d{1,2})$/i.exec(kind)
  const lane = laneGbs[pcie?.[1] ?? '']
  return lane === undefined ? null : lane * Number(pcie?.[2])
}
