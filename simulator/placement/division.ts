/**
 * A workload cut into what its unit executes and what is left to the processor: the same for every device with the same
 * runtime, so it is made once per workload.
 */
import { type Dataflow, traceDataflow } from '../cost/dataflow.ts'
import { fuse } from '../cost/fuse.ts'
import { type Kernel, kernelBytes, scaleBatch } from '../cost/kernel.ts'
import { kernelLiveness } from '../cost/kernel-liveness.ts'
import { tensorBytes } from '../cost/operand-bytes.ts'
import type { Workload } from '../cost/workload.ts'
import type { PrecisionId } from '../graph/precision.ts'
import type { GraphSummary } from '../graph/summary.ts'
import type { SupportTable } from '../hardware/support-table.ts'
import { partOfOperators } from './crossing.ts'
import { type Partition, partition, type Side } from './partition.ts'
import { type Lack, supportOf } from './support.ts'

/** A kernel of the whole, as the `index`-th of its side. */
interface PlacedKernel {
  readonly side: Side
  readonly part: number
  readonly index: number
}

export interface Division {
  /** Operators that the unit lacks and that execute something. */
  readonly lacks: readonly Lack[]
  readonly partitions: readonly Partition[]
  /** 1 = the operator executes nothing on either unit. */
  readonly isFree: Uint8Array
  readonly unit: Workload
  readonly fallback: Workload
  /** Both, in execution order, with the totals and the memory of the whole. */
  readonly workload: Workload
  /** In the order of the kernels of `workload`. */
  readonly order: readonly PlacedKernel[]
}

interface Known {
  readonly lacks: Map<SupportTable, readonly Lack[]>
  readonly divisions: Map<string, Division>
}

const known = new WeakMap<Workload, Known>()

function knownOf(workload: Workload): Known {
  const found = known.get(workload)
  if (found !== undefined) return found
  const made: Known = { lacks: new Map(), divisions: new Map() }
  known.set(workload, made)
  return made
}

/** Operators that the runtime lacks on this unit, those left out that execute nothing. */
export function lacksOf(workload: Workload, table: SupportTable): readonly Lack[] {
  const { lacks } = supportOf(workload.summary, table)
  if (lacks.length === 0) return lacks
  const made = knownOf(workload).lacks
  const found = made.get(table)
  if (found !== undefined) return found
  const { free } = traceDataflow(workload.summary, workload.fusionProfile)
  const executed = lacks.filter(({ operator }) => free[operator] === 0)
  made.set(table, executed)
  return executed
}

/** The precision is that of the processor. */
export function divide(workload: Workload, table: SupportTable, precision: PrecisionId): Division {
  const { divisions } = knownOf(workload)
  const key = `${table.id}|${precision}`
  const found = divisions.get(key)
  if (found !== undefined) return found
  const made = makeDivision(workload, table, precision)
  divisions.set(key, made)
  return made
}

function makeDivision(whole: Workload, table: SupportTable, fallbackPrecision: PrecisionId): Division {
  const { summary } = whole
  const factor = whole.batch / summary.batch
  const profile = whole.fusionProfile
  const flow = traceDataflow(summary, profile)
  const lacks = lacksOf(whole, table)
  const runsOnUnit = new Uint8Array(summary.operators.length).fill(1)
  for (const { operator } of lacks) runsOnUnit[operator] = 0
  const partitions = partition(summary, runsOnUnit, flow.free, table.partitions)
  const partOf = partOfOperators(summary, partitions)
  const partOfKernel = ({ operators: [first = -1] }: Kernel): number => partOf[first] ?? -1

  const sideOf = (side: Side, precision: PrecisionId): Workload => {
    const kernels = fuse(summary, precision, profile, flow, partOf)
      .filter((kernel) => partitions[partOfKernel(kernel)]?.side === side)
      .map((kernel) => scaleBatch(kernel, factor))
    const weightBytes = sum(kernels.map((kernel) => kernel.weightBytes))
    const boundaryBytes = boundaryOf(summary, partitions, side, precision, flow) * factor
    return { ...whole, precision, kernels, weightBytes, boundaryBytes }
  }
  const unit = sideOf('unit', whole.precision)
  const fallback = sideOf('fallback', fallbackPrecision)
  const placed = (side: Side, { kernels }: Workload) =>
    kernels.map((kernel, index) => ({ kernel, side, part: partOfKernel(kernel), index }))
  const order = [...placed('unit', unit), ...placed('fallback', fallback)].toSorted(
    (a, b) => a.part - b.part || a.index - b.index,
  )
  const kernels = order.map(({ kernel }) => kernel)
  const liveness = kernelLiveness(kernels, summary, whole.precision, flow)
  return {
    lacks,
    partitions,
    isFree: flow.free,
    unit,
    fallback,
    order: order.map(({ side, part, index }) => ({ side, part, index })),
    workload: {
      ...whole,
      kernels,
      totals: { ...whole.totals, trafficBytes: sum(kernels.map(kernelBytes)) },
      liveBytes: liveness.liveBytes.map((live) => live * factor),
      peakActivationBytes: liveness.peakBytes * factor,
      peakKernel: liveness.peakStep,
    },
  }
}

/** Inputs and outputs of the graph that a side reads and writes; over a link they cross it. */
function boundaryOf(
  summary: GraphSummary,
  partitions: readonly Partition[],
  side: Side,
  precision: PrecisionId,
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
