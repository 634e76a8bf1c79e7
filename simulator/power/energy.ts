/**
 * Energy of one run (docs/method/energy.md, EN-1):
 *
 *     E = (MACs·e_mac + ops·e_v)·o·v² + Σ_level bytes·e_level + P_idle·t
 *
 * bottom-up by operation and byte, then held between what the device draws idle and what its power mode or thermal
 * design allows: a sum of table values knows neither. Where the ceiling binds, the dynamic parts shrink together, so the
 * parts still add up to the total exactly. What a microcontroller draws while it runs is stated, or known per cycle
 * (`running-power.ts`): there the dynamic parts are brought to it.
 *
 * o: overhead of a whole operation over its arithmetic; on cores that fetch instructions, cycles·e_instruction takes the
 * place of the arithmetic where it is more. v: voltage over that of the shipped clock (EN-5), for what is on the chip.
 */

import { segmentDefaults } from '../hardware/default-facts.ts'
import { idleExponent, type PeerFacts, type ResolvedFact, resolveFact, stated } from '../hardware/missing.ts'
import type { Target } from '../hardware/target.ts'
import type { PlacedSimulation } from '../placement/simulate-placed.ts'
import { type DynamicEnergy, dynamicEnergies } from './dynamic-energy.ts'
import { runningPower } from './running-power.ts'

/** Static and peak power of the device, and its node. */
export interface PowerFacts {
  readonly idleW: ResolvedFact
  /** `runningW` where that is known; else the budget of the power mode, else thermal design power. */
  readonly ceilingW: ResolvedFact
  readonly processNm: ResolvedFact
  /** What the device draws while the unit runs, whatever it runs; `null` = it depends on the work. */
  readonly runningW: ResolvedFact | null
}

export interface EnergyOfRun {
  readonly computeJ: number
  readonly onchipJ: number
  readonly dramJ: number
  readonly linkJ: number
  readonly staticJ: number
  readonly totalJ: number
  /** While running back to back. */
  readonly averageW: number
  /** Factor on the dynamic parts that keeps the ceiling, or meets what the device draws running; 1 = neither binds. */
  readonly dynamicShare: number
  /** What the unit adds to the idle power while it is at work, … */
  readonly unitW: number
  /** … and what the processor adds while it runs what the unit lacks; 0 where none of it runs on this device. */
  readonly fallbackW: number
}

/** Every part by what measured energies of the kind say (docs/method/energy.md, EN-7). */
export function scaledEnergy(energy: EnergyOfRun, factor: number): EnergyOfRun {
  return {
    computeJ: energy.computeJ * factor,
    onchipJ: energy.onchipJ * factor,
    dramJ: energy.dramJ * factor,
    linkJ: energy.linkJ * factor,
    staticJ: energy.staticJ * factor,
    totalJ: energy.totalJ * factor,
    averageW: energy.averageW * factor,
    dynamicShare: energy.dynamicShare,
    unitW: energy.unitW * factor,
    fallbackW: energy.fallbackW * factor,
  }
}

/** `null` where the machine behind the target is not known (a browser tab) and states no power itself. */
export function resolvePower(target: Target, peers: PeerFacts): PowerFacts | null {
  const { device, unit, powerMode } = target
  const defaults = segmentDefaults[device.segment]
  const budget = powerMode?.budgetW ?? device.tdpW
  if (budget === null && defaults.tdpW === null) return null
  const runningW = runningPower(target, peers)
  const ceilingW = runningW ?? resolveFact(budget, 'tdpW', unit, device, peers, defaults.tdpW ?? 0)
  const processNm = resolveFact(unit.processNm, 'processNm', unit, device, peers, defaults.processNm)
  return { idleW: idleOf(target, ceilingW, peers), ceilingW, processNm, runningW }
}

/** Of what a power mode allows, idling takes no more **(default)**: it slows clocks that are stopped anyway. */
const mostIdleShare = 0.7

/**
 * Stated, unless the power mode allows less than that; else what is usual among the peers for a device of this power
 * (EN-4). A power mode caps clocks; an idle device has stopped them, so it idles alike in every mode.
 */
function idleOf({ device, unit }: Target, ceilingW: ResolvedFact, peers: PeerFacts): ResolvedFact {
  if (device.idleW !== null && device.idleW.value < ceilingW.value) return stated(device.idleW)
  const { idleShare, tdpW } = segmentDefaults[device.segment]
  const usualScale = idleShare * (tdpW ?? ceilingW.value) ** (1 - idleExponent)
  const scale = resolveFact(null, 'idleScale', unit, device, peers, usualScale)
  const idleW = scale.value * (device.tdpW ?? ceilingW).value ** idleExponent
  return { ...scale, value: Math.min(idleW, ceilingW.value * mostIdleShare) }
}

/** Parts sum to the total; idle ≤ average power ≤ ceiling. */
export function energyOfRun(simulation: PlacedSimulation, power: PowerFacts): EnergyOfRun {
  const { intervalS } = simulation
  const { unit, fallback } = dynamicEnergies(simulation, power.processNm.value)
  const ofBoth = (part: 'computeJ' | 'onchipJ' | 'dramJ' | 'linkJ'): number => unit[part] + (fallback?.[part] ?? 0)
  const bottomUpJ = ofBoth('computeJ') + ofBoth('onchipJ') + ofBoth('dramJ') + ofBoth('linkJ')
  const staticJ = power.idleW.value * intervalS
  const allowedJ = Math.max(0, (power.ceilingW.value - power.idleW.value) * intervalS)
  const isBound = bottomUpJ > allowedJ || (power.runningW !== null && bottomUpJ > 0)
  const dynamicShare = isBound ? allowedJ / bottomUpJ : 1
  const computeJ = ofBoth('computeJ') * dynamicShare
  const onchipJ = ofBoth('onchipJ') * dynamicShare
  const dramJ = ofBoth('dramJ') * dynamicShare
  const linkJ = ofBoth('linkJ') * dynamicShare
  const totalJ = computeJ + onchipJ + dramJ + linkJ + staticJ
  return {
    computeJ,
    onchipJ,
    dramJ,
    linkJ,
    staticJ,
    totalJ,
    averageW: totalJ / intervalS,
    dynamicShare,
    unitW: dynamicW(unit, dynamicShare),
    fallbackW: fallback === null ? 0 : dynamicW(fallback, dynamicShare),
  }
}

function dynamicW({ computeJ, onchipJ, dramJ, linkJ, timeS }: DynamicEnergy, share: number): number {
  return timeS > 0 ? ((computeJ + onchipJ + dramJ + linkJ) * share) / timeS : 0
}

/** Of one kernel: its time at what its unit adds, and its part of the idle power. */
export function kernelEnergyJ(energy: EnergyOfRun, timeS: number, latencyS: number, isOnFallback: boolean): number {
  return timeS * ((isOnFallback ? energy.fallbackW : energy.unitW) + energy.staticJ / latencyS)
}
