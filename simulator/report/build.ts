/** Answers in, report out. Pure: the same answers in any order give the same report, hence the same address. */
import { type Budget, type Fit, verdicts } from '../decide/budget.ts'
import type { GraphSummary } from '../graph/summary.ts'
import type { Metric, Prediction } from '../predict/prediction.ts'
import { fail } from '../problem.ts'
import type { EdgeRunMeasurement, KernelShare, Report, ReportPrediction, ReportRow } from './format.ts'

export interface ReportInput {
  readonly title: string
  readonly model: { readonly name: string; readonly summary: GraphSummary }
  readonly budget: Budget
  /** At least one; all of the same model, engine version and catalog version. */
  readonly rows: readonly { readonly deviceName: string; readonly prediction: Prediction; readonly fit: Fit }[]
  readonly edgeRun?: EdgeRunMeasurement | null
}

/**
 * Assembles a report. Rows are ordered by verdict (fits, tight, fails, unknown), then by median latency, then by target.
 *
 * Throws `ProblemError` `invalid-field` when there is no row or the rows do not belong together.
 */
export function buildReport(input: ReportInput): Report {
  const first = input.rows[0]?.prediction
  if (first === undefined) {
    throw fail('invalid-field', 'Add at least one device to the report.', {
      where: 'rows',
      expected: 'one row or more',
    })
  }
  for (const [index, { prediction }] of input.rows.entries()) {
    for (const key of ['modelId', 'engineVersion', 'catalogVersion'] as const) {
      if (prediction[key] !== first[key]) {
        throw fail('invalid-field', 'Compute all rows of a report from one model with one version.', {
          where: `rows[${index}].prediction.${key}`,
          expected: first[key],
          received: prediction[key],
        })
      }
    }
  }
  const rows = input.rows.map(
    ({ deviceName, prediction, fit }): ReportRow => ({ deviceName, prediction: condense(prediction), fit }),
  )
  return {
    format: 'edgefit-report',
    version: 1,
    title: input.title,
    createdWith: { engineVersion: first.engineVersion, catalogVersion: first.catalogVersion },
    model: { id: first.modelId, name: input.model.name, summary: input.model.summary },
    budget: input.budget,
    rows: rows.sort(byVerdictThenLatency),
    edgeRun: input.edgeRun ?? null,
  }
}

/** Leaves out what the summary recomputes and resolves the indices of the largest kernels. */
export function condense(prediction: Prediction): ReportPrediction {
  const { kernels, explanation: _explanation, largestKernels, ...kept } = prediction
  return {
    ...kept,
    largestKernels: largestKernels.flatMap((index): KernelShare[] => {
      const kernel = kernels[index]
      return kernel === undefined
        ? []
        : [{ name: kernel.name, class: kernel.class, timeMs: kernel.timeMs, bound: kernel.bound }]
    }),
  }
}

function byVerdictThenLatency(a: ReportRow, b: ReportRow): number {
  return (
    verdicts.indexOf(a.fit.verdict) - verdicts.indexOf(b.fit.verdict) ||
    compare(medianOf(a.prediction.latencyMs), medianOf(b.prediction.latencyMs)) ||
    compare(targetOf(a), targetOf(b))
  )
}

/** Unavailable sorts last. */
function medianOf(metric: Metric): number {
  return metric.availability === 'available' ? metric.p50 : Number.POSITIVE_INFINITY
}

function targetOf({ prediction: p }: ReportRow): string {
  return [p.deviceId, p.unitId, p.runtimeId, p.precision, p.powerMode, p.batch].join(' ')
}

/** By value or code unit, so the order is the same in every locale. */
function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
