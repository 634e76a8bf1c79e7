/**
 * Whisper: speech encoder over 30 s of spectrogram, and one step of the text decoder with its caches.
 * Sources: arXiv:2212.04356; github:openai/whisper whisper/model.py; quic/ai-hub-models whisper_*.
 */
import type { Graph } from '../../graph/graph.ts'
import { attend, mergeHeads, splitHeads } from '../attention.ts'
import { dimOf, type Tensor } from '../builder.ts'
import { TransformerBuilder, type WeightFormats } from './builder.ts'
import type { Norm } from './config.ts'

export interface WhisperConfig {
  readonly melBands: number
  readonly width: number
  readonly encoderDepth: number
  readonly decoderDepth: number
  readonly heads: number
  readonly hidden: number
  readonly vocabulary: number
  /** Positions of the encoder, half the frames of the spectrogram, and of the decoder. */
  readonly frames: number
  readonly tokens: number
}

const norm: Norm = { kind: 'layer', epsilon: 1e-5, bias: true }

/** Keys and values that the decoder's cross attention reads, per layer: [N, heads, frames, d]. */
type CrossCache = readonly (readonly [key: Tensor, value: Tensor])[]

/** `shape`: spectrogram [N, mel bands, frames]. */
export function whisperEncoder(name: string, shape: readonly number[], config: WhisperConfig): Graph {
  const g = new TransformerBuilder(name)
  const cross = crossCache(g, encoded(g, g.input('input_features', shape), config), config)
  return g.finish(
    Object.fromEntries(
      cross.flatMap(([key, value], layer) => [
        [`cross.${layer}.key`, key],
        [`cross.${layer}.value`, value],
      ]),
    ),
  )
}

/** `shape`: new tokens [N, S], after `pastTokens`. */
export function whisperDecoder(
  name: string,
  shape: readonly number[],
  config: WhisperConfig,
  pastTokens: number,
): Graph {
  const g = new TransformerBuilder(name)
  const size = config.width / config.heads
  const perHead = [dimOf(shape, 0), config.heads, config.frames, size]
  const cross: CrossCache = layers(config.decoderDepth).map((layer) => [
    g.input(`cross.${layer}.key`, perHead),
    g.input(`cross.${layer}.value`, perHead),
  ])
  return g.finish(decoded(g, shape, cross, config, pastTokens))
}

/** Both parts in one graph: the spectrogram and the first token. */
export function whisper(name: string, batch: number, config: WhisperConfig, formats?: WeightFormats): Graph {
  const g = new TransformerBuilder(name, formats)
  const spectrogram = g.input('input_features', [batch, config.melBands, 2 * config.frames])
  const cross = crossCache(g, encoded(g, spectrogram, config), config)
  return g.finish(decoded(g, [batch, 1], cross, config, 0))
}

function encoded(g: TransformerBuilder, spectrogram: Tensor, config: WhisperConfig): Tensor {
  const { width, heads, hidden } = config
  const map = convolved(g, convolved(g, spectrogram, 'encoder/conv1', width, 1), 'encoder/conv2', width, 2)
  let x = g.add(g.transpose(map, [0, 2, 1]), g.parameter('encoder/positions', [dimOf(map.shape, 2), width]))
  for (const layer of layers(config.encoderDepth)) {
    const label = `encoder/layer${layer}`
    x = g.within(label, () => {
      const normed = g.norm(x, `${label}/attention-norm`, norm)
      const [query, key, value] = projections(g, normed, normed, label, config)
      const attended = mergeHeads(
        g,
        attend(g, splitHeads(g, query, heads), splitHeads(g, key, heads), splitHeads(g, value, heads)),
      )
      return network(g, g.add(g.project(attended, `${label}/output`, width, true), x), label, hidden)
    })
  }
  return g.norm(x, 'encoder/output-norm', norm)
}

/** A convolution over time with 3 taps and GELU: [N, C, T] → [N, out, T / stride]. */
function convolved(g: TransformerBuilder, x: Tensor, label: string, out: number, stride: number): Tensor {
  const inputs = [x, g.parameter(`${label}/weight`, [out, dimOf(x.shape, 1), 3]), g.parameter(`${label}/bias`, [out])]
  const y = g.node('Conv', inputs, { kernel_shape: [3], strides: [stride], pads: [1, 1] })
  return g.activate(y, 'gelu')
}

function crossCache(g: TransformerBuilder, x: Tensor, { decoderDepth, heads, width }: WhisperConfig): CrossCache {
  return layers(decoderDepth).map((layer) => {
    const label = `decoder/layer${layer}/cross`
    const key = g.project(x, `${label}/key`, width, false)
    const value = g.project(x, `${label}/value`, width, true)
    return [splitHeads(g, key, heads), splitHeads(g, value, heads)]
  })
}

function decoded(
  g: TransformerBuilder,
  shape: readonly number[],
  cross: CrossCache,
  config: WhisperConfig,
  pastTokens: number,
): Record<string, Tensor> {
  const { width, heads, hidden, vocabulary } = config
  const [batch, tokens] = [dimOf(shape, 0), dimOf(shape, 1)]
  const table = g.parameter('decoder/embedding', [vocabulary, width])
  const positions = g.gather(
    g.parameter('decoder/positions', [config.tokens, width]),
    g.input('position_ids', shape, 'int64'),
  )
  let x = g.add(g.gather(table, g.input('input_ids', shape, 'int64')), positions)
  const caches: Record<string, Tensor> = {}
  cross.forEach(([crossKey, crossValue], layer) => {
    const label = `decoder/layer${layer}`
    x = g.within(label, () => {
      const normed = g.norm(x, `${label}/attention-norm`, norm)
      const past = (what: string) =>
        pastTokens === 0 ? null : g.input(`past_key_values.${layer}.${what}`, [batch, heads, pastTokens, width / heads])
      const [attended, key, value] = g.nodes(
        'Attention',
        [...projections(g, normed, normed, label, config), null, past('key'), past('value')],
        { q_num_heads: heads, kv_num_heads: heads, is_causal: tokens > 1 ? 1 : 0 },
        3,
      )
      if (attended === undefined || key === undefined || value === undefined) throw new Error('three outputs')
      caches[`present.${layer}.key`] = key
      caches[`present.${layer}.value`] = value
      x = g.add(g.project(attended, `${label}/output`, width, true), x)
      const query = g.project(g.norm(x, `${label}/cross-norm`, norm), `${label}/cross/query`, width, true)
      const listened = mergeHeads(g, g.node('Attention', [splitHeads(g, query, heads), crossKey, crossValue]))
      return network(g, g.add(g.project(listened, `${label}/cross/output`, width, true), x), label, hidden)
    })
  })
  const rows = g.reshape(g.norm(x, 'decoder/output-norm', norm), [batch * tokens, width])
  const logits = g.reshape(g.node('Gemm', [rows, table], { transB: 1 }), [batch, tokens, vocabulary])
  return { logits, ...caches }
}

/** Keys have no bias: it would shift all scores of a query alike. */
function projections(
  g: TransformerBuilder,
  queries: Tensor,
  keys: Tensor,
  label: string,
  { width }: WhisperConfig,
): readonly [Tensor, Tensor, Tensor] {
  return [
    g.project(queries, `${label}/query`, width, true),
    g.project(keys, `${label}/key`, width, false),
    g.project(keys, `${label}/value`, width, true),
  ]
}

function network(g: TransformerBuilder, x: Tensor, label: string, hidden: number): Tensor {
  const inner = g.project(g.norm(x, `${label}/feed-forward-norm`, norm), `${label}/up`, hidden, true, 'gelu')
  return g.add(g.project(inner, `${label}/down`, dimOf(x.shape, 2), true), x)
}

const layers = (depth: number): number[] => Array.from({ length: depth }, (_, layer) => layer)
