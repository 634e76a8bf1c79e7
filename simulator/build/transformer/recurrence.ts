/**
 * What layers with a state of constant size are made of: a causal convolution over the last tokens and a linear recurrence,
 * as the operators of onnxruntime that keep their state from run to run.
 */
import type { Attribute } from '../../graph/graph.ts'
import { dimOf, type Tensor } from '../builder.ts'
import type { TransformerBuilder } from './builder.ts'
import type { PassState } from './pass.ts'

export interface CausalConvolution {
  readonly kernel: number
  readonly bias: boolean
  readonly activation: 'silu' | 'none'
}

/** x [N, S, C] → the same shape: every feature over its last `kernel` tokens. */
export function causalConvolution(
  g: TransformerBuilder,
  x: Tensor,
  layer: number,
  { kernel, bias, activation }: CausalConvolution,
  pass: PassState,
): Tensor {
  const label = `layer${layer}/convolution`
  const channels = dimOf(x.shape, 2)
  const weight = g.parameter(label, [channels, 1, kernel])
  const past = pastState(g, layer, 'convolution', [pass.batch, kernel - 1, channels], pass)
  const inputs = [x, weight, bias ? g.parameter(`${label}/bias`, [channels]) : null, past]
  return keeping(
    'convolution',
    layer,
    pass,
    g.nodes('CausalConvWithState', inputs, { ndim: 1, channels_last: 1, activation }, 2),
  )
}

/** State S [key size, value size] of every head: S ← e^decay · S + key ⊗ value, result = scale · queryᵀ S. */
export interface Recurrence {
  /** Packed heads: [N, S, heads · size]. */
  readonly query: Tensor
  readonly key: Tensor
  readonly value: Tensor
  /** [N, S, heads] or [N, S, heads · key size]. */
  readonly decay: Tensor
  /** [N, S, heads]: share of what the state holds for a key that its value replaces; `null` = nothing is replaced. */
  readonly correction: Tensor | null
  /** Heads of the query; those of the value, which have a state each. */
  readonly queryHeads: number
  readonly heads: number
  readonly keySize: number
  readonly scale: number
}

/** [N, S, heads · value size]. */
export function recur(g: TransformerBuilder, layer: number, from: Recurrence, pass: PassState): Tensor {
  const { query, key, value, decay, correction, queryHeads, heads, keySize, scale } = from
  const shape = [pass.batch, heads, keySize, dimOf(value.shape, 2) / heads]
  const past = pastState(g, layer, 'state', shape, pass)
  const attributes: Record<string, Attribute> = {
    ...{ q_num_heads: queryHeads, kv_num_heads: heads, scale },
    update_rule: correction === null ? 'gated' : 'gated_delta',
  }
  const inputs = [query, key, value, past, decay, ...(correction === null ? [] : [correction])]
  return keeping('state', layer, pass, g.nodes('LinearAttention', inputs, attributes, 2))
}

/** Rates at which states decay, [dims], from the parameter that holds their logarithms. */
export function decayRates(g: TransformerBuilder, label: string, dims: readonly number[]): Tensor {
  return g.node('Neg', [g.node('Exp', [g.parameter(`${label}/decay`, dims)])])
}

/** ln(1 + eˣ): a step is positive. */
export function softplus(g: TransformerBuilder, x: Tensor): Tensor {
  return g.node('Softplus', [x])
}

function pastState(
  g: TransformerBuilder,
  layer: number,
  what: string,
  shape: readonly number[],
  { pastTokens }: PassState,
): Tensor | null {
  return pastTokens === 0 ? null : g.input(`past_key_values.${layer}.${what}`, shape)
}

function keeping(what: string, layer: number, { cache }: PassState, [result, state]: readonly Tensor[]): Tensor {
  if (result === undefined || state === undefined) throw new Error('an operator with a state has two outputs')
  cache.set(`present.${layer}.${what}`, state)
  return result
}
