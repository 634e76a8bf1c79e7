/** The roofs of a device in each of its power modes: on its preferred target, from facts alone. */
import { ceilingsOf } from '../../../simulator/decide/ceilings.ts'
import type { PrecisionId } from '../../../simulator/graph/precision.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import type { PeerFacts } from '../../../simulator/hardware/missing.ts'
import { resolveTarget } from '../../../simulator/hardware/target.ts'

export interface ModeRoof {
  /** `null` = the device describes no modes. */
  readonly mode: string | null
  /** 1 MAC = 2 operations. */
  readonly opsPerS: number
  /** Of the memory that is farthest from the unit; `null` = everything stays on chip. */
  readonly bytesPerS: number | null
  /** Both roofs are stated for the device itself. */
  readonly isStated: boolean
}

export interface ModeRoofs {
  readonly unitId: string
  readonly precision: PrecisionId
  readonly roofs: readonly ModeRoof[]
}

/** `null` = no known software drives the device, so it has no target. */
export function modeRoofs(device: Device, peers: PeerFacts): ModeRoofs | null {
  if (device.units.every(({ runtimes }) => runtimes.length === 0)) return null
  const { unit, runtime, precision } = resolveTarget(device)
  const modes = device.powerModes.length === 0 ? [null] : device.powerModes.map(({ id }) => id)
  return {
    unitId: unit.id,
    precision,
    roofs: modes.flatMap((mode) => {
      const target = { unit: unit.id, runtime: runtime.id, precision, ...(mode === null ? {} : { powerMode: mode }) }
      const { compute, memory } = ceilingsOf(resolveTarget(device, target), peers)
      const [peak] = compute
      const far = memory.at(-1)
      if (peak === undefined) return []
      return {
        mode,
        opsPerS: peak.opsPerS,
        bytesPerS: far?.bytesPerS ?? null,
        isStated: peak.from === 'device' && (far === undefined || far.from === 'device'),
      }
    }),
  }
}

/** Operations per byte from which on computing is what takes the time. */
export function ridgeOf({ opsPerS, bytesPerS }: ModeRoof): number | null {
  return bytesPerS === null ? null : opsPerS / bytesPerS
}
