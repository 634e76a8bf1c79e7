/**
 * The `[yolo]` layers of darknet: one 1×1 convolution per map, decoded with exponential box sizes.
 *
 * Sources: arXiv:1804.02767; AlexeyAB/darknet src/yolo_layer.c (`scale_x_y`: arXiv:2004.10934, grid sensitivity).
 */

import type { GraphBuilder, Tensor } from '../../simulator/build/builder.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { type Anchors, anchorSizes, cellCorners, perAnchor, perBox } from './anchor-boxes.ts'
import { strideOf } from './cells.ts'

const classes = 80

export interface DarknetMap {
  readonly map: Tensor
  readonly anchors: Anchors
  /** How far a centre can pass the edges of its cell: 1 = it cannot. */
  readonly scaleXy?: number
}

/**
 * The finished graph of a COCO model: `boxes` [N, boxes, 4] as centre x, y, width, height in pixels of the input;
 * `scores` [N, boxes, 80], objectness · class. Non-maximum suppression is the caller's.
 */
export function darknetGraph(g: GraphBuilder, image: Tensor, maps: readonly DarknetMap[]): Graph {
  const levels = maps.map((level, index) => g.within(`yolo${index}`, () => decode(g, image, level)))
  return g.finish({
    boxes: g.concat(
      levels.map(({ boxes }) => boxes),
      1,
    ),
    scores: g.concat(
      levels.map(({ scores }) => scores),
      1,
    ),
  })
}

function decode(g: GraphBuilder, image: Tensor, { map, anchors, scaleXy = 1 }: DarknetMap) {
  const predicted = g.conv(map, { out: (anchors.length / 2) * (5 + classes), kernel: 1 })
  const [xy, wh, objectness, classScores] = g.split(perAnchor(g, predicted, anchors), [2, 2, 1, classes], 4)
  if (xy === undefined || wh === undefined || objectness === undefined || classScores === undefined) {
    throw new Error('Split has four outputs')
  }
  const within = g.sigmoid(xy)
  const reaching = scaleXy === 1 ? within : g.sub(g.scale(within, scaleXy), g.scalar((scaleXy - 1) / 2))
  const centre = g.scale(g.add(reaching, cellCorners(g, map)), strideOf(image, map))
  const size = g.mul(g.node('Exp', [wh]), anchorSizes(g, anchors))
  return {
    boxes: perBox(g, g.concat([centre, size], 4)),
    scores: perBox(g, g.mul(g.sigmoid(objectness), g.sigmoid(classScores))),
  }
}
