/**
 * T5 and its kin: an encoder over the text, and the first step of the decoder that attends to it.
 *
 * Root-mean-square norms, no biases, scores without a scale, and one learned number per head and distance bucket added to
 * them, shared by all layers of a stack.
 * Source: arXiv:1910.10683; huggingface/transformers src/transformers/models/t5/modeling_t5.py.
 */
import type { Graph } from '../../graph/graph.ts'
import { dimOf, type Tensor } from '../builder.ts'
import { TransformerBuilder, type WeightFormats } from './builder.ts'
import type { EncoderDecoderConfig } from './config.ts'
import { rmsNorm } from './dense-decoder.ts'
import { feedForward } from './feed-forward.ts'

/** `shape`: tokens of the encoder [N, T]. The decoder reads one token. */
export function encoderDecoder(
  name: string,
  config: EncoderDecoderConfig,
  shape: readonly number[],
  formats?: WeightFormats,
): Graph {
  const g = new TransformerBuilder(name, formats)
  const { vocabulary, width, tied } = config
  const table = g.parameter('embedding', [vocabulary, width])
  const read = stack(g, 'encoder', config.encoderDepth, config, {
    x: g.gather(table, g.input('input_ids', shape, 'int64')),
    memory: null,
  })
  const step = [dimOf(shape, 0), 1]
  const written = stack(g, 'decoder', config.decoderDepth, config, {
    x: g.gather(table, g.input('decoder_input_ids', step, 'int64')),
    memory: read,
  })
  const rows = g.reshape(tied ? g.scale(written, width ** -0.5) : written, [dimOf(shape, 0), width])
  const output = g.parameter(tied ? 'embedding' : 'output/weight', [vocabulary, width])
  return g.finish({ logits: g.node('Gemm', [rows, output], { transB: 1 }) })
}

interface StackInput {
  readonly x: Tensor
  /** Hidden states of the encoder; `null` in the encoder itself. */
  readonly memory: Tensor | null
}

function stack(
  g: TransformerBuilder,
  part: 'encoder' | 'decoder',
  depth: number,
  config: EncoderDecoderConfig,
  input: StackInput,
): Tensor {
  const norm = rmsNorm(config.epsilon)
  const bias = distanceBias(g, part, config, dimOf(input.x.shape, 1))
  let x = input.x
  for (let layer = 0; layer < depth; layer++) {
    const label = `${part}/layer${layer}`
    x = g.within(label, () => {
      const normed = g.norm(x, `${label}/attention-norm`, norm)
      let y = g.add(attention(g, label, normed, normed, config, bias), x)
      if (input.memory !== null) {
        const query = g.norm(y, `${label}/cross-norm`, norm)
        y = g.add(attention(g, `${label}/cross`, query, input.memory, config, null), y)
      }
      return g.add(feedForward(g, g.norm(y, `${label}/feed-forward-norm`, norm), label, config.feedForward), y)
    })
  }
  return g.norm(x, `${part}/output-norm`, norm)
}

function attention(
  g: TransformerBuilder,
  label: string,
  queries: Tensor,
  keys: Tensor,
  { heads, headSize, width }: EncoderDecoderConfig,
  bias: Tensor | null,
): Tensor {
  const project = (from: Tensor, what: string) => g.project(from, `${label}/${what}`, heads * headSize, false)
  const operands = [project(queries, 'query'), project(keys, 'key'), project(keys, 'value'), bias]
  const attended = g.node('Attention', operands, { q_num_heads: heads, kv_num_heads: heads, scale: 1 })
  return g.project(attended, `${label}/output`, width, false)
}

/** One number per head and pair of positions, [1, heads, T, T], looked up by the bucket of their distance. */
function distanceBias(
  g: TransformerBuilder,
  part: 'encoder' | 'decoder',
  { heads, relativeBuckets, relativeDistance }: EncoderDecoderConfig,
  tokens: number,
): Tensor {
  const distances = Array.from({ length: tokens * tokens }, (_, i) => (i % tokens) - Math.floor(i / tokens))
  const buckets = distances.map((distance) =>
    distanceBucket(distance, relativeBuckets, relativeDistance, part === 'encoder'),
  )
  const table = g.parameter(`${part}/distances`, [relativeBuckets, heads])
  const perPair = g.gather(table, g.constant(buckets, [tokens, tokens], 'int64'))
  return g.unsqueeze(g.transpose(perPair, [2, 0, 1]), [0])
}

/**
 * Exact up to a quarter of the buckets (half, where only the past is seen), then logarithmic up to `most`.
 * An encoder splits the buckets between before and after.
 */
export function distanceBucket(distance: number, buckets: number, most: number, bothWays: boolean): number {
  const count = bothWays ? buckets / 2 : buckets
  const start = bothWays && distance > 0 ? count : 0
  const size = bothWays ? Math.abs(distance) : Math.max(0, -distance)
  const exact = count / 2
  if (size < exact) return start + size
  const logarithmic = exact + Math.floor((Math.log(size / exact) / Math.log(most / exact)) * (count - exact))
  return start + Math.min(logarithmic, count - 1)
}
