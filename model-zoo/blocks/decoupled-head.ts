/**
 * Anchor-free head with separate branches for boxes and classes, box sides as distributions (YOLOv8 and after).
 *
 * Sources: arXiv:2006.04388 (distribution focal loss); ultralytics/ultralytics nn/modules/head.py (`Detect`, `Segment`,
 * `Pose`), block.py (`DFL`).
 */

import { dimOf, type GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { boxesFromDistances, type Cells, cellsOf, flattened } from './cells.ts'
import { maskPrototypes } from './mask-prototypes.ts'

/** Bins per box side. */
const bins = 16
const maskCoefficients = 32
const cocoClasses = 80
const cocoKeypoints = 17

export interface DecoupledHeadOptions {
  readonly classes: number
  /** Class branch of plain 3×3 convolutions (YOLOv8, v9) or depthwise-separable ones (YOLOv10, YOLO11). */
  readonly classBranch: 'plain' | 'separable'
}

export interface DecoupledHead {
  /** Left, top, right, bottom in cells: [N, 4, cells]. */
  readonly distances: Tensor
  /** Probabilities [N, classes, cells]. */
  readonly scores: Tensor
}

/** Both branches on every map; results over the cells of all maps. */
export function decoupledHead(g: GraphBuilder, maps: readonly Tensor[], options: DecoupledHeadOptions): DecoupledHead {
  const finest = g.channels(first(maps))
  const boxHidden = Math.max(Math.floor(finest / 4), 4 * bins)
  const classHidden = Math.max(finest, Math.min(options.classes, 100))
  const branches = maps.map((map, level) =>
    g.within(`head${level}`, () => {
      const boxes = branch(g, map, boxHidden, 4 * bins)
      const classes =
        options.classBranch === 'plain'
          ? branch(g, map, classHidden, options.classes)
          : separableBranch(g, map, classHidden, options.classes)
      return g.concat([boxes, classes], 1)
    }),
  )
  const [sides, logits] = g.split(flattened(g, branches), [4 * bins, options.classes], 1)
  if (sides === undefined || logits === undefined) throw new Error('Split has two outputs')
  return { distances: expectation(g, sides), scores: g.sigmoid(logits) }
}

export type AnchorFreeTask = 'detection' | 'instance segmentation' | 'pose'

export interface AnchorFreeOptions {
  readonly task: AnchorFreeTask
  readonly classBranch: DecoupledHeadOptions['classBranch']
}

/**
 * The finished graph of a COCO model as exported, non-maximum suppression left to the caller: `detections`
 * [N, values, cells] with centre x, y, width, height in pixels, class scores, then mask coefficients or keypoints
 * (x, y, visibility); `prototypes` [N, 32, H / 4, W / 4] for masks.
 */
export function anchorFreeGraph(
  g: GraphBuilder,
  image: Tensor,
  maps: readonly Tensor[],
  { task, classBranch }: AnchorFreeOptions,
): Graph {
  const classes = task === 'pose' ? 1 : cocoClasses
  const { distances, scores } = decoupledHead(g, maps, { classes, classBranch })
  const cells = cellsOf(g, image, maps)
  const boxes = boxesFromDistances(g, distances, cells, 'centre')
  switch (task) {
    case 'detection':
      return g.finish({ detections: g.concat([boxes, scores], 1) })
    case 'pose': {
      const keypoints = decodedKeypoints(g, extraBranch(g, maps, 3 * cocoKeypoints), cells)
      return g.finish({ detections: g.concat([boxes, scores, keypoints], 1) })
    }
    case 'instance segmentation': {
      const detections = g.concat([boxes, scores, extraBranch(g, maps, maskCoefficients)], 1)
      const prototypes = maskPrototypes(g, first(maps), { out: maskCoefficients, enlarge: 'learned' })
      return g.finish({ detections, prototypes })
    }
  }
}

/** A third branch beside boxes and classes: [N, out, cells]. */
function extraBranch(g: GraphBuilder, maps: readonly Tensor[], out: number): Tensor {
  const hidden = Math.max(Math.floor(g.channels(first(maps)) / 4), out)
  const branches = maps.map((map, level) => g.within(`extra${level}`, () => branch(g, map, hidden, out)))
  return flattened(g, branches)
}

/** Keypoints [N, 3 · points, cells] as predicted → x, y in pixels and visibility, in the same layout. */
function decodedKeypoints(g: GraphBuilder, predicted: Tensor, { centres, strides }: Cells): Tensor {
  const [n, values, cells] = [dimOf(predicted.shape, 0), dimOf(predicted.shape, 1), dimOf(predicted.shape, 2)]
  const [position, visibility] = g.split(g.reshape(predicted, [n, values / 3, 3, cells]), [2, 1], 2)
  if (position === undefined || visibility === undefined) throw new Error('Split has two outputs')
  const corner = g.sub(centres, g.scalar(0.5))
  const pixels = g.mul(g.add(g.scale(position, 2), corner), strides)
  return g.reshape(g.concat([pixels, g.sigmoid(visibility)], 2), [n, values, cells])
}

function branch(g: GraphBuilder, map: Tensor, hidden: number, out: number): Tensor {
  const x = g.conv(map, { out: hidden, kernel: 3, activation: 'silu' })
  return g.conv(g.conv(x, { out: hidden, kernel: 3, activation: 'silu' }), { out, kernel: 1 })
}

function separableBranch(g: GraphBuilder, map: Tensor, hidden: number, out: number): Tensor {
  let x = map
  for (let layer = 0; layer < 2; layer++) {
    x = g.conv(g.depthwise(x, { kernel: 3, activation: 'silu' }), { out: hidden, kernel: 1, activation: 'silu' })
  }
  return g.conv(x, { out, kernel: 1 })
}

/** Mean of each side's distribution: the convolution with weights 0, 1, …, 15 of the exports. [N, 4, cells]. */
function expectation(g: GraphBuilder, sides: Tensor): Tensor {
  const [n, cells] = [dimOf(sides.shape, 0), dimOf(sides.shape, 2)]
  const distribution = g.softmax(g.transpose(g.reshape(sides, [n, 4, bins, cells]), [0, 2, 1, 3]), 1)
  const positions = g.constant([...Array(bins).keys()], [1, bins, 1, 1], 'float32')
  return g.reshape(g.node('Conv', [distribution, positions], { kernel_shape: [1, 1] }), [n, 4, cells])
}

function first(maps: readonly Tensor[]): Tensor {
  const [finest] = maps
  if (finest === undefined) throw new Error('a head has maps')
  return finest
}
