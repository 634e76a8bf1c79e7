/**
 * A network on the unit of its target, with what the runtime lacks there on another (docs/method/placement.md, PLACE-5).
 *
 * Interpreters hand one part over and wait for it, so parts run one after the other:
 *
 *     t = Σ_unit kernels + n_parts · t_invoke + boundary + Σ_fallback kernels + t_interpreter + Σ crossings
 *
 * A network that the runtime executes whole is `simulate`'s answer, bit for bit.
 */
import { type Dataflow, traceDataflow } from '../cost/dataflow.ts'
import { fuse } from '../cost/fuse.ts'
import { fusionProfiles } from '../cost/fusion-profiles.ts'
import { type Kernel, kernelBytes, scaleBatch } from '../cost/kernel.ts'
import { kernelLiveness } from '../cost/kernel-liveness.ts'
import { tensorBytes } from '../cost/operand-bytes.ts'
import type { Workload } from '../cost/workload.ts'
import type { GraphSummary } from '../graph/summary.ts'
import { type KernelTimes, makeKernelTimes } from '../hardware/compute-unit.ts'
import { type Bound, boundOf } from '../hardware/law.ts'
import { kernelBound, type ResolvedTarget, type Simulation } from '../hardware/simulate.ts'
import { type Crossing, crossingsOf, partOfOperators } from './crossing.ts'
import { type FallbackTarget, fallbackTarget } from './fallback-unit.ts'
import { type Partition, partition, type Side } from './partition.ts'
import { type Lack, supportOf, supportTableOf } from './support.ts'
import type { SupportTable } from './support-table.ts'

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
  /** Times kernels on a unit, within what physics allows. */
  run(workload: Workload, resolved: ResolvedTarget): Simulation
  /** The numbers of the unit that the rest is left to. */
  resolve(fallback: FallbackTarget['target']): ResolvedTarget
}

/** Operators that the runtime lacks on this unit, those left out that execute nothing. */
export function lacksOf(workload: Workload, table: SupportTable): readonly Lack[] {
  const { lacks } = supportOf(workload.summary, table)
  if (lacks.length === 0) return lacks
  const { free } = traceDataflow(workload.summary, fusionProfiles[workload.fusionProfile])
  return lacks.filter(({ operator }) => free[operator] === 0)
}

export function simulatePlaced(
  workload: Workload,
  resolved: ResolvedTarget,
  context: PlacementContext,
): PlacedSimulation {
  const table = supportTableOf(resolved.target)
  const lacks = table === null ? [] : lacksOf(workload, table)
  const target = table === null || lacks.length === 0 ? null : fallbackTarget(resolved.target, table)
  if (table === null || target === null) return { ...context.run(workload, resolved), fallback: null }
  const other = context.resolve(target.target)
  return combine(workload, resolved, other, { table, lacks, target }, context)
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
  { table, lacks, target }: Pick<Fallback, 'table' | 'lacks' | 'target'>,
  { run }: PlacementContext,
): PlacedSimulation {
  const { summary, batch } = whole
  const factor = batch / summary.batch
  const flow = traceDataflow(summary, fusionProfiles[whole.fusionProfile])
  const runsOnUnit = new Uint8Array(summary.operators.length).fill(1)
  for (const { operator } of lacks) runsOnUnit[operator] = 0
  const partitions = partition(summary, runsOnUnit, flow.free, table.partitions)
  const partOf = partOfOperators(summary, partitions)
  const kernelsOn = (side: Side, { target: { precision } }: ResolvedTarget, within: Dataflow): Kernel[] =>
    fuse(summary, precision, fusionProfiles[whole.fusionProfile], within, partOf)
      .filter(({ operators: [first = -1] }) => partitions[partOf[first] ?? -1]?.side === side)
      .map((kernel) => scaleBatch(kernel, factor))

  const units = { unit: resolved, fallback: other }
  const sides = (['unit', 'fallback'] as const).map((side) => {
    const kernels = kernelsOn(side, units[side], flow)
    const weightBytes = kernels.reduce((sum, kernel) => sum + kernel.weightBytes, 0)
    const precision = units[side].target.precision
    const boundaryBytes = boundaryOf(summary, partitions, side, precision, flow) * factor
    const part: Workload = { ...whole, precision, kernels, weightBytes, boundaryBytes }
    return { side, kernels, simulation: kernels.length === 0 ? null : run(part, units[side]) }
  })

  const order = sides
    .flatMap(({ kernels, simulation }) =>
      kernels.map((kernel, index) => ({ kernel, part: partOf[kernel.operators[0] ?? -1] ?? 0, index, simulation })),
    )
    .toSorted((a, b) => a.part - b.part || a.index - b.index)
  const kernels = order.map(({ kernel }) => kernel)
  const times = makeKernelTimes(kernels.length)
  order.forEach(({ index, simulation }, at) => {
    if (simulation !== null) copyRow(simulation.kernels, index, times, at)
  })

  const crossings = crossingsOf(summary, partitions, flow.free, units, factor)
  const [onUnit, onFallback] = [sides[0]?.simulation ?? null, sides[1]?.simulation ?? null]
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
  order.forEach(({ simulation }, at) => {
    const totalS = times.totalS[at] ?? 0
    latencyS += totalS
    boundS[kernelBound(times, at)] += totalS
    bytes.dramBytes += times.dramBytes[at] ?? 0
    bytes.onchipBytes += times.onchipBytes[at] ?? 0
    bytes.linkBytes += times.linkBytes[at] ?? 0
    if (simulation === onFallback) fallbackS += totalS
  })
  const liveness = kernelLiveness(kernels, summary, whole.precision, flow)
  return {
    workload: {
      ...whole,
      kernels,
      totals: {
        ...whole.totals,
        macs: sum(kernels.map(({ macs }) => macs ?? 0)),
        vectorOps: sum(kernels.map(({ vectorOps }) => vectorOps ?? 0)),
        trafficBytes: sum(kernels.map(kernelBytes)),
      },
      liveBytes: liveness.liveBytes.map((live) => live * factor),
      peakActivationBytes: liveness.peakBytes * factor,
      peakKernel: liveness.peakStep,
    },
    resolved,
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
      resolved: other,
      partitions,
      isFree: flow.free,
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

/** Inputs and outputs of the graph that a side reads and writes; over a link they cross it. */
function boundaryOf(
  summary: GraphSummary,
  partitions: readonly Partition[],
  side: Side,
  precision: Workload['precision'],
  { cache }: Dataflow,
): number {
  const touched = new Set<number>()
  for (const part of partitions) {
    if (part.side !== side) continue
    for (const index of part.operators) {
      const operator = summary.operators[index]
      for (const tensor of operator?.inputs ?? []) if (summary.tensors[tensor]?.role === 'input') touched.add(tensor)
      for (const tensor of operator?.outputs ?? []) if (summary.tensors[tensor]?.role === 'output') touched.add(tensor)
    }
  }
  let bytes = 0
  for (const index of touched) {
    const tensor = summary.tensors[index]
    if (tensor !== undefined && cache.isCache[index] === 0) bytes += tensorBytes(tensor, precision)
  }
  return bytes
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
