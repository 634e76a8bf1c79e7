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
import type { UnitKind } from '../hardware/device.ts'
import { type PeerFacts, type ResolvedFact, resolveFact, stated } from '../hardware/missing.ts'
import type { Simulation } from '../hardware/simulate.ts'
import type { Target } from '../hardware/target.ts'
import { dramByteJ, instructionJ, linkByteJ, macJ, sramByteJ, vectorOpJ } from './energy-per-operation.ts'
import { runningPower } from './running-power.ts'
import { voltageOf } from './voltage.ts'

/** Static and peak power of the device, and its node. */
export interface PowerFacts {
  readonly idleW: ResolvedFact
  /** Budget of the power mode, else thermal design power; never below `runningW`. */
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
  }
}

/** `null` where the machine behind the target is not known (a browser tab) and states no power itself. */
export function resolvePower(target: Target, peers: PeerFacts): PowerFacts | null {
  const { device, unit, powerMode } = target
  const defaults = segmentDefaults[device.segment]
  const budget = powerMode?.budgetW ?? device.tdpW
  if (budget === null && defaults.tdpW === null) return null
  const { segment } = device
  const runningW = runningPower(target, peers)
  const ceilingW = runningW ?? resolveFact(budget, 'tdpW', unit, segment, peers, defaults.tdpW ?? 0)
  const processNm = resolveFact(unit.processNm, 'processNm', unit, segment, peers, defaults.processNm)
  return { idleW: idleOf(target, ceilingW, peers), ceilingW, processNm, runningW }
}

/** Stated, unless the power mode allows less than that; else the share of the ceiling that is usual among the peers. */
function idleOf({ device, unit }: Target, ceilingW: ResolvedFact, peers: PeerFacts): ResolvedFact {
  if (device.idleW !== null && device.idleW.value < ceilingW.value) return stated(device.idleW)
  const { idleShare } = segmentDefaults[device.segment]
  const share = resolveFact(null, 'idleShare', unit, device.segment, peers, idleShare)
  return { ...share, value: share.value * ceilingW.value }
}

/** Parts sum to the total; idle ≤ average power ≤ ceiling. */
export function energyOfRun(simulation: Simulation, power: PowerFacts): EnergyOfRun {
  const { resolved, totals, intervalS } = simulation
  const { rates, parameters, target } = resolved
  const nm = power.processNm.value
  const voltageSquared = voltageOf(target) ** 2
  const bottomUp = {
    computeJ: computationJ(simulation, nm) * parameters.energyOverhead * voltageSquared,
    onchipJ: totals.onchipBytes * sramByteJ(rates.onchipBytes.value, nm) * voltageSquared,
    dramJ: totals.dramBytes * dramByteJ(target.device.segment),
    linkJ: totals.linkBytes * linkByteJ,
  }
  const staticJ = power.idleW.value * intervalS
  const dynamicJ = bottomUp.computeJ + bottomUp.onchipJ + bottomUp.dramJ + bottomUp.linkJ
  const allowedJ = Math.max(0, (power.ceilingW.value - power.idleW.value) * intervalS)
  const isBound = dynamicJ > allowedJ || (power.runningW !== null && dynamicJ > 0)
  const dynamicShare = isBound ? allowedJ / dynamicJ : 1
  const computeJ = bottomUp.computeJ * dynamicShare
  const onchipJ = bottomUp.onchipJ * dynamicShare
  const dramJ = bottomUp.dramJ * dynamicShare
  const linkJ = bottomUp.linkJ * dynamicShare
  const totalJ = computeJ + onchipJ + dramJ + linkJ + staticJ
  return { computeJ, onchipJ, dramJ, linkJ, staticJ, totalJ, averageW: totalJ / intervalS, dynamicShare }
}

/** Units that fetch an instruction for every step: the cores' cycles cost more than what they compute (EN-2). */
const fetchesInstructions: ReadonlySet<UnitKind> = new Set(['cpu-simd', 'mcu-cpu', 'wasm-simd'])

function computationJ({ workload, resolved, latencyS }: Simulation, processNm: number): number {
  const { rates, target } = resolved
  const arithmeticJ =
    workload.totals.macs * macJ(rates.arithmetic, processNm) + workload.totals.vectorOps * vectorOpJ(processNm)
  if (!fetchesInstructions.has(target.unit.kind)) return arithmeticJ
  return Math.max(arithmeticJ, latencyS * rates.coreHz * instructionJ(processNm))
}
