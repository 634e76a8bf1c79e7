/** Mask prototypes of one-stage instance segmentation. Sources: arXiv:1904.02689 (YOLACT); ultralytics `Proto`. */
import type { GraphBuilder, Tensor } from '../../simulator/build/builder.ts'

export interface MaskPrototypesOptions {
  /** Number of prototypes, and of coefficients per detection. */
  readonly out: number
  /** By a transposed convolution or by repetition. */
  readonly enlarge: 'learned' | 'nearest'
}

/** Prototypes at twice the resolution of `map` [N, C, h, w]: [N, out, 2h, 2w]. */
export function maskPrototypes(g: GraphBuilder, map: Tensor, options: MaskPrototypesOptions): Tensor {
  const { out, enlarge } = options
  const hidden = g.channels(map)
  const x = g.conv(map, { out: hidden, kernel: 3, activation: 'silu' })
  const large =
    enlarge === 'nearest' ? g.upsample(x, 2) : g.convTranspose(x, { out: hidden, kernel: 2, stride: 2, pad: 0 })
  const refined = g.conv(large, { out: hidden, kernel: 3, activation: 'silu' })
  return g.conv(refined, { out, kernel: 1, activation: 'silu' })
}
