/** Spatial pyramid pooling at stride 1: a map beside its maxima over growing windows. Source: arXiv:1406.4729. */
import type { Activation, GraphBuilder, Tensor } from '../../simulator/build/builder.ts'

/** x [N, C, H, W] beside its maxima over windows of the given odd sizes: [N, C · (1 + sizes), H, W]. */
export function pooledBySizes(g: GraphBuilder, x: Tensor, sizes: readonly number[]): Tensor {
  return g.concat([x, ...sizes.map((kernel) => g.maxPool(x, { kernel }))], 1)
}

/** The same for windows of 5, 9 and 13, as three successive maxima over 5: [N, 4C, H, W]. */
export function pooledInTurn(g: GraphBuilder, x: Tensor): Tensor {
  const maps = [x]
  for (let pool = 0; pool < 3; pool++) maps.push(g.maxPool(maps.at(-1) ?? x, { kernel: 5 }))
  return g.concat(maps, 1)
}

export interface PyramidPoolingOptions {
  readonly out: number
  /** Default half of the input's channels. */
  readonly hidden?: number
  readonly activation?: Activation
}

/** SPPF: reduced, pooled in turn, joined. Source: ultralytics/yolov5 models/common.py. */
export function sppf(g: GraphBuilder, x: Tensor, options: PyramidPoolingOptions): Tensor {
  const { out, hidden = g.channels(x) / 2, activation = 'silu' } = options
  return g.conv(pooledInTurn(g, g.conv(x, { out: hidden, kernel: 1, activation })), { out, kernel: 1, activation })
}

/** SPP across a stage: the pooled branch between 3×3 convolutions, a 1×1 around it (YOLOv7 SPPCSPC, YOLOv6 CSPSPPF). */
export function crossStagePooling(
  g: GraphBuilder,
  x: Tensor,
  options: Required<PyramidPoolingOptions> & { readonly pool: (x: Tensor) => Tensor },
): Tensor {
  const { out, hidden, activation } = options
  const conv = (map: Tensor, kernel: number) => g.conv(map, { out: hidden, kernel, activation })
  const reduced = conv(conv(conv(x, 1), 3), 1)
  const pooled = conv(conv(options.pool(reduced), 1), 3)
  return g.conv(g.concat([pooled, conv(x, 1)], 1), { out, kernel: 1, activation })
}
