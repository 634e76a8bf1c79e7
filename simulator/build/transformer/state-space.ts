/**
 * Selective state spaces: h ← e^(Δ·A) · h + Δ · B x, y = C h + D x, where step Δ and vectors B and C follow from the token
 * (Mamba, arXiv:2312.00752; Mamba-2, arXiv:2405.21060). As linear attention: B is the key, C the query, Δ · x the value.
 */
import { dimOf, type Tensor } from '../builder.ts'
import type { TransformerBuilder } from './builder.ts'
import type { MultiHeadStateSpace, Norm, SelectiveStateSpace } from './config.ts'
import type { PassState } from './pass.ts'
import { causalConvolution, decayRates, recur, softplus } from './recurrence.ts'

/** x [N, S, width] → [N, S, width]. Every inner feature is a head of one value. */
export function selectiveStateSpace(
  g: TransformerBuilder,
  x: Tensor,
  layer: number,
  config: SelectiveStateSpace,
  norm: Norm,
  pass: PassState,
): Tensor {
  const { inner, states, stepRank, kernel, convolutionBias, bias } = config
  const { batch, newTokens } = pass
  const label = `layer${layer}`
  const [features, gate] = parts(g, g.project(x, `${label}/state-in`, 2 * inner, bias), [inner, inner])
  const seen = causalConvolution(g, features, layer, { kernel, bias: convolutionBias, activation: 'silu' }, pass)
  const vectors = g.project(seen, `${label}/state-vectors`, stepRank + 2 * states, false)
  const [step, key, query] = parts(g, vectors, [stepRank, states, states])
  const normed = (value: Tensor, what: string) => vectorNorm(g, value, `${label}/${what}-norm`, config.norm, norm)
  const steps = softplus(g, g.project(normed(step, 'step'), `${label}/step`, inner, true))
  const decay = g.mul(g.unsqueeze(steps, [-1]), decayRates(g, label, [inner, states]))
  const result = recur(
    g,
    layer,
    {
      query: normed(query, 'output-vector'),
      key: normed(key, 'input-vector'),
      value: g.mul(steps, seen),
      decay: g.reshape(decay, [batch, newTokens, inner * states]),
      correction: null,
      ...{ queryHeads: 1, heads: inner, keySize: states, scale: 1 },
    },
    pass,
  )
  const skipped = g.add(result, g.mul(seen, g.parameter(`${label}/skip`, [inner])))
  return g.project(g.mul(skipped, g.activated(gate, 'silu')), `${label}/state-out`, dimOf(x.shape, 2), bias)
}

/** x [N, S, width] → [N, S, width]. */
export function multiHeadStateSpace(
  g: TransformerBuilder,
  x: Tensor,
  layer: number,
  config: MultiHeadStateSpace,
  norm: Norm,
  pass: PassState,
): Tensor {
  const { heads, headSize, groups, states, kernel, convolutionBias, bias } = config
  const { batch, newTokens } = pass
  const label = `layer${layer}`
  const inner = heads * headSize
  const shared = groups * states
  const projected = g.project(x, `${label}/state-in`, 2 * inner + 2 * shared + heads, bias)
  const [gate, features, step] = parts(g, projected, [inner, inner + 2 * shared, heads])
  const seen = causalConvolution(g, features, layer, { kernel, bias: convolutionBias, activation: 'silu' }, pass)
  const [value, key, query] = parts(g, seen, [inner, shared, shared])
  const steps = softplus(g, g.add(step, g.parameter(`${label}/step-bias`, [heads])))
  const perHead = g.reshape(value, [batch, newTokens, heads, headSize])
  const flat = (headed: Tensor) => g.reshape(headed, [batch, newTokens, inner])
  const result = recur(
    g,
    layer,
    {
      ...{ query, key, value: flat(g.mul(perHead, g.unsqueeze(steps, [-1]))) },
      decay: g.mul(steps, decayRates(g, label, [heads])),
      correction: null,
      ...{ queryHeads: groups, heads, keySize: states, scale: 1 },
    },
    pass,
  )
  const skipped = g.add(result, flat(g.mul(perHead, g.parameter(`${label}/skip`, [heads, 1]))))
  const gated = g.mul(skipped, g.activated(gate, 'silu'))
  const normed = config.gatedNorm ? g.norm(gated, `${label}/state-norm`, { ...norm, kind: 'rms', bias: false }) : gated
  return g.project(normed, `${label}/state-out`, dimOf(x.shape, 2), bias)
}

function vectorNorm(
  g: TransformerBuilder,
  x: Tensor,
  label: string,
  kind: SelectiveStateSpace['norm'],
  norm: Norm,
): Tensor {
  switch (kind) {
    case null:
      return x
    case 'scaled':
      return g.norm(x, label, { ...norm, kind: 'rms', bias: false })
    case 'plain': {
      // x / √mean(x²) = √n · x / ‖x‖.
      const unit = g.node('LpNormalization', [x], { axis: -1, p: 2 })
      return g.scale(unit, Math.sqrt(dimOf(x.shape, 2)))
    }
  }
}

type ThreeTensors = readonly [Tensor, Tensor, Tensor]

function parts(g: TransformerBuilder, x: Tensor, sizes: readonly [number, number]): readonly [Tensor, Tensor]
function parts(g: TransformerBuilder, x: Tensor, sizes: readonly [number, number, number]): ThreeTensors
function parts(g: TransformerBuilder, x: Tensor, sizes: readonly number[]): readonly Tensor[] {
  return g.split(x, sizes, 2)
}
