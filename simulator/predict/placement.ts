/** Where a network runs, what moves between units, and when frames and first answers come (docs/method/placement.md). */
import type { PrecisionId } from '../graph/precision.ts'
import { resolveNumbers } from '../hardware/simulate.ts'
import type { SupportTable } from '../hardware/support-table.ts'
import { type ColdTerm, coldStart } from '../placement/cold-start.ts'
import { lacksOf } from '../placement/division.ts'
import { besideStages, type EndToEnd } from '../placement/end-to-end.ts'
import { processorOf } from '../placement/fallback-unit.ts'
import { type Schedule, schedule, type Task } from '../placement/schedule.ts'
import type { Fallback, PlacedSimulation } from '../placement/simulate-placed.ts'
import { type StageWishes, stagesOf } from '../placement/stages.ts'
import { supportOf, supportTableOf } from '../placement/support.ts'
import { linkLane, tasksOf } from '../placement/tasks.ts'
import { msFromS } from '../quantities.ts'
import type { PredictionRequest } from './request.ts'
import { type Run, runOf } from './run.ts'

interface SupportAnswer {
  /** `null` = no table of the runtime: everything is taken to run. */
  readonly table: Pick<SupportTable, 'id' | 'title' | 'version' | 'status' | 'source' | 'unlisted'> | null
  readonly lacks: readonly LackAnswer[]
  /** Operator types that the table does not name and its default lets run. */
  readonly assumedSupported: readonly string[]
}

interface LackAnswer {
  readonly operator: string
  readonly op: string
  readonly reason: string
  /** By the runtime's default for what its table does not name. */
  readonly isAssumed: boolean
}

interface PlaceAnswer {
  readonly unitId: string
  readonly runtimeId: string
  readonly precision: PrecisionId
  /** The catalog states no such unit: its numbers are those of the segment. */
  readonly isAssumed: boolean
}

interface PartitionAnswer {
  readonly unitId: string
  readonly kernels: number
  readonly operators: number
  readonly macs: number
  readonly timeMs: number
  readonly invokeMs: number
}

export interface CrossingAnswer {
  /** Indices of partitions. */
  readonly from: number
  readonly to: number
  readonly tensors: number
  readonly bytes: number
  readonly linkMs: number
  readonly copyMs: number
  readonly reason: string
}

interface SpanAnswer {
  readonly name: string
  readonly kind: Task['kind']
  readonly startMs: number
  readonly endMs: number
}

interface LaneAnswer {
  readonly id: string
  readonly busyMs: number
  readonly spans: readonly SpanAnswer[]
}

export interface Placement {
  readonly support: SupportAnswer
  /** `false`: the runtime has nothing to run what the unit lacks on; the figures are then of the unit alone. */
  readonly runs: boolean
  readonly unit: PlaceAnswer
  /** `null` = everything runs on the unit. */
  readonly fallback: PlaceAnswer | null
  readonly partitions: readonly PartitionAnswer[]
  /** Of the MACs that are known; 1 where there are none. */
  readonly unitMacShare: number
  readonly crossings: readonly CrossingAnswer[]
  readonly lanes: readonly LaneAnswer[]
  /** One part after the other, as interpreters do: the latency of the prediction. */
  readonly oneAfterAnotherMs: number
  /** Waiting for data alone. */
  readonly makespanMs: number
  readonly criticalPathMs: number
  /** Between two batches with several in flight: the busiest lane. */
  readonly inFlightIntervalMs: number
  readonly coldStart: {
    readonly terms: readonly (Omit<ColdTerm, 'timeS'> & { readonly timeMs: number | null })[]
    readonly knownMs: number
    readonly isLowerBound: boolean
  }
  readonly endToEnd: EndToEnd
}

/** Throws as `predict` does, and `invalid-field` for a stage whose size is not known. */
export function placementOf(request: PredictionRequest, wishes: StageWishes = {}): Placement {
  return placementOfRun(request, runOf(request), wishes)
}

/** `run` is that of the request. */
export function placementOfRun(request: PredictionRequest, run: Run, wishes: StageWishes): Placement {
  const { simulation, target, batch } = run
  const { fallback, latencyS } = simulation
  const tasks = tasksOf(simulation)
  const planned = schedule(tasks)
  const intervalS = inFlightIntervalS(simulation, planned)

  const processor = processorOf(target, fallback?.table.fallbackRuntimes ?? [], request.peers.runtimeById)
  const { rates } = resolveNumbers(processor.target, { peers: request.peers })
  const stages = stagesOf(request.summary, wishes, rates.coreHz / rates.cores)
  const processorBusyS =
    processor.target.unit.id === target.unit.id
      ? intervalS
      : (planned.busyS.get(fallback?.resolved.target.unit.id ?? '') ?? 0)
  const { terms, knownS, isLowerBound } = coldStart(simulation)
  const macs = simulation.workload.kernels.reduce((sum, kernel) => sum + (kernel.macs ?? 0), 0)
  const partitions = fallback === null ? [wholeOf(simulation)] : partitionsOf(simulation, fallback)
  const unitMacs = partitions.reduce((sum, part) => sum + (part.unitId === target.unit.id ? part.macs : 0), 0)
  return {
    support: supportAnswer(run),
    runs: fallback !== null || supportTableOf(target)?.fallbackRuntimes !== null || lacksNothing(run),
    unit: placeOf(target, false),
    fallback: fallback === null ? null : placeOf(fallback.target.target, fallback.target.isAssumed),
    partitions,
    unitMacShare: macs === 0 ? 1 : unitMacs / macs,
    crossings: fallback === null ? [] : crossingAnswers(simulation, fallback),
    lanes: lanesOf(tasks, planned),
    oneAfterAnotherMs: msFromS(latencyS),
    makespanMs: msFromS(planned.makespanS),
    criticalPathMs: msFromS(planned.criticalPathS),
    inFlightIntervalMs: msFromS(intervalS),
    coldStart: {
      terms: terms.map(({ timeS, ...term }) => ({ ...term, timeMs: timeS === null ? null : msFromS(timeS) })),
      knownMs: msFromS(knownS),
      isLowerBound,
    },
    endToEnd: besideStages(stages, { batch, latencyS, intervalS, processorBusyS }),
  }
}

/** PLACE-7: the busiest lane; a unit that overlaps runs of its own is busy for its own interval. */
function inFlightIntervalS(simulation: PlacedSimulation, { busyS }: Schedule): number {
  const { fallback, intervalS, latencyS } = simulation
  const linkS = busyS.get(linkLane) ?? 0
  if (fallback === null) return intervalS < latencyS ? Math.max(intervalS, linkS) : Math.max(latencyS - linkS, linkS)
  const parts = fallback.partitions.filter(({ side }) => side === 'unit').length
  const unitS = parts === 0 ? 0 : fallback.unitIntervalS + (parts - 1) * fallback.invokeS
  return Math.max(unitS, busyS.get(fallback.resolved.target.unit.id) ?? 0, linkS)
}

function lacksNothing({ target, workload }: Run): boolean {
  const table = supportTableOf(target)
  return table === null || lacksOf(workload, table).length === 0
}

function supportAnswer({ target, workload }: Run): SupportAnswer {
  const table = supportTableOf(target)
  if (table === null) return { table: null, lacks: [], assumedSupported: [] }
  const { id, title, version, status, source, unlisted } = table
  return {
    table: { id, title, version, status, source, unlisted },
    lacks: lacksOf(workload, table).map(({ operator, reason, isAssumed }) => {
      const described = workload.summary.operators[operator]
      return { operator: described?.name ?? '', op: described?.op ?? '', reason, isAssumed }
    }),
    assumedSupported: supportOf(workload.summary, table).assumedSupported,
  }
}

function placeOf({ unit, runtime, precision }: Run['target'], isAssumed: boolean): PlaceAnswer {
  return { unitId: unit.id, runtimeId: runtime.id, precision, isAssumed }
}

function wholeOf({ workload, kernels, run, resolved }: PlacedSimulation): PartitionAnswer {
  return {
    unitId: resolved.target.unit.id,
    kernels: workload.kernels.length,
    operators: workload.summary.operators.length,
    macs: workload.kernels.reduce((sum, { macs }) => sum + (macs ?? 0), 0),
    timeMs: msFromS(kernels.totalS.reduce((sum, timeS) => sum + timeS, 0)),
    invokeMs: msFromS(run.overheadS),
  }
}

function partitionsOf({ workload, kernels, resolved }: PlacedSimulation, fallback: Fallback): PartitionAnswer[] {
  return fallback.partitions.map(({ side, operators }, part) => {
    const own = [...workload.kernels.keys()].filter((index) => fallback.partOfKernel[index] === part)
    return {
      unitId: (side === 'unit' ? resolved : fallback.resolved).target.unit.id,
      kernels: own.length,
      operators: operators.length,
      macs: own.reduce((sum, index) => sum + (workload.kernels[index]?.macs ?? 0), 0),
      timeMs: msFromS(own.reduce((sum, index) => sum + (kernels.totalS[index] ?? 0), 0)),
      invokeMs: side === 'unit' ? msFromS(fallback.invokeS) : 0,
    }
  })
}

function crossingAnswers({ workload }: PlacedSimulation, fallback: Fallback): CrossingAnswer[] {
  const { crossings, partitions, lacks, table } = fallback
  return crossings.map(({ from, to, tensors, bytes, linkS, copyS }) => {
    const [outside, isLeaving] = partitions[to]?.side === 'fallback' ? [to, true] : [from, false]
    const inPart = new Set(partitions[outside]?.operators)
    const cause = lacks.find(({ operator }) => inPart.has(operator)) ?? lacks[0]
    const op = workload.summary.operators[cause?.operator ?? -1]?.op ?? ''
    const reason = `${op}: ${cause?.reason ?? table.title}`
    return {
      from,
      to,
      tensors: tensors.length,
      bytes,
      linkMs: msFromS(linkS),
      copyMs: msFromS(copyS),
      reason: isLeaving ? reason : `back after ${reason}`,
    }
  })
}

function lanesOf(tasks: readonly Task[], { spans, busyS }: Schedule): LaneAnswer[] {
  return [...busyS].map(([id, busy]) => ({
    id,
    busyMs: msFromS(busy),
    spans: tasks.flatMap(({ lane, name, kind }, index): SpanAnswer[] => {
      const span = spans[index]
      if (lane !== id || span === undefined) return []
      return [{ name, kind, startMs: msFromS(span.startS), endMs: msFromS(span.endS) }]
    }),
  }))
}
