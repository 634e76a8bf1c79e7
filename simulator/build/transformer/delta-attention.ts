/**
 * Gated delta rule (arXiv:2412.06464): the state forgets, then replaces what it holds for the key of the token by its value.
 * Keys and queries have unit length; value heads outnumber key heads in groups.
 */
import { dimOf, type Tensor } from '../builder.ts'
import type { TransformerBuilder } from './builder.ts'
import type { DeltaAttention, Norm } from './config.ts'
import type { PassState } from './pass.ts'
import { causalConvolution, decayRates, recur, softplus } from './recurrence.ts'

/** x [N, S, width] → [N, S, width]. */
export function deltaAttention(
  g: TransformerBuilder,
  x: Tensor,
  layer: number,
  { keyHeads, valueHeads, keySize, valueSize, kernel }: DeltaAttention,
  norm: Norm,
  pass: PassState,
): Tensor {
  const { batch, newTokens } = pass
  const label = `layer${layer}`
  const [keys, values] = [keyHeads * keySize, valueHeads * valueSize]
  const projected = g.project(x, `${label}/query-key-value`, 2 * keys + values, false)
  const seen = causalConvolution(g, projected, layer, { kernel, bias: false, activation: 'silu' }, pass)
  const [query, key, value] = g.split(seen, [keys, keys, values], 2)
  const [rate, step] = g.split(g.project(x, `${label}/rates`, 2 * valueHeads, false), [valueHeads, valueHeads], 2)
  if (query === undefined || key === undefined || value === undefined || rate === undefined || step === undefined) {
    throw new Error('Split has as many outputs as sizes')
  }
  const unit = (packed: Tensor): Tensor => {
    const headed = g.reshape(packed, [batch, newTokens, keyHeads, keySize])
    return g.reshape(g.node('LpNormalization', [headed], { axis: -1, p: 2 }), [batch, newTokens, keys])
  }
  const steps = softplus(g, g.add(step, g.parameter(`${label}/step-bias`, [valueHeads])))
  const result = recur(
    g,
    layer,
    {
      ...{ query: unit(query), key: unit(key), value },
      decay: g.mul(steps, decayRates(g, label, [valueHeads])),
      correction: g.sigmoid(rate),
      ...{ queryHeads: keyHeads, heads: valueHeads, keySize, scale: 1 / Math.sqrt(keySize) },
    },
    pass,
  )
  const headed = g.reshape(result, [batch, newTokens, valueHeads, valueSize])
  const normed = g.norm(headed, `${label}/state-norm`, { ...norm, kind: 'rms', bias: false })
  const gate = g.project(x, `${label}/output-gate`, values, false, 'silu')
  const gated = g.mul(g.reshape(normed, [batch, newTokens, values]), gate)
  return g.project(gated, `${label}/output`, dimOf(x.shape, 2), false)
}
