/** The whole validation in memory: evidence → cases → cross-validated answers → report. */

import type { PairContext } from '../../device-catalog/pairs/question.ts'
import { groupBy } from '../../simulator/group-by.ts'
import type { ProblemCode } from '../../simulator/problem.ts'
import { msFromS } from '../../simulator/quantities.ts'
import { engineVersion } from '../../simulator/version.gen.ts'
import type {
  Comparison,
  FamilyReport,
  Point,
  QuarantineRecord,
  SplitReport,
  ValidationReport,
} from '../../worker/contract/validation.ts'
import { casesOf, type Evidence, type MeasuredRow, type Unanswered } from '../evidence/cases.ts'
import { type Quarantined, quarantine } from '../evidence/quarantine.ts'
import { attributionOf } from '../evidence/read.ts'
import { foldCount, groupOf, type SplitAxis } from '../evidence/splits.ts'
import { calibrationRows } from '../rows.ts'
import { anchorWorth } from './anchors.ts'
import { baselines } from './baselines.ts'
import { byLevel } from './by-level.ts'
import { type Contest, compare, standingOf } from './compare.ts'
import { crossValidate } from './cross-validate.ts'
import type { KnownExceptions } from './exceptions.ts'
import { fitReport } from './fit-report.ts'
import type { Effort, Method } from './method.ts'
import { calibrationCurve, factorOff } from './metrics.ts'
import { orderAccuracy } from './order.ts'
import { precisionSign } from './precision-sign.ts'
import { replayed, replayReport } from './replay.ts'
import { type ScoredRow, scorableRows, scoredRows } from './score.ts'
import { sisterBound } from './sister-bound.ts'
import { verdictAccuracy } from './verdicts.ts'

const leastFamilyRows = 10
const levels = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99] as const
/** One row in this many is shown as a point. */
const pointStride = 10
const worstCount = 10

const language: ReadonlySet<string> = new Set(['decode', 'serving', 'ttft', 'prompt'])

export async function validate(
  evidence: Evidence,
  context: PairContext,
  method: Method,
  inputsHash: string,
  knownExceptions: KnownExceptions,
  effort: Effort = 'full',
): Promise<ValidationReport> {
  const originOf = (sourceId: string): string => evidence.sources.get(sourceId)?.origin ?? sourceId
  const { measured, unanswered } = await casesOf(evidence, context)
  const tooFast = quarantine(measured)
  const tooFastIds = new Set(tooFast.map(({ row }) => row.asked.rowId))
  const scorable = scorableRows(measured, tooFastIds, originOf)
  // What is in quarantine takes part in nothing.
  const trainable = measured.filter(({ asked, weight }) => weight > 0 && !tooFastIds.has(asked.rowId))
  const bound = sisterBound(scorable.filter(({ asked }) => asked.quantity !== 'energy'))
  const split = (axis: SplitAxis) => splitReport(trainable, scorable, axis, method, bound, effort)
  const [model, device, family] = [split('model'), split('device'), split('family')]
  const splits = { model: model.report, device: device.report, family: family.report }
  const replay = replayReport(replayed(scorable), knownExceptions)
  const points = model.scored.filter(({ asked }) => sampleIndex(asked.rowId) === 0).map(pointOf)
  const records = tooFast.map(quarantineRecord)
  const named = new Set([
    ...records.map(({ sourceId }) => sourceId),
    ...[...points, ...Object.values(splits).flatMap(({ worst }) => worst), ...replay.outliers].map(
      ({ sourceId }) => sourceId,
    ),
  ])
  return {
    version: 1,
    engineVersion,
    catalogVersion: context.catalogVersion,
    inputsHash,
    evidence: countOf(evidence, scorable, unanswered),
    quarantine: records,
    splits,
    byLevel: byLevel({
      measured: effort === 'full' ? cellScored(trainable, scorable, method) : [],
      validated: model.scored,
      transferred: device.scored,
      extrapolated: family.scored,
    }),
    replay,
    fit: fitReport(calibrationRows(trainable)),
    points,
    sources: [...evidence.sources.values()]
      .filter(({ id }) => named.has(id))
      .map((source) => {
        const { id, title, locator, revision, licence } = source
        return { id, title, locator, revision, licence, attribution: attributionOf(source) }
      }),
  }
}

/** The gate has no time for this one. */
function cellScored(trainable: readonly MeasuredRow[], scorable: readonly MeasuredRow[], method: Method): ScoredRow[] {
  const networks = scorable.filter(isOfNetwork)
  const ids = new Set(networks.map(({ asked }) => asked.id))
  return scoredRows(
    networks,
    crossValidate(trainable, 'cell', method, (id) => ids.has(id)),
  )
}

function isOfNetwork({ asked }: MeasuredRow): boolean {
  return asked.quantity === 'latency' || asked.quantity === 'throughput'
}

interface Split {
  readonly report: SplitReport
  readonly scored: readonly ScoredRow[]
}

function splitReport(
  trainable: readonly MeasuredRow[],
  scorable: readonly MeasuredRow[],
  axis: SplitAxis,
  method: Method,
  bound: ReadonlyMap<string, number>,
  effort: Effort,
): Split {
  const ids = new Set(scorable.map(({ asked }) => asked.id))
  const answersOf = (each: Method) => crossValidate(trainable, axis, each, (id) => ids.has(id), effort)
  const contest: Contest = {
    edgefit: answersOf(method),
    baselines: new Map(baselines.map((each) => [each.id, answersOf(each)])),
    sisterBound: bound,
  }
  const networks = scorable.filter(isOfNetwork)
  const scored = scoredRows(networks, contest.edgefit)
  const order = orderAccuracy(networks, contest.edgefit)
  const report: SplitReport = {
    folds: foldCount,
    pooled: compare(networks, contest),
    order: order && {
      ...order,
      baselines: Object.fromEntries(
        [...contest.baselines].map(([id, answers]) => [id, orderAccuracy(networks, answers)?.rightShare ?? null]),
      ),
    },
    precisionSign: precisionSign(networks, contest.edgefit),
    calibration: calibrationCurve(scored, levels),
    verdicts: verdictAccuracy(scored),
    families: familiesOf(networks, contest, axis),
    language: grouped(
      scorable.filter(({ asked }) => language.has(asked.quantity)),
      ({ asked }) => asked.quantity,
      contest,
      ([first], comparison) => ({ quantity: first.asked.quantity, ...comparison }),
    ),
    energy: grouped(
      scorable.filter(({ asked }) => asked.quantity === 'energy'),
      ({ asked }) => asked.origin,
      contest,
      ([first], comparison) => ({ origin: first.asked.origin, ...comparison }),
    ),
    worst: [...scored]
      .sort((a, b) => factorOff(b) - factorOff(a))
      .slice(0, worstCount)
      .map(pointOf),
    anchors: effort === 'full' && axis !== 'family' ? anchorWorth(trainable, axis) : null,
  }
  return { report, scored }
}

function familiesOf(rows: readonly MeasuredRow[], contest: Contest, axis: SplitAxis): FamilyReport[] {
  const families = grouped(
    rows,
    ({ asked }) => Object.values(asked.cell).join('|'),
    contest,
    (group, comparison) => {
      const groups = new Set(group.map(({ asked }) => groupOf(asked, axis))).size
      return { ...group[0].asked.cell, ...comparison, standing: standingOf(comparison, groups) }
    },
  )
  return families.filter((family) => family.rows >= leastFamilyRows).sort((a, b) => b.rows - a.rows)
}

type Group = readonly [MeasuredRow, ...MeasuredRow[]]

function grouped<T>(
  rows: readonly MeasuredRow[],
  keyOf: (row: MeasuredRow) => string,
  contest: Contest,
  describe: (group: Group, comparison: Comparison) => T,
): T[] {
  return [...groupBy(rows, keyOf).values()].map((group) => describe(group, compare(group, contest)))
}

/** By the id alone, so that the same points are shown in every run. */
function sampleIndex(rowId: string): number {
  return Number.parseInt(rowId.slice(-6), 16) % pointStride
}

function pointOf({ asked, sourceId, measured, predicted, interval }: ScoredRow): Point {
  const { rowId, presetId, deviceId, cell, quantity } = asked
  const pi80 = interval?.pi80 ?? null
  return { rowId, presetId, deviceId, ...cell, quantity, measured, predicted, pi80, sourceId }
}

function quarantineRecord({ row, measuredS, floorS, floor }: Quarantined): QuarantineRecord {
  const { asked } = row
  return {
    rowId: asked.rowId,
    presetId: asked.presetId,
    deviceId: asked.deviceId,
    runtime: asked.cell.runtime,
    precision: asked.cell.precision,
    trust: row.row.trust,
    measuredMs: msFromS(measuredS),
    floorMs: msFromS(floorS),
    floorFrom: floor.computeS >= floor.memoryS ? 'compute' : 'memory',
    arithmetic: floor.arithmetic,
    sourceId: asked.sourceId,
  }
}

function countOf({ rows, sources }: Evidence, scorable: readonly MeasuredRow[], unanswered: readonly Unanswered[]) {
  const byCode = new Map<ProblemCode, number>()
  for (const { code } of unanswered) byCode.set(code, (byCode.get(code) ?? 0) + 1)
  return {
    rows: rows.length,
    presets: new Set(rows.map(({ presetId }) => presetId)).size,
    devices: new Set(rows.map(({ pair }) => pair.deviceId)).size,
    sources: sources.size,
    scored: new Set(scorable.map(({ asked }) => asked.rowId)).size,
    unanswered: [...byCode].map(([code, count]) => ({ code, rows: count })).sort((a, b) => b.rows - a.rows),
  }
}
