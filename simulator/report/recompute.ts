/** Verify = compute a report again from its own summary, targets and budget, and compare the bytes. */
import { makeWorkloads } from '../cost/workload.ts'
import { checkFit } from '../decide/fit.ts'
import { modelId } from '../graph/model-id.ts'
import type { Device } from '../hardware/device.ts'
import type { PeerFacts } from '../hardware/missing.ts'
import { canonicalJson } from '../json.ts'
import type { Calibration } from '../predict/calibration.ts'
import { predict } from '../predict/predict.ts'
import { fail, type Problem, ProblemError } from '../problem.ts'
import { engineVersion } from '../version.gen.ts'
import { buildReport, type ReportInput } from './build.ts'
import type { Report, ReportRow } from './format.ts'

/** What a recomputation needs beside the report: the catalog, passed in because the simulator does not know it. */
export interface RecomputeContext {
  deviceById(id: string): Device | undefined
  readonly peers: PeerFacts
  readonly catalogVersion: string
  readonly calibration?: Calibration | null | undefined
}

export type Verification =
  | { readonly status: 'identical' }
  /** Made by another engine or catalog: numbers may differ for good reasons, so nothing is compared. */
  | { readonly status: 'other-version'; readonly engineVersion: string; readonly catalogVersion: string }
  /** Paths of the first values that differ, as in `rows[0].prediction.latencyMs.p50`. */
  | { readonly status: 'different'; readonly paths: readonly string[] }
  /** A device or target of the report does not exist in this catalog. */
  | { readonly status: 'impossible'; readonly problem: Problem }

const mostPaths = 20

export async function verifyReport(report: Report, context: RecomputeContext): Promise<Verification> {
  const { catalogVersion } = context
  if (report.createdWith.engineVersion !== engineVersion || report.createdWith.catalogVersion !== catalogVersion) {
    return { status: 'other-version', engineVersion, catalogVersion }
  }
  try {
    const again = await recomputeReport(report, context)
    if (canonicalJson(again) === canonicalJson(report)) return { status: 'identical' }
    return { status: 'different', paths: differences(normal(report), normal(again), '').slice(0, mostPaths) }
  } catch (error) {
    if (error instanceof ProblemError) return { status: 'impossible', problem: error.problem }
    throw error
  }
}

/**
 * The report that this engine and this catalog give for the same questions. Title, edge measurement and what was omitted are taken over.
 *
 * Throws `ProblemError` `unknown-device` and whatever `predict` throws for a target that does not exist.
 */
export async function recomputeReport(report: Report, context: RecomputeContext): Promise<Report> {
  const { summary } = report.model
  const id = await modelId(summary)
  const workloads = makeWorkloads(summary)
  const rows = report.rows.map((row): ReportInput['rows'][number] => {
    const device = deviceOf(row, context)
    const { unitId, runtimeId, precision, batch, powerMode } = row.prediction
    const prediction = predict({
      summary,
      modelId: id,
      workloads,
      device,
      peers: context.peers,
      catalogVersion: context.catalogVersion,
      calibration: context.calibration,
      unit: unitId,
      runtime: runtimeId,
      precision,
      batch,
      powerMode,
    })
    const fit = checkFit(prediction, report.budget, device.priceUsd?.value ?? null)
    return { deviceName: device.name, prediction, fit }
  })
  const { title, budget, edgeRun, omitted } = report
  const again = buildReport({ title, model: { name: report.model.name, summary }, budget, rows, edgeRun })
  return omitted === undefined ? again : { ...again, omitted }
}

function deviceOf({ prediction }: ReportRow, context: RecomputeContext): Device {
  const device = context.deviceById(prediction.deviceId)
  if (device === undefined) {
    throw fail('unknown-device', 'Verify with the catalog that the report was made with.', {
      where: prediction.deviceId,
    })
  }
  return device
}

/** With numbers as they are written. */
function normal(report: Report): unknown {
  return JSON.parse(canonicalJson(report))
}

function differences(given: unknown, computed: unknown, path: string): string[] {
  if (isObject(given) && isObject(computed)) {
    const keys = new Set([...Object.keys(given), ...Object.keys(computed)])
    return [...keys].flatMap((key) => differences(given[key], computed[key], childPath(given, key, path)))
  }
  return given === computed ? [] : [path]
}

function childPath(parent: object, key: string, path: string): string {
  if (Array.isArray(parent)) return `${path}[${key}]`
  return path === '' ? key : `${path}.${key}`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
