/** Devices like one: same kind of preferred unit, near in peak and in bandwidth. */
import type { Device } from '../../../simulator/hardware/device.ts'

/** Nearest first. What one of the two does not state says nothing about how far they are apart. */
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

/** In factors: twice as fast is one apart; `null` = nothing to compare. */
function distance(a: Device, b: Device): number | null {
  const apart = [ratio(peakOf(a), peakOf(b)), ratio(a.dramBytesPerS?.value ?? null, b.dramBytesPerS?.value ?? null)]
  const known = apart.filter((each) => each !== null)
  return known.length === 0 ? null : Math.hypot(...known) + (apart.length - known.length)
}

function ratio(x: number | null, y: number | null): number | null {
  return x === null || y === null || x <= 0 || y <= 0 ? null : Math.log2(x / y)
}

/** Of the preferred unit in the first of these that it states, MAC/s. */
export function peakOf(device: Device): number | null {
  const peaks = device.units[0]?.peakMacsPerS ?? {}
  return (peaks.int8 ?? peaks.fp16 ?? peaks.bf16 ?? peaks.fp32)?.value ?? null
}
