/**
 * Dynamic energy by the unit that spends it (docs/method/energy.md, EN-1): kernels that a runtime leaves to the processor
 * cost what they cost there.
 */
import type { UnitKind } from '../hardware/device.ts'
import type { ResolvedTarget } from '../hardware/simulate.ts'
import type { PlacedSimulation } from '../placement/simulate-placed.ts'
import { dramByteJ, instructionJ, linkByteJ, macJ, sramByteJ, vectorOpJ } from './energy-per-operation.ts'
import { voltageOf } from './voltage.ts'

/** What one unit does in a run. */
interface Work {
  readonly macs: number
  readonly vectorOps: number
  readonly dramBytes: number
  readonly onchipBytes: number
  readonly linkBytes: number
  readonly timeS: number
}

export interface DynamicEnergy {
  readonly computeJ: number
  readonly onchipJ: number
  readonly dramJ: number
  readonly linkJ: number
  /** That the unit is at it. */
  readonly timeS: number
}

/** `fallback`: `null` = all of it runs on the unit, or the processor is another machine at the end of a link. */
export interface DynamicEnergies {
  readonly unit: DynamicEnergy
  readonly fallback: DynamicEnergy | null
}

export function dynamicEnergies(simulation: PlacedSimulation, processNm: number): DynamicEnergies {
  const { resolved, fallback, latencyS, totals, workload } = simulation
  if (fallback === null) {
    const { macs, vectorOps } = workload.totals
    return { unit: energyOf({ macs, vectorOps, ...totals, timeS: latencyS }, resolved, processNm), fallback: null }
  }
  const there = fallbackWork(simulation)
  const here: Work = {
    macs: workload.totals.macs - there.macs,
    vectorOps: workload.totals.vectorOps - there.vectorOps,
    dramBytes: totals.dramBytes - there.dramBytes,
    onchipBytes: totals.onchipBytes - there.onchipBytes,
    linkBytes: totals.linkBytes - there.linkBytes,
    timeS: latencyS - there.timeS,
  }
  const isElsewhere = resolved.target.device.link !== null && fallback.target.isAssumed
  const other = fallback.resolved
  return {
    unit: energyOf(here, resolved, processNm),
    fallback: isElsewhere ? null : energyOf(there, other, other.target.unit.processNm?.value ?? processNm),
  }
}

function fallbackWork({ workload, kernels, fallback }: PlacedSimulation): Work {
  const work = { macs: 0, vectorOps: 0, dramBytes: 0, onchipBytes: 0, linkBytes: 0, timeS: fallback?.interpreterS ?? 0 }
  workload.kernels.forEach(({ macs, vectorOps }, i) => {
    if (fallback?.partitions[fallback.partOfKernel[i] ?? -1]?.side !== 'fallback') return
    work.macs += macs ?? 0
    work.vectorOps += vectorOps ?? 0
    work.dramBytes += kernels.dramBytes[i] ?? 0
    work.onchipBytes += kernels.onchipBytes[i] ?? 0
    work.linkBytes += kernels.linkBytes[i] ?? 0
    work.timeS += kernels.totalS[i] ?? 0
  })
  return work
}

function energyOf(work: Work, { rates, parameters, target }: ResolvedTarget, processNm: number): DynamicEnergy {
  const voltageSquared = voltageOf(target) ** 2
  const arithmeticJ = work.macs * macJ(rates.arithmetic, processNm) + work.vectorOps * vectorOpJ(processNm)
  const computationJ = fetchesInstructions.has(target.unit.kind)
    ? Math.max(arithmeticJ, work.timeS * rates.fetchingHz * instructionJ(processNm))
    : arithmeticJ
  return {
    computeJ: computationJ * parameters.energyOverhead * voltageSquared,
    onchipJ: work.onchipBytes * sramByteJ(rates.onchipBytes.value, processNm) * voltageSquared,
    dramJ: work.dramBytes * dramByteJ(target.device.segment),
    linkJ: work.linkBytes * linkByteJ,
    timeS: work.timeS,
  }
}

/** Units that fetch an instruction for every step: the cores' cycles cost more than what they compute (EN-2). */
const fetchesInstructions: ReadonlySet<UnitKind> = new Set(['cpu-simd', 'mcu-cpu', 'wasm-simd'])
