/** Rotary position embeddings: angles of all positions once per graph, rotation of queries and keys per layer. */
import type { Tensor } from '../builder.ts'
import type { TransformerBuilder } from './builder.ts'
import type { Rotary } from './config.ts'

/** Cosines and sines of the positions of a pass: [N, S, size / 2]. */
export interface Angles {
  readonly cosines: Tensor
  readonly sines: Tensor
}

/** Angles by rotary parameters; layers with the same parameters share them. `positions`: [N, S]. */
export class AngleTable {
  readonly #g: TransformerBuilder
  readonly #positions: Tensor
  readonly #made = new Map<string, Angles>()

  constructor(g: TransformerBuilder, positions: Tensor) {
    this.#g = g
    this.#positions = positions
  }

  of({ size, theta }: Rotary): Angles {
    const key = `${size} ${theta}`
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const g = this.#g
    const made = g.within('rotary', () => {
      const positions = g.unsqueeze(g.cast(this.#positions, 'float32'), [-1])
      const pairs = g.cast(g.ints(Array.from({ length: size / 2 }, (_, pair) => pair)), 'float32')
      const frequencies = g.node('Pow', [g.scalar(theta), g.scale(pairs, -2 / size)])
      const angles = g.mul(positions, frequencies)
      return { cosines: g.node('Cos', [angles]), sines: g.node('Sin', [angles]) }
    })
    this.#made.set(key, made)
    return made
  }
}

/** x [N, S, heads · d]: the first `size` features of each head turn by the angle of their position. */
export function rotate(
  g: TransformerBuilder,
  x: Tensor,
  { cosines, sines }: Angles,
  heads: number,
  { size }: Rotary,
  headSize: number,
): Tensor {
  return g.node('RotaryEmbedding', [x, cosines, sines], {
    num_heads: heads,
    rotary_embedding_dim: size === headSize ? 0 : size,
  })
}
