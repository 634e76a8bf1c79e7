/** What a power mode leaves of a unit's shipped rates (docs/method/facts.md, FACT-2). */
import type { Device, Fact, PowerMode, UnitKind } from './device.ts'

const cpuKinds: ReadonlySet<UnitKind> = new Set(['cpu-simd', 'mcu-cpu', 'wasm-simd'])

/**
 * Clock of the mode over the shipped clock. Where the unit states no clock, the highest among its modes is taken for
 * it; 1 where the mode says nothing about this unit.
 */
export function modeClockShare(device: Device, kind: UnitKind, shippedHz: Fact | null, mode: PowerMode | null): number {
  const clockHz = mode === null ? null : modeClock(mode, kind)
  if (clockHz === null) return 1
  const shipped = shippedHz?.value ?? Math.max(...device.powerModes.map((each) => modeClock(each, kind)?.value ?? 0))
  return shipped > 0 ? clockHz.value / shipped : 1
}

/**
 * Clock of the processor that starts runs and kernels over its shipped one. A mode caps it; where the device lists no
 * processor, the highest clock among its modes is taken for the shipped one.
 */
export function hostClockShare(device: Device, mode: PowerMode | null): number {
  const host = device.units.find(({ kind }) => cpuKinds.has(kind))
  const clusterHz = host?.clusters.flatMap(({ clockHz }) => clockHz?.value ?? []) ?? []
  const capHz = mode?.cpuClockHz?.value
  if (clusterHz.length > 0 && capHz !== undefined) return Math.min(1, capHz / Math.max(...clusterHz))
  return Math.min(1, modeClockShare(device, host?.kind ?? 'cpu-simd', host?.clockHz ?? null, mode))
}

/** Share of the GPU's processor clusters that stay on. */
export function modeGpuShare(kind: UnitKind, mode: PowerMode | null): number {
  return kind === 'gpu' ? (mode?.gpuShare?.value ?? 1) : 1
}

/** The clock of a mode that drives units of the kind. */
export function modeClockField(kind: UnitKind): 'cpuClockHz' | 'gpuClockHz' | 'npuClockHz' {
  if (cpuKinds.has(kind)) return 'cpuClockHz'
  return kind === 'gpu' ? 'gpuClockHz' : 'npuClockHz'
}

function modeClock(mode: PowerMode, kind: UnitKind): Fact | null {
  return mode[modeClockField(kind)]
}
