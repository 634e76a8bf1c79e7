/**
 * How a network differs from the law, as a Gaussian process over likeness at each of four scopes
 * (docs/method/calibration.md, CAL-3; Rasmussen & Williams 2006, ch. 2).
 *
 *     cov(u_a, u_b) = τ² (ρ k(a, b) + (1 − ρ) [a = b])          u(x) = Σ_n cov(x, n) α_n
 */
import type { GraphSummary } from '../graph/summary.ts'
import type { WorkKind } from '../hardware/calibration.ts'
import { likeness, networkFeatures } from './likeness.ts'

/** ρ: what networks that are alike share; the rest is each network's own. */
export const sharedByAlike = 0.9

/** τ at the scopes of `effectScopes`: a kind of unit, × numbers, × runtime, and one device. Decoders are much alike. */
export const effectSd: Readonly<Record<WorkKind, readonly number[]>> = {
  network: [0.35, 0.2, 0.25, 0.15],
  decoder: [0.1, 0.1, 0.1, 0.1],
}

export interface MeasuredNetwork {
  readonly architectureId: string
  readonly features: readonly number[]
}

/** Correlation of two networks' effects. */
export function effectCorrelation(a: MeasuredNetwork, b: MeasuredNetwork): number {
  return (
    sharedByAlike * likeness(a.features, b.features) + (a.architectureId === b.architectureId ? 1 - sharedByAlike : 0)
  )
}

/** α by scope: pairs of an index into `networks` and a weight. */
export interface NetworkEffects {
  readonly networks: readonly MeasuredNetwork[]
  readonly weights: Readonly<Record<string, readonly (readonly [network: number, weight: number])[]>>
}

/** A network among those that were measured: the correlation with each, by index. */
export interface PlacedNetwork {
  readonly network: MeasuredNetwork
  readonly correlations: Float64Array
  /** Its own index; −1 = not measured. */
  readonly index: number
}

const placed = new WeakMap<NetworkEffects, WeakMap<GraphSummary, PlacedNetwork>>()

/** The same summary is asked about on many devices, so its place is kept as long as it lives. */
export function placeNetwork(effects: NetworkEffects, summary: GraphSummary, architectureId: string): PlacedNetwork {
  const places = placed.get(effects) ?? new WeakMap<GraphSummary, PlacedNetwork>()
  placed.set(effects, places)
  const known = places.get(summary)
  if (known !== undefined) return known
  const index = effects.networks.findIndex((each) => each.architectureId === architectureId)
  // What was measured is placed where the measured one is, however it was exported.
  const network = effects.networks[index] ?? { architectureId, features: networkFeatures(summary) }
  const correlations = Float64Array.from(effects.networks, (each) => effectCorrelation(network, each))
  const made: PlacedNetwork = { network, correlations, index }
  places.set(summary, made)
  return made
}

/** ln at the scope of a level; a scope without evidence adds nothing. */
export function effectAt(
  effects: NetworkEffects,
  network: PlacedNetwork,
  work: WorkKind,
  scope: string,
  level: number,
): number {
  const variance = (effectSd[work][level] ?? 0) ** 2
  let sum = 0
  for (const [index, weight] of effects.weights[scope] ?? []) {
    sum += variance * (network.correlations[index] ?? 0) * weight
  }
  return sum
}

export function isMeasuredIn(effects: NetworkEffects, network: PlacedNetwork, scope: string): boolean {
  return network.index >= 0 && (effects.weights[scope] ?? []).some(([index]) => index === network.index)
}
