/**
 * A network on the unit of its target, with what the runtime lacks there on another (docs/method/placement.md, PLACE-5).
 *
 * Interpreters hand one part over and wait for it, so parts run one after the other:
 *
 *     t = Σ_unit kernels + n_parts · t_invoke + boundary + Σ_fallback kernels + t_interpreter + Σ crossings
 *
 * A network that the runtime executes whole is `simulate`'s answer, bit for bit.
 */
import type { Workload } from '../cost/workload.ts'
import { type KernelTimes, makeKernelTimes } from '../hardware/compute-unit.ts'
import { type Bound, boundOf } from '../hardware/law.ts'
import type { RuntimeById } from '../hardware/runtime.ts'
import { kernelBound, type ResolvedTarget, type Simulation } from '../hardware/simulate.ts'
import type { SupportTable } from '../hardware/support-table.ts'
import { type Crossing, crossingsOf } from './crossing.ts'
import { divide, lacksOf } from './division.ts'
import { type FallbackTarget, fallbackTarget } from './fallback-unit.ts'
import type { Partition, Side } from './partition.ts'
import { type Lack, supportTableOf } from './support.ts'

/** What a run has beside the kernels of its own unit. */
export interface Fallback {
  readonly table: SupportTable
  /** Operators that the unit lacks and that execute something. */
  readonly lacks: readonly Lack[]
  readonly target: FallbackTarget
  readonly resolved: ResolvedTarget
  readonly partitions: readonly Partition[]
  /** 1 = the operator executes nothing on either unit. */
  readonly isFree: Uint8Array
  /** Partition of each kernel. */
  readonly partOfKernel: Int32Array
  readonly crossings: readonly Crossing[]
  /** Starting the accelerator for one partition. */
  readonly invokeS: number
  /** Starting the interpreter that runs the rest. */
  readonly interpreterS: number
  /** Time between two runs of what the accelerator has of the network, one invocation included. */
  readonly unitIntervalS: number
  /** Of the kernels on the fallback and the crossings, in the latency. */
  readonly share: number
}

export interface PlacedSimulation extends Simulation {
  /** `null` = all of it runs on the unit of the target. */
  readonly fallback: Fallback | null
}

export interface PlacementContext {
  /** Runtimes of a host that the device does not list. */
  readonly runtimeById: RuntimeById
  /** Times kernels on a unit, within what physics allows. */
  run(workload: Workload, resolved: ResolvedTarget): Simulation
  /** The numbers of the unit that the rest is left to. */
  resolve(fallback: FallbackTarget['target']): ResolvedTarget
}

export function simulatePlaced(
  workload: Workload,
  resolved: ResolvedTarget,
  context: PlacementContext,
): PlacedSimulation {
  const table = supportTableOf(resolved.target)
  const lacks = table === null ? [] : lacksOf(workload, table)
  const target =
    table === null || lacks.length === 0 ? null : fallbackTarget(resolved.target, table, context.runtimeById)
  if (table === null || target === null) return { ...context.run(workload, resolved), fallback: null }
  const other = context.resolve(target.target)
  return combine(workload, resolved, other, { table, target }, context)
}

/** The numbers that a kernel is timed with. */
export function resolvedAt({ fallback, resolved }: PlacedSimulation, kernel: number): ResolvedTarget {
  if (fallback === null) return resolved
  const side = fallback.partitions[fallback.partOfKernel[kernel] ?? -1]?.side
  return side === 'fallback' ? fallback.resolved : resolved
}

function combine(
  whole: Workload,
  resolved: ResolvedTarget,
  other: ResolvedTarget,
  { table, target }: Pick<Fallback, 'table' | 'target'>,
  { run }: PlacementContext,
): PlacedSimulation {
  const division = divide(whole, table, other.target.precision)
  const { lacks, partitions, isFree, order, workload } = division
  const factor = whole.batch / whole.summary.batch
  const onUnit = division.unit.kernels.length === 0 ? null : run(division.unit, resolved)
  const onFallback = division.fallback.kernels.length === 0 ? null : run(division.fallback, other)
  const simulationOf = (side: Side): Simulation | null => (side === 'unit' ? onUnit : onFallback)
  const times = makeKernelTimes(order.length)
  order.forEach(({ side, index }, at) => {
    const simulation = simulationOf(side)
    if (simulation !== null) copyRow(simulation.kernels, index, times, at)
  })

  // Where physics slowed a side down, its factors say so.
  const units = { unit: onUnit?.resolved ?? resolved, fallback: onFallback?.resolved ?? other }
  const crossings = crossingsOf(whole.summary, partitions, isFree, units, factor)
  const unitParts = partitions.filter(({ side }) => side === 'unit').length
  const invokeS = onUnit?.run.overheadS ?? 0
  const interpreterS = onFallback?.run.overheadS ?? 0
  const overheadS = unitParts * invokeS + interpreterS
  const linkS = onUnit?.run.linkS ?? 0
  const linkBytes = onUnit?.run.linkBytes ?? 0
  const crossedOverLinkS = sum(crossings.map((crossing) => crossing.linkS))
  const copiedS = sum(crossings.map((crossing) => crossing.copyS))

  const boundS: Record<Bound, number> = {
    compute: 0,
    memory: copiedS,
    link: linkS + crossedOverLinkS,
    overhead: overheadS,
  }
  let latencyS = linkS + overheadS + crossedOverLinkS + copiedS
  const bytes = {
    dramBytes: 0,
    onchipBytes: 0,
    linkBytes: crossedOverLinkS === 0 ? linkBytes : linkBytes + crossedBytes(crossings),
  }
  let fallbackS = crossedOverLinkS + copiedS
  order.forEach(({ side }, at) => {
    const totalS = times.totalS[at] ?? 0
    latencyS += totalS
    boundS[kernelBound(times, at)] += totalS
    bytes.dramBytes += times.dramBytes[at] ?? 0
    bytes.onchipBytes += times.onchipBytes[at] ?? 0
    bytes.linkBytes += times.linkBytes[at] ?? 0
    if (side === 'fallback') fallbackS += totalS
  })
  return {
    workload,
    resolved: units.unit,
    kernels: times,
    run: { overheadS, linkS, linkBytes, intervalS: null },
    latencyS,
    intervalS: intervalOf(onUnit, onFallback, latencyS, crossedOverLinkS + copiedS),
    boundS,
    bound: boundOf(boundS.compute, boundS.memory, boundS.link, boundS.overhead),
    totals: bytes,
    fallback: {
      table,
      lacks,
      target,
      resolved: units.fallback,
      partitions,
      isFree,
      partOfKernel: Int32Array.from(order, ({ part }) => part),
      crossings,
      invokeS,
      interpreterS,
      unitIntervalS: onUnit?.intervalS ?? 0,
      share: latencyS > 0 ? fallbackS / latencyS : 0,
    },
  }
}

/** Where the unit keeps several in flight, the processor works beside it; else a run ends before the next begins. */
function intervalOf(
  onUnit: Simulation | null,
  onFallback: Simulation | null,
  latencyS: number,
  crossingsS: number,
): number {
  if (onUnit === null || onUnit.intervalS >= onUnit.latencyS) return latencyS
  return Math.min(latencyS, Math.max(onUnit.intervalS, (onFallback?.latencyS ?? 0) + crossingsS))
}

function crossedBytes(crossings: readonly Crossing[]): number {
  return sum(crossings.map(({ bytes }) => bytes))
}

const columns = [
  'computeS',
  'memoryS',
  'linkS',
  'overheadS',
  'totalS',
  'dramBytes',
  'onchipBytes',
  'linkBytes',
] as const satisfies readonly (keyof KernelTimes)[]

function copyRow(from: KernelTimes, row: number, to: KernelTimes, at: number): void {
  for (const column of columns) to[column][at] = from[column][row] ?? 0
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
