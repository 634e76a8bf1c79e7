/** Measured rows as the fit takes them. What does not depend on a fold is computed once. */

import { itemsPerBatch, type Quantity, secondsPerBatch } from '../device-catalog/pairs/quantity.ts'
import { makeWorkloads } from '../simulator/cost/workload.ts'
import { architectureIdOf } from '../simulator/graph/architecture-id.ts'
import type { GraphSummary } from '../simulator/graph/summary.ts'
import { calibrationScopes, type WorkKind, workKindOf } from '../simulator/hardware/calibration.ts'
import { resolveNumbers, simulate } from '../simulator/hardware/simulate.ts'
import type { Target } from '../simulator/hardware/target.ts'
import { simulatePlaced } from '../simulator/placement/simulate-placed.ts'
import { askedTarget } from '../simulator/predict/asked-target.ts'
import { effectScopes } from '../simulator/predict/calibration.ts'
import { type EvidenceScopes, evidenceScopes } from '../simulator/predict/evidence.ts'
import { networkFeatures } from '../simulator/predict/likeness.ts'
import type { MeasuredNetwork } from '../simulator/predict/network-effects.ts'
import type { AskedRow, MeasuredRow } from './evidence/cases.ts'
import type { EvidenceRow } from './evidence/read.ts'
import type { FitRow } from './fit/fit.ts'
import { profileOf } from './fit/profile.ts'

export interface CalibrationRow extends FitRow {
  readonly asked: AskedRow
  readonly target: Target
  readonly work: WorkKind
  readonly architectureId: string
  readonly evidence: EvidenceScopes
  readonly batch: number
  readonly isRate: boolean
  /** As published. */
  readonly value: number
  readonly published: EvidenceRow
  readonly macsPerItem: number
}

/** Times of one pass of a network; energies are fitted apart. */
const timed: ReadonlySet<Quantity> = new Set(['latency', 'throughput', 'decode', 'ttft', 'prompt'])

/** Trust that a row needs to take part in a fit: 2 is end-to-end or doubtful. */
const leastTrust = 3

/** Of features, as they are written. */
const decimals = 1e4

const known = new WeakMap<AskedRow, CalibrationRow>()

/** Rows that take part in a fit: newest of their key, trusted, weighed, of one pass. */
export function calibrationRows(measured: readonly MeasuredRow[]): CalibrationRow[] {
  return measured.flatMap((each) => {
    const { asked, row, weight } = each
    if (weight === 0 || row.trust < leastTrust || !row.isNewest || !timed.has(asked.quantity)) return []
    const made = known.get(asked) ?? calibrationRow(each)
    known.set(asked, made)
    return [made]
  })
}

function calibrationRow({ asked, value, weight, row }: MeasuredRow): CalibrationRow {
  const { request } = asked.question
  const batch = itemsPerBatch(asked.question)
  const architectureId = architectureIdOf(request.summary)
  const target = askedTarget(request)
  const resolved = resolveNumbers(target, { peers: request.peers })
  const workloads = request.workloads ?? makeWorkloads(request.summary)
  const workload = workloads.get(target.precision, resolved.traits.fusionProfile, batch)
  const simulation = simulatePlaced(workload, resolved, {
    runtimeById: request.peers.runtimeById,
    run: simulate,
    resolve: (other) => resolveNumbers(other, { peers: request.peers }),
  })
  const work = workKindOf(request.summary)
  return {
    asked,
    target,
    work,
    architectureId,
    evidence: evidenceScopes(target, work),
    batch,
    isRate: isRate(asked),
    value,
    published: row,
    macsPerItem: workload.totals.macs / batch,
    logSeconds: Math.log(secondsPerBatch(asked.quantity, value, asked.question)),
    weight,
    profile: profileOf(simulation, isRate(asked)),
    scopes: calibrationScopes(target, work),
    effectScopes: effectScopes(target, work),
    network: networkOf(request.summary, architectureId),
  }
}

const networks = new Map<string, MeasuredNetwork>()

function networkOf(summary: GraphSummary, architectureId: string): MeasuredNetwork {
  const known = networks.get(architectureId)
  if (known !== undefined) return known
  const made = {
    architectureId,
    features: networkFeatures(summary).map((value) => Math.round(value * decimals) / decimals),
  }
  networks.set(architectureId, made)
  return made
}

/** Of runs in flight; a token rate, and a rate of runs one after the other, is the inverse of a run. */
function isRate({ quantity, question }: AskedRow): boolean {
  return quantity === 'throughput' && question.kind.inFlight === 'several'
}
