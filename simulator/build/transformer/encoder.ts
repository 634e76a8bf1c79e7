/**
 * Encoders: BERT and its descendants, and the text tower of CLIP. Attention is written out in matrix products, as
 * exporters write it.
 *
 * Inputs: `input_ids`, `attention_mask` and, where there are segments, `token_type_ids` [N, T].
 */
import type { Graph } from '../../graph/graph.ts'
import { attend, mergeHeads, splitHeads } from '../attention.ts'
import { dimOf, type Tensor } from '../builder.ts'
import { TransformerBuilder, type WeightFormats } from './builder.ts'
import type { EncoderConfig } from './config.ts'
import { encoderOutputs } from './encoder-head.ts'
import { feedForward } from './feed-forward.ts'
import { AngleTable, rotate } from './rotary.ts'

/** `shape`: [batch, tokens]. */
export function encoder(name: string, config: EncoderConfig, shape: readonly number[], formats?: WeightFormats): Graph {
  const g = new TransformerBuilder(name, formats)
  const ids = g.input('input_ids', shape, 'int64')
  const mask = config.causal ? null : g.input('attention_mask', shape, 'int64')
  const bias = mask === null ? causalBias(g, dimOf(shape, 1)) : paddingBias(g, mask)
  const angles = config.attention.rotary === null ? null : new AngleTable(g, tokenPositions(g, shape))
  let x = embeddings(g, ids, config)
  for (let layer = 0; layer < config.depth; layer++) {
    x = g.within(`layer${layer}`, () => encoderLayer(g, x, layer, config, bias, angles))
  }
  if (config.finalNorm) x = g.norm(x, 'output-norm', config.norm)
  return g.finish(encoderOutputs(g, x, mask, config))
}

/** 0 where the mask is 1, −10⁴ where it is 0: [N, 1, 1, T]. */
function paddingBias(g: TransformerBuilder, mask: Tensor): Tensor {
  const visible = g.cast(g.unsqueeze(mask, [1, 2]), 'float32')
  return g.scale(g.sub(g.scalar(1), visible), -1e4)
}

/** −10⁴ for every later token: [T, T]. */
function causalBias(g: TransformerBuilder, tokens: number): Tensor {
  const later = Array.from({ length: tokens * tokens }, (_, i) => (i % tokens > Math.floor(i / tokens) ? 1 : 0))
  return g.scale(g.cast(g.constant(later, [tokens, tokens], 'int64'), 'float32'), -1e4)
}

/** 0, 1, … of every item: [N, T]. */
function tokenPositions(g: TransformerBuilder, shape: readonly number[]): Tensor {
  return g.expand(g.ints(Array.from({ length: dimOf(shape, 1) }, (_, position) => position)), shape)
}

function embeddings(g: TransformerBuilder, ids: Tensor, config: EncoderConfig): Tensor {
  const { vocabulary, width, embeddingWidth, positions, segments, norm } = config
  const size = embeddingWidth ?? width
  let x = g.gather(g.parameter('embedding', [vocabulary, size]), ids)
  if (segments > 0) x = g.add(x, segmentEmbeddings(g, ids, segments, size))
  if (positions !== null) x = g.add(x, g.slice(g.parameter('positions', [positions, size]), 0, 0, dimOf(ids.shape, 1)))
  if (config.embeddingNorm) x = g.norm(x, 'embedding-norm', norm)
  return embeddingWidth === null ? x : g.project(x, 'embedding-projection', width, true)
}

/** A model with one kind of segment adds the same row everywhere. */
function segmentEmbeddings(g: TransformerBuilder, ids: Tensor, segments: number, size: number): Tensor {
  const table = g.parameter('segments', [segments, size])
  return segments === 1 ? table : g.gather(table, g.input('token_type_ids', ids.shape, 'int64'))
}

function encoderLayer(
  g: TransformerBuilder,
  x: Tensor,
  layer: number,
  config: EncoderConfig,
  bias: Tensor,
  angles: AngleTable | null,
): Tensor {
  const { norm, normPlacement } = config
  const label = config.sharedLayers ? 'layer' : `layer${layer}`
  const normed = (value: Tensor, what: string) => g.norm(value, `${label}/${what}`, norm)
  const attention = (value: Tensor) => selfAttention(g, value, label, config, bias, angles)
  const transform = (value: Tensor) => feedForward(g, value, label, config.feedForward)
  if (normPlacement === 'pre') {
    const attended = g.add(attention(normed(x, 'attention-norm')), x)
    return g.add(transform(normed(attended, 'feed-forward-norm')), attended)
  }
  const attended = normed(g.add(attention(x), x), 'attention-norm')
  return normed(g.add(transform(attended), attended), 'feed-forward-norm')
}

function selfAttention(
  g: TransformerBuilder,
  x: Tensor,
  label: string,
  { attention, width }: EncoderConfig,
  bias: Tensor,
  angles: AngleTable | null,
): Tensor {
  const { heads, keyHeads, headSize, rotary } = attention
  const project = (what: string, count: number) => {
    const projected = g.project(x, `${label}/${what}`, count * headSize, attention.bias)
    if (rotary === null || angles === null || what === 'value') return projected
    return rotate(g, projected, angles.of(rotary), count, rotary, headSize)
  }
  const perHead = (what: string) => splitHeads(g, project(what, heads), heads)
  const attended =
    keyHeads === heads
      ? mergeHeads(g, attend(g, perHead('query'), perHead('key'), perHead('value'), bias))
      : g.node(
          'Attention',
          [project('query', heads), project('key', keyHeads), project('value', keyHeads), perQuery(g, bias, x)],
          {
            q_num_heads: heads,
            kv_num_heads: keyHeads,
          },
        )
  return g.project(attended, `${label}/output`, width, attention.outputBias)
}

/** The same bias for every query: [N, 1, T, T], as the fused operator wants it. */
function perQuery(g: TransformerBuilder, bias: Tensor, x: Tensor): Tensor {
  const [batch, tokens] = [dimOf(x.shape, 0), dimOf(x.shape, 1)]
  return g.expand(bias, [batch, 1, tokens, tokens])
}
