/**
 * Decoder-only language models: one pass over a prompt, or one step after it with a cache of keys and values, or of the
 * states that some layers have instead.
 *
 * Inputs: `input_ids`, `position_ids` [N, S] and the cache of every layer; outputs: `logits` and the cache for the next pass.
 * MACs count attention scores in full (causal masks give no credit, as in files); experts count as far as they are chosen.
 */
import type { Graph } from '../../graph/graph.ts'
import { dimOf, type Tensor } from '../builder.ts'
import { TransformerBuilder, type WeightFormats } from './builder.ts'
import type { DecoderConfig, DecoderLayer } from './config.ts'
import { feedForward } from './feed-forward.ts'
import type { DecoderPass, PassState } from './pass.ts'
import { AngleTable } from './rotary.ts'
import { mixTokens, needsPositions } from './token-mixer.ts'

export function decoder(name: string, config: DecoderConfig, pass: DecoderPass, formats?: WeightFormats): Graph {
  const g = new TransformerBuilder(name, formats)
  const shape = [pass.batch, pass.newTokens]
  const ids = g.input('input_ids', shape, 'int64')
  const readsPositions = config.positions !== null || config.layers.some(({ attention }) => needsPositions(attention))
  const positions = readsPositions ? g.input('position_ids', shape, 'int64') : null
  const state: PassState = {
    ...pass,
    angles: positions === null ? null : new AngleTable(g, positions),
    cache: new Map(),
  }
  let x = embeddings(g, ids, positions, config)
  config.layers.forEach((layer, index) => {
    x = g.within(`layer${index}`, () => decoderLayer(g, x, index, layer, config, state))
  })
  const logits = g.within('output', () => outputLogits(g, x, config, pass))
  return g.finish({ logits, ...Object.fromEntries(state.cache) })
}

function embeddings(g: TransformerBuilder, ids: Tensor, positions: Tensor | null, config: DecoderConfig): Tensor {
  const { vocabulary, width, embeddingWidth, embeddingScale, embeddingNorm, norm } = config
  const table = g.parameter('embedding', [vocabulary, embeddingWidth ?? width])
  let x = g.gather(table, ids)
  if (embeddingScale !== null) x = g.scale(x, embeddingScale)
  if (embeddingWidth !== null) x = g.project(x, 'embedding-projection', width, false)
  if (config.positions !== null && positions !== null) {
    x = g.add(x, g.gather(g.parameter('positions', [config.positions, width]), positions))
  }
  return embeddingNorm ? g.norm(x, 'embedding-norm', norm) : x
}

function decoderLayer(
  g: TransformerBuilder,
  x: Tensor,
  index: number,
  layer: DecoderLayer,
  config: DecoderConfig,
  pass: PassState,
): Tensor {
  const { norm, normPlacement } = config
  const label = `layer${index}`
  const normed = (value: Tensor, what: string) => g.norm(value, `${label}/${what}`, norm)
  const { attention, feedForward: network } = layer
  const attend = attention === null ? null : (value: Tensor) => mixTokens(g, value, index, attention, norm, pass)
  const transform = network === null ? null : (value: Tensor) => feedForward(g, value, label, network)

  if (layer.parallel !== null && attend !== null && transform !== null) {
    const ofAttention = normed(x, 'attention-norm')
    const ofFeedForward = layer.parallel === 'one-norm' ? ofAttention : normed(x, 'feed-forward-norm')
    return g.add(g.add(attend(ofAttention), transform(ofFeedForward)), x)
  }
  const branch = (value: Tensor, what: string, run: ((value: Tensor) => Tensor) | null): Tensor => {
    if (run === null) return value
    const before = normPlacement === 'pre' || normPlacement === 'sandwich'
    const result = run(before ? normed(value, `${what}-norm`) : value)
    const after = normPlacement === 'sandwich' || normPlacement === 'post-branch'
    const sum = g.add(after ? normed(result, `${what}-post-norm`) : result, value)
    return normPlacement === 'post' ? normed(sum, `${what}-norm`) : sum
  }
  return branch(branch(x, 'attention', attend), 'feed-forward', transform)
}

/** x [N, S, width] → [N, vocabulary] of the last token, or [N, S, vocabulary] of all. */
function outputLogits(g: TransformerBuilder, x: Tensor, config: DecoderConfig, pass: DecoderPass): Tensor {
  const { vocabulary, width, embeddingWidth, tied, outputBias, finalNorm, norm, logitSoftcap } = config
  const { batch, newTokens } = pass
  const onlyLast = pass.logits === 'last'
  const wanted = onlyLast && newTokens > 1 ? g.slice(x, 1, newTokens - 1, newTokens) : x
  const normed = finalNorm ? g.norm(wanted, 'output-norm', norm) : wanted
  const hidden = embeddingWidth === null ? normed : g.project(normed, 'output-projection', embeddingWidth, false)
  const rows = g.reshape(hidden, [batch * dimOf(hidden.shape, 1), embeddingWidth ?? width])
  const table = g.parameter(tied ? 'embedding' : 'output/weight', [vocabulary, embeddingWidth ?? width])
  const inputs = outputBias ? [rows, table, g.parameter('output/bias', [vocabulary])] : [rows, table]
  const logits = g.softcapped(g.node('Gemm', inputs, { transB: 1 }), logitSoftcap)
  return onlyLast ? logits : g.reshape(logits, [batch, newTokens, vocabulary])
}
