/**
 * Voltage that goes with a clock (docs/method/energy.md, EN-5): dynamic energy follows its square.
 *
 *     V/V₀ = max(v_min, 1 − k·(1 − f/f₀))        f₀, V₀: shipped clock and its voltage
 */
import { modeClockShare } from '../hardware/power-mode.ts'
import type { Target } from '../hardware/target.ts'

/** k: how far voltage falls with clock above the minimum; v_min: where it stays **(defaults)**. */
const slope = 0.5
const leastShare = 0.6

/** V/V₀ of a clock given as a share of the shipped one; above 1 for a clock above it. */
export function voltageShare(clockShare: number): number {
  return Math.max(leastShare, 1 - slope * (1 - clockShare))
}

/** V/V₀ of a target. Microcontrollers keep theirs: their clocks are divided, and few regulate the core by them. */
export function voltageOf(target: Target): number {
  return target.device.segment === 'mcu' ? 1 : voltageShare(clockShareOf(target))
}

/** Clock that the target's power mode leaves its unit, as a share of the shipped one. */
export function clockShareOf({ device, unit, powerMode }: Target): number {
  const clusterHz = unit.clusters.flatMap(({ clockHz }) => clockHz?.value ?? [])
  const capHz = powerMode?.cpuClockHz?.value
  if (clusterHz.length === 0 || capHz === undefined) {
    return modeClockShare(device, unit.kind, unit.clockHz, powerMode)
  }
  return Math.min(1, capHz / Math.max(...clusterHz))
}
