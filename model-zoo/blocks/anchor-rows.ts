/** Predictions of anchor-based detectors: one row per anchor, maps one after the other. */
import { dimOf, type GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'

/** Maps [N, anchors · values, h, w] → [N, all anchors, values]; anchors of one cell are neighbours. */
export function anchorRows(g: GraphBuilder, maps: readonly Tensor[], values: number): Tensor {
  const rows = maps.map((map) => {
    const [n, c, h, w] = [dimOf(map.shape, 0), dimOf(map.shape, 1), dimOf(map.shape, 2), dimOf(map.shape, 3)]
    return g.reshape(g.transpose(map, [0, 2, 3, 1]), [n, (h * w * c) / values, values])
  })
  return g.concat(rows, 1)
}
