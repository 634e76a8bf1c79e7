/** What the baselines know of a row: work, weights and the peak of the data sheet. */

import { itemsPerBatch } from '../../device-catalog/pairs/quantity.ts'
import type { Question } from '../../device-catalog/pairs/question.ts'
import { makeWorkloads } from '../../simulator/cost/workload.ts'
import { resolveNumbers } from '../../simulator/hardware/simulate.ts'
import { askedTarget } from '../../simulator/predict/asked-target.ts'
import type { AskedRow } from '../evidence/cases.ts'

export interface Features {
  /** Of one batch. */
  readonly macs: number
  readonly parameters: number
  /** Dense, of the whole unit in the row's precision, clocks and cores as the row has them. */
  readonly peakMacsPerS: number
  readonly items: number
}

const known = new WeakMap<Question, Features>()

export function featuresOf({ question }: AskedRow): Features {
  const found = known.get(question)
  if (found !== undefined) return found
  const { request } = question
  const target = askedTarget(request)
  const { rates, traits } = resolveNumbers(target, { peers: request.peers })
  const workloads = request.workloads ?? makeWorkloads(request.summary)
  const items = itemsPerBatch(question)
  const { macs, parameters } = workloads.get(target.precision, traits.fusionProfile, items).totals
  const features = { macs, parameters, peakMacsPerS: rates.peakMacsPerS.value, items }
  known.set(question, features)
  return features
}

/** Scopes that a fitted baseline may share rows in, narrow to wide: the target itself, its cell, the kind, everything. */
export function scopesOf({ deviceId, cell, question }: AskedRow): readonly string[] {
  const { kind, family, runtime, precision } = cell
  const { threads, powerMode, unit } = question.request
  return [
    ['target', deviceId, unit, runtime, precision, threads, powerMode].join('|'),
    ['cell', family, runtime, precision].join('|'),
    ['kind', kind, runtime, precision].join('|'),
    ['kind', kind].join('|'),
    'all',
  ]
}
