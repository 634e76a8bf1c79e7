/** Scaled dot-product attention out of matrix products, as exporters write it: [N, heads, tokens, head size]. */
import { dimOf, type GraphBuilder, type Tensor } from './builder.ts'

/** x [N, T, heads · d] → [N, heads, T, d]. */
export function splitHeads(g: GraphBuilder, x: Tensor, heads: number): Tensor {
  const [n, tokens, width] = [dimOf(x.shape, 0), dimOf(x.shape, 1), dimOf(x.shape, 2)]
  return g.transpose(g.reshape(x, [n, tokens, heads, width / heads]), [0, 2, 1, 3])
}

/** x [N, heads, T, d] → [N, T, heads · d]. */
export function mergeHeads(g: GraphBuilder, x: Tensor): Tensor {
  const [n, heads, tokens, size] = [dimOf(x.shape, 0), dimOf(x.shape, 1), dimOf(x.shape, 2), dimOf(x.shape, 3)]
  return g.reshape(g.transpose(x, [0, 2, 1, 3]), [n, tokens, heads * size])
}

/** x [N, T, D] → queries, keys and values [N, heads, T, D / heads] from one projection of width 3D. */
export function fusedQkv(
  g: GraphBuilder,
  x: Tensor,
  options: { readonly heads: number; readonly bias?: boolean },
): readonly [Tensor, Tensor, Tensor] {
  const [n, tokens, width] = [dimOf(x.shape, 0), dimOf(x.shape, 1), dimOf(x.shape, 2)]
  const projected = g.linear(x, { out: 3 * width, bias: options.bias ?? true })
  const split = g.reshape(projected, [n, tokens, 3, options.heads, width / options.heads])
  const [q, k, v] = g.split(g.transpose(split, [2, 0, 3, 1, 4]), [1, 1, 1], 0)
  if (q === undefined || k === undefined || v === undefined) throw new Error('Split has three outputs')
  return [g.squeeze(q, [0]), g.squeeze(k, [0]), g.squeeze(v, [0])]
}

/** q kᵀ / √d + bias: [N, heads, T, S]; `bias` broadcasts to that. */
export function attentionScores(g: GraphBuilder, q: Tensor, k: Tensor, bias?: Tensor): Tensor {
  const scores = g.matmul(g.scale(q, 1 / Math.sqrt(dimOf(q.shape, 3))), g.transpose(k, [0, 1, 3, 2]))
  return bias === undefined ? scores : g.add(scores, bias)
}

/** softmax(q kᵀ / √d + bias) v: [N, heads, T, d]. */
export function attend(g: GraphBuilder, q: Tensor, k: Tensor, v: Tensor, bias?: Tensor): Tensor {
  return g.matmul(g.softmax(attentionScores(g, q, k, bias)), v)
}
