/**
 * Power of a running microcontroller (docs/method/energy.md, EN-8): its one core fetches, decodes and reads flash in every
 * cycle, and what it computes meanwhile changes little.
 *
 *     P = P_running · f/f₀ · V/V₀          f₀, V₀: clock and supply that the power is stated at
 *
 * Behind a linear regulator the current stays, so power follows the supply; a switching one makes up for it, V/V₀ = 1.
 * Stated, else the energy per cycle of its peers. `null` where neither is known, and for every other segment.
 */
import { isRunningPower, type PeerFacts, type ResolvedFact, resolveFact, stated } from '../hardware/missing.ts'
import type { Target } from '../hardware/target.ts'
import { clockShareOf } from './voltage.ts'

/** Currents of data sheets are of loops that a network outruns, at best conditions **(default)**. */
const dataSheetLogSd = 0.4
/** From one network to another, and from one set-up of a board to another **(default)**. */
const setUpLogSd = 0.15

export function runningPower(target: Target, peers: PeerFacts): ResolvedFact | null {
  const power = atShippedClock(target, peers)
  return power === null ? null : { ...power, value: power.value * clockShareOf(target) * supplyShareOf(target) }
}

function atShippedClock({ device, unit }: Target, peers: PeerFacts): ResolvedFact | null {
  if (device.segment !== 'mcu') return null
  if (device.tdpW !== null && isRunningPower(device, unit)) {
    const own = stated(device.tdpW)
    return { ...own, logSd: Math.hypot(own.status === 'vendor' ? dataSheetLogSd : own.logSd, setUpLogSd) }
  }
  const perCycleJ = resolveFact(null, 'runningJPerCycle', unit, device, peers, 0)
  if (perCycleJ.from === 'default' || unit.clockHz === null) return null
  return { ...perCycleJ, value: perCycleJ.value * unit.clockHz.value }
}

function supplyShareOf({ device: { linearSupplyV }, powerMode }: Target): number {
  const supplyV = powerMode?.supplyV ?? null
  return linearSupplyV === null || supplyV === null ? 1 : supplyV.value / linearSupplyV.value
}
