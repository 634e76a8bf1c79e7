/** Decoding of anchor-based heads: every cell predicts one box per anchor. */
import { dimOf, type GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import { strideOf, table } from './cells.ts'

/** Width and height of the anchors of one map, in pixels: w, h, w, h, … */
export type Anchors = readonly number[]

/** map [N, anchors · values, h, w] → [N, anchors, h, w, values]. */
export function perAnchor(g: GraphBuilder, map: Tensor, anchors: Anchors): Tensor {
  const [n, c, h, w] = [dimOf(map.shape, 0), dimOf(map.shape, 1), dimOf(map.shape, 2), dimOf(map.shape, 3)]
  const count = anchors.length / 2
  return g.transpose(g.reshape(map, [n, count, c / count, h, w]), [0, 1, 3, 4, 2])
}

/** x [N, anchors, h, w, values] → [N, anchors · h · w, values]. */
export function perBox(g: GraphBuilder, x: Tensor): Tensor {
  const boxes = dimOf(x.shape, 1) * dimOf(x.shape, 2) * dimOf(x.shape, 3)
  return g.reshape(x, [dimOf(x.shape, 0), boxes, dimOf(x.shape, 4)])
}

/** Columns and rows of the cells of `map`: [1, 1, h, w, 2]. */
export function cellCorners(g: GraphBuilder, map: Tensor): Tensor {
  const [h, w] = [dimOf(map.shape, 2), dimOf(map.shape, 3)]
  const corners: number[] = []
  for (let row = 0; row < h; row++) for (let column = 0; column < w; column++) corners.push(column, row)
  return table(g, corners, [1, 1, h, w, 2])
}

/** [1, anchors, 1, 1, 2]. */
export const anchorSizes = (g: GraphBuilder, anchors: Anchors): Tensor =>
  table(g, anchors, [1, anchors.length / 2, 1, 1, 2])

export interface AnchorHeadOptions {
  readonly classes: number
  /** Anchors of every map, finest first. */
  readonly anchors: readonly Anchors[]
  /** Values after the class scores that stay as they are (mask coefficients). */
  readonly extras?: number
}

/**
 * One 1×1 convolution per map, decoded with bounded box sizes: [N, boxes, 5 + classes + extras] as centre x, y, width,
 * height in pixels, objectness, class scores.
 *
 * Source: ultralytics/yolov5 models/yolo.py `Detect`, `Segment`; WongKinYiu/yolov7 models/yolo.py.
 */
export function anchorHead(
  g: GraphBuilder,
  image: Tensor,
  maps: readonly Tensor[],
  options: AnchorHeadOptions,
): Tensor {
  const { classes, extras = 0 } = options
  const levels = maps.map((map, level) =>
    g.within(`head${level}`, () => {
      const anchors = options.anchors[level] ?? []
      const values = 5 + classes + extras
      const predicted = perAnchor(g, g.conv(map, { out: (anchors.length / 2) * values, kernel: 1 }), anchors)
      const [bounded = predicted, ...rest] =
        extras === 0 ? [predicted] : g.split(predicted, [values - extras, extras], 4)
      const [xy, wh, scores] = g.split(g.sigmoid(bounded), [2, 2, 1 + classes], 4)
      if (xy === undefined || wh === undefined || scores === undefined) throw new Error('Split has three outputs')
      const corner = g.sub(cellCorners(g, map), g.scalar(0.5))
      const centre = g.scale(g.add(g.scale(xy, 2), corner), strideOf(image, map))
      const size = g.mul(g.node('Pow', [g.scale(wh, 2), g.scalar(2)]), anchorSizes(g, anchors))
      return perBox(g, g.concat([centre, size, scores, ...rest], 4))
    }),
  )
  return g.concat(levels, 1)
}
