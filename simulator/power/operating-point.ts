/**
 * A target at one clock: how long an inference takes and what it draws meanwhile; power at a frame rate
 * (docs/method/energy.md, EN-6).
 *
 *     duty = rate · t / batch          P = P_idle·(1 − duty) + rate/batch · E
 */
import type { Device, PowerMode } from '../hardware/device.ts'
import { modeClockField } from '../hardware/power-mode.ts'
import type { Target } from '../hardware/target.ts'

export interface OperatingPoint {
  /** Of the clock that the power mode allows, (0, 1]. */
  readonly clockShare: number
  readonly latencyMs: number
  /** Time between two finished batches, back to back. */
  readonly intervalMs: number
  readonly batch: number
  readonly idleW: number
  /** While inferring back to back. */
  readonly activeW: number
}

/** Share of the time that the unit is busy at this rate of items; above 1 it cannot keep up. */
export function dutyAt({ intervalMs, batch }: OperatingPoint, ratePerS: number): number {
  return (ratePerS / batch) * (intervalMs / 1e3)
}

/** Average power at this rate; back to back where the unit cannot keep up. `null` rate = back to back. */
export function powerAtW(point: OperatingPoint, ratePerS: number | null): number {
  const duty = ratePerS === null ? 1 : Math.min(1, dutyAt(point, ratePerS))
  return point.idleW * (1 - duty) + point.activeW * duty
}

/**
 * The point that draws least at this rate while it keeps up and meets the latency: the fastest one where sprinting and
 * then idling wins (race to idle), a slower one where the voltage it saves wins (pace). `null` = none keeps up.
 */
export function leastPower(
  points: readonly OperatingPoint[],
  ratePerS: number,
  maxLatencyMs: number = Number.POSITIVE_INFINITY,
): OperatingPoint | null {
  let least: OperatingPoint | null = null
  for (const point of points) {
    if (dutyAt(point, ratePerS) > 1 || point.latencyMs > maxLatencyMs) continue
    if (least === null || powerAtW(point, ratePerS) < powerAtW(least, ratePerS)) least = point
  }
  return least
}

/** Indices of the points that no other beats in both coordinates; equal points are all kept. */
export function paretoFront(points: readonly { readonly x: number; readonly y: number }[]): number[] {
  return points.flatMap((point, index) =>
    points.some((other) => other.x <= point.x && other.y <= point.y && (other.x < point.x || other.y < point.y))
      ? []
      : [index],
  )
}

/** Named in the answers of a throttled target. */
export const throttledModeId = 'throttled'

/**
 * The target's device with one more power mode, in which the unit runs at `share` of the clock that the target's mode
 * allows; other units and memory keep theirs. Ask for it by `throttledModeId`.
 */
export function throttledDevice({ device, unit, powerMode }: Target, share: number): Device {
  const clusterHz = unit.clusters.flatMap(({ clockHz }) => clockHz?.value ?? [])
  const shippedHz = clusterHz.length > 0 ? Math.max(...clusterHz) : (unit.clockHz?.value ?? referenceHz)
  const clock = modeClockField(unit.kind)
  const fullHz = powerMode?.[clock] ?? { value: shippedHz, ...assumed }
  const mode = powerMode ?? undescribed
  // Beside the throttled mode for units that state no clock: they take the highest of the modes for it (FACT-2).
  const full: PowerMode = { ...mode, id: 'full clock', [clock]: fullHz }
  const throttled: PowerMode = { ...mode, id: throttledModeId, [clock]: { ...fullHz, value: fullHz.value * share } }
  return { ...device, powerModes: [...device.powerModes, full, throttled] }
}

const assumed = { status: 'assumed', sourceIds: [] } as const
/** Where nothing states a clock only the ratio of two matters. */
const referenceHz = 1

const undescribed: Omit<PowerMode, 'id'> = {
  budgetW: null,
  cpuCores: null,
  cpuClockHz: null,
  gpuClockHz: null,
  npuClockHz: null,
  memoryBytesPerS: null,
  gpuShare: null,
  supplyV: null,
}
