/** What an encoder gives: hidden states, a pooled vector, a span, scores or classes. */
import { dimOf, type Tensor } from '../builder.ts'
import type { TransformerBuilder } from './builder.ts'
import type { EncoderConfig } from './config.ts'

/** Outputs by name for hidden states x [N, T, width]. `mask`: [N, T], `null` where nothing is padded. */
export function encoderOutputs(
  g: TransformerBuilder,
  x: Tensor,
  mask: Tensor | null,
  config: EncoderConfig,
): Readonly<Record<string, Tensor>> {
  const { head, width } = config
  switch (head.kind) {
    case 'none':
      return { last_hidden_state: x }
    case 'pooler':
      return { last_hidden_state: x, pooler_output: pooled(g, x, width) }
    case 'mean':
      return { sentence_embedding: meanOfTokens(g, x, mask) }
    case 'span':
      return span(g, x)
    case 'discriminator': {
      const hidden = g.project(x, 'head/dense', width, true, 'gelu')
      return { logits: g.squeeze(g.project(hidden, 'head/score', 1, true), [-1]) }
    }
    case 'vocabulary':
      return { logits: maskedTokens(g, x, config) }
    case 'classes':
      return { logits: affine(g, pooled(g, x, width), 'head/classes', head.classes) }
  }
}

/** tanh(W x₀ + b) of the first token. */
function pooled(g: TransformerBuilder, x: Tensor, width: number): Tensor {
  const first = g.gather(x, g.constant([0], [], 'int64'), 1)
  return g.tanh(affine(g, first, 'pooler', width))
}

/** x [N, in] → [N, out]. */
function affine(g: TransformerBuilder, x: Tensor, label: string, out: number): Tensor {
  const weight = g.parameter(`${label}/weight`, [out, dimOf(x.shape, 1)])
  return g.node('Gemm', [x, weight, g.parameter(`${label}/bias`, [out])], { transB: 1 })
}

/** Unit vector along the mean of the tokens that are not padding. */
function meanOfTokens(g: TransformerBuilder, x: Tensor, mask: Tensor | null): Tensor {
  const sum = (value: Tensor) => g.node('ReduceSum', [value, g.ints([1])], { keepdims: 0 })
  if (mask === null) return g.node('LpNormalization', [g.reduceMean(x, [1], false)], { axis: -1, p: 2 })
  const visible = g.cast(g.unsqueeze(mask, [2]), 'float32')
  const tokens = g.node('Max', [sum(visible), g.scalar(1e-9)])
  return g.node('LpNormalization', [g.div(sum(g.mul(x, visible)), tokens)], { axis: -1, p: 2 })
}

/** Scores of all tokens at every position; the matrix is the token table. */
function maskedTokens(
  g: TransformerBuilder,
  x: Tensor,
  { vocabulary, width, embeddingWidth, norm, feedForward }: EncoderConfig,
): Tensor {
  const size = embeddingWidth ?? width
  const [batch, tokens] = [dimOf(x.shape, 0), dimOf(x.shape, 1)]
  const hidden = g.norm(g.project(x, 'head/dense', size, true, feedForward.activation), 'head/norm', norm)
  const rows = g.reshape(hidden, [batch * tokens, size])
  const inputs = [rows, g.parameter('embedding', [vocabulary, size]), g.parameter('head/bias', [vocabulary])]
  return g.reshape(g.node('Gemm', inputs, { transB: 1 }), [batch, tokens, vocabulary])
}

function span(g: TransformerBuilder, x: Tensor): Readonly<Record<string, Tensor>> {
  const [start, end] = g.split(g.project(x, 'head/span', 2, true), [1, 1], -1)
  if (start === undefined || end === undefined) throw new Error('Split has two outputs')
  return { start_logits: g.squeeze(start, [-1]), end_logits: g.squeeze(end, [-1]) }
}
