/** Devices like one: same kind of preferred unit, near in peak and in bandwidth. */
import type { Arithmetic } from '../../../simulator/graph/precision.ts'
import type { Device } from '../../../simulator/hardware/device.ts'

const compared = ['int8', 'fp16', 'bf16', 'fp32'] as const satisfies readonly Arithmetic[]

/** Nearest first. */
export function nearestDevices(device: Device, devices: readonly Device[], most: number): readonly Device[] {
  const kind = device.units[0]?.kind
  return devices
    .filter((other) => other.id !== device.id && other.units[0]?.kind === kind)
    .flatMap((other) => {
      const apart = distance(device, other)
      return apart === null ? [] : [{ other, apart }]
    })
    .sort((a, b) => a.apart - b.apart)
    .slice(0, most)
    .map(({ other }) => other)
}

/** In factors: twice as fast is one apart, and so is what one of the two does not state; `null` = nothing to compare. */
function distance(a: Device, b: Device): number | null {
  const apart = [peakRatio(a, b), ratio(a.dramBytesPerS?.value ?? null, b.dramBytesPerS?.value ?? null)]
  const known = apart.filter((each) => each !== null)
  return known.length === 0 ? null : Math.hypot(...known) + (apart.length - known.length)
}

/** In the first of `compared` that both state. */
function peakRatio(a: Device, b: Device): number | null {
  for (const arithmetic of compared) {
    const apart = ratio(peakIn(a, arithmetic), peakIn(b, arithmetic))
    if (apart !== null) return apart
  }
  return null
}

function ratio(x: number | null, y: number | null): number | null {
  return x === null || y === null || x <= 0 || y <= 0 ? null : Math.log2(x / y)
}

/** Of the preferred unit in the first of `compared` that it states, MAC/s. */
export function peakOf(device: Device): number | null {
  for (const arithmetic of compared) {
    const peak = peakIn(device, arithmetic)
    if (peak !== null) return peak
  }
  return null
}

function peakIn({ units }: Device, arithmetic: Arithmetic): number | null {
  return units[0]?.peakMacsPerS[arithmetic]?.value ?? null
}
