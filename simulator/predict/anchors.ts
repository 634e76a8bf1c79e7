/**
 * Anchors: results that the user measured, which narrow what is predicted for the same network elsewhere and for other
 * networks on the same target (docs/method/calibration.md, CAL-5).
 *
 *     shift = cᵀ (C + σ² I)⁻¹ r        variance left = v − cᵀ (C + σ² I)⁻¹ c
 *
 * r: ln measured − ln predicted of each anchor; C, c: how the errors of two runs go together, because they share a
 * network (`network-effects.ts`) or a scope of the hardware that little is known of.
 */

import { choleskyFactor, choleskySolve } from '../cholesky.ts'
import { architectureIdOf } from '../graph/architecture-id.ts'
import type { GraphSummary } from '../graph/summary.ts'
import { calibrationScopes, workKindOf } from '../hardware/calibration.ts'
import type { Target } from '../hardware/target.ts'
import { askedTarget } from './asked-target.ts'
import { type Calibration, effectScopes } from './calibration.ts'
import { effectCorrelation, effectSd, isMeasuredIn, type MeasuredNetwork, placeNetwork } from './network-effects.ts'
import { noiseSd, scaleSdOf } from './prior-spread.ts'
import type { PredictionRequest } from './request.ts'

/** A run whose error is known, or asked about. */
export interface Run {
  readonly target: Target
  readonly summary: GraphSummary
  readonly architectureId: string
}

export interface Anchor extends Run {
  /** ln (measured / predicted without anchors). */
  readonly logError: number
}

export interface Anchoring {
  readonly logShift: number
  /** Standard deviation over what it was without anchors, (0, 1]. */
  readonly spreadShare: number
}

export function anchorAt(request: PredictionRequest, logError: number): Anchor {
  const target = askedTarget(request)
  return { target, summary: request.summary, architectureId: architectureIdOf(request.summary), logError }
}

/** Spread of a network on a target that neither of the two explains **(default)**. */
const ownSd = 0.25
/** The same where an interval is narrowed, which is wrong more often than a shift is **(default)**. */
const ownSdOfIntervals = 0.75
/** A new device's other factors are as unknown as its scale, and an anchor shows them together **(default)**. */
const otherFactors = 1.5
/** Share of a network's variance that is left where it was measured in the scope **(default)**. */
const leftOfMeasured = 0.25

const noAnchors: Anchoring = { logShift: 0, spreadShare: 1 }

export function anchorOn(calibration: Calibration, anchors: readonly Anchor[], asked: Run): Anchoring {
  if (anchors.length === 0) return noAnchors
  const { logShift, shared, explained } = posterior(calibration, anchors, asked)
  const isMeasured = anchors.some((anchor) => isSameRun(anchor, asked))
  const total = shared + (isMeasured ? ownSd : ownSdOfIntervals) ** 2
  return { logShift, spreadShare: Math.sqrt(Math.max(0, total - explained) / total) }
}

function isSameRun(a: Run, b: Run): boolean {
  const scopeOf = ({ target, summary }: Run) => calibrationScopes(target, workKindOf(summary)).at(-1)
  return a.architectureId === b.architectureId && scopeOf(a) === scopeOf(b)
}

interface Posterior {
  readonly logShift: number
  /** Variance of what the run shares with others, and how much of it the anchors explain. */
  readonly shared: number
  readonly explained: number
}

function posterior(calibration: Calibration, anchors: readonly Anchor[], asked: Run): Posterior {
  const known = anchors.map((anchor) => placed(calibration, anchor))
  const query = placed(calibration, asked)
  const n = known.length
  const matrix = new Float64Array(n * n)
  known.forEach((a, i) => {
    known.forEach((b, j) => {
      matrix[i * n + j] = covariance(a, b) + (i === j ? ownSd ** 2 + noiseSd ** 2 : 0)
    })
  })
  const factor = choleskyFactor(matrix, n)
  const together = Float64Array.from(known, (each) => covariance(each, query))
  const weights = choleskySolve(factor, together)
  let logShift = 0
  let explained = 0
  anchors.forEach(({ logError }, i) => {
    logShift += (weights[i] ?? 0) * logError
    explained += (weights[i] ?? 0) * (together[i] ?? 0)
  })
  return { logShift, shared: covariance(query, query), explained }
}

interface Placed {
  /** Variance left by scope of the hardware. */
  readonly hardware: ReadonlyMap<string, number>
  /** Variance left by scope of the network. */
  readonly network: ReadonlyMap<string, number>
  readonly features: MeasuredNetwork
}

function placed({ evidence, effects }: Calibration, { target, summary, architectureId }: Run): Placed {
  const network = placeNetwork(effects, summary, architectureId)
  const work = workKindOf(summary)
  return {
    hardware: new Map(
      calibrationScopes(target, work).flatMap((scope, level) => {
        if (scope === null) return []
        const prior = otherFactors * scaleSdOf(work, level) ** 2
        const networks = evidence[scope]?.networks ?? 0
        return [[scope, prior / (1 + (networks * prior) / ownSd ** 2)] as const]
      }),
    ),
    network: new Map(
      effectScopes(target, work).map((scope, level) => {
        const left = isMeasuredIn(effects, network, scope) ? leftOfMeasured : 1
        return [scope, (effectSd[work][level] ?? 0) ** 2 * left] as const
      }),
    ),
    features: network.network,
  }
}

function covariance(a: Placed, b: Placed): number {
  const correlation = effectCorrelation(a.features, b.features)
  let sum = 0
  for (const [scope, variance] of a.hardware) if (b.hardware.has(scope)) sum += variance
  for (const [scope, variance] of a.network) {
    const other = b.network.get(scope)
    if (other !== undefined) sum += Math.sqrt(variance * other) * correlation
  }
  return sum
}

/** An anchor that cannot be right. */
export interface WrongAnchor {
  readonly index: number
  /** Measured over what the others and the calibration lead one to expect. */
  readonly factor: number
}

/** Errors this many standard deviations out happen once in fifty times. */
const mostSd = 2.33
/** Nobody is surprised that much: a result this far off is of another unit, batch or network. */
const mostLog = Math.log(6)

/** Takes out what contradicts the calibration and the other anchors, the worst first. Indices are those of `anchors`. */
export function soundAnchors(
  calibration: Calibration,
  anchors: readonly Anchor[],
): { readonly sound: readonly Anchor[]; readonly wrong: readonly WrongAnchor[] } {
  const wrong: WrongAnchor[] = []
  let sound = anchors.map((anchor, index) => ({ anchor, index }))
  for (;;) {
    let worst: { readonly index: number; readonly surprise: number; readonly log: number } | null = null
    for (const { anchor, index } of sound) {
      const others = sound.flatMap((each) => (each.index === index ? [] : [each.anchor]))
      const { logShift, shared, explained } = posterior(calibration, others, anchor)
      const sd = Math.sqrt(shared - explained + ownSd ** 2 + noiseSd ** 2)
      const log = anchor.logError - logShift
      const surprise = Math.abs(log) / Math.min(mostLog, mostSd * sd)
      if (surprise > (worst?.surprise ?? 1)) worst = { index, surprise, log }
    }
    if (worst === null) return { sound: sound.map(({ anchor }) => anchor), wrong }
    const { index, log } = worst
    wrong.push({ index, factor: Math.exp(log) })
    sound = sound.filter((each) => each.index !== index)
  }
}
