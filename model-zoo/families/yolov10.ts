/**
 * YOLOv10: spatial and channel downsampling apart, compact inverted blocks, attention after the pooling, and a head
 * whose one-to-one branch needs no non-maximum suppression: the 300 best detections are part of the network.
 *
 * Figures: the one-to-one branch alone, as deployed; RepVGG-style depthwise layers merged into one 7×7.
 * Sources: arXiv:2405.14458; THU-MIG/yolov10 ultralytics/cfg/models/v10, ultralytics/nn/modules/block.py, utils/ops.py
 * (`v10postprocess`).
 */

import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { boxesFromDistances, cellsOf } from '../blocks/cells.ts'
import { type CompoundScale, scaledChannels, scaledRepeats } from '../blocks/compound-scale.ts'
import { bottleneck, c2f } from '../blocks/cross-stage.ts'
import { decoupledHead } from '../blocks/decoupled-head.ts'
import { pathAggregation } from '../blocks/path-aggregation.ts'
import { positionSensitiveAttention } from '../blocks/position-sensitive-attention.ts'
import { sppf } from '../blocks/pyramid-pooling.ts'

/** Bottlenecks of two 3×3, or compact inverted blocks with a middle depthwise filter of that size. */
type Links = 'plain' | 'inverted 3' | 'inverted 7'

interface Yolov10Config {
  readonly scale: CompoundScale
  /** Stages at strides 16 and 32; the two before are plain. */
  readonly deepStages: readonly [Links, Links]
  /** Blocks of the neck on the way down at stride 16, and on the way up at strides 16 and 32; at stride 8 plain. */
  readonly down16: Links
  readonly up: readonly [Links, Links]
}

const classes = 80
const maxDetections = 300

/** Maps of the neck at strides 8, 16 and 32. */
function yolov10Features(g: GraphBuilder, image: Tensor, config: Yolov10Config): Tensor[] {
  const { scale, deepStages, down16, up } = config
  const channels = (count: number) => scaledChannels(scale, count)
  const halved = (x: Tensor, out: number) => g.conv(x, { out: channels(out), kernel: 3, stride: 2, activation: 'silu' })
  const block = (x: Tensor, out: number, repeats: number, links: Links, shortcut: boolean) =>
    c2f(g, x, {
      out: channels(out),
      repeats: scaledRepeats(scale, repeats),
      inner: (map) => (links === 'plain' ? bottleneck(g, map, { kernel: 3, shortcut }) : invertedBlock(g, map, links)),
    })
  const stem = halved(image, 64)
  const stage1 = g.within('stage1', () => block(halved(stem, 128), 128, 3, 'plain', true))
  const stage2 = g.within('stage2', () => block(halved(stage1, 256), 256, 6, 'plain', true))
  const stage3 = g.within('stage3', () => block(separateDown(g, stage2, channels(512)), 512, 6, deepStages[0], true))
  const stage4 = g.within('stage4', () => block(separateDown(g, stage3, channels(1024)), 1024, 3, deepStages[1], true))
  const pooled = sppf(g, stage4, { out: g.channels(stage4) })
  const attended = g.within('attention', () => positionSensitiveAttention(g, pooled, 1))
  return pathAggregation(g, [stage2, stage3, attended], {
    topDown: (map, level) => block(map, 256 * 2 ** level, 3, level === 0 ? 'plain' : down16, false),
    shrink: (map, level) => (level === 0 ? halved(map, 256) : separateDown(g, map, channels(512))),
    bottomUp: (map, level) => block(map, 256 * 2 ** level, 3, level === 1 ? up[0] : up[1], false),
  })
}

/** SCDown: a 1×1 changes the channels, a depthwise 3×3 the resolution. */
function separateDown(g: GraphBuilder, x: Tensor, out: number): Tensor {
  return g.depthwise(g.conv(x, { out, kernel: 1, activation: 'silu' }), { kernel: 3, stride: 2 })
}

/** CIB: depthwise, expand, depthwise, project, depthwise, with a residual. */
function invertedBlock(g: GraphBuilder, x: Tensor, links: 'inverted 3' | 'inverted 7'): Tensor {
  const out = g.channels(x)
  const activation = 'silu'
  const spread = g.depthwise(x, { kernel: 3, activation })
  const expanded = g.conv(spread, { out: 2 * out, kernel: 1, activation })
  const filtered = g.depthwise(expanded, { kernel: links === 'inverted 7' ? 7 : 3, activation })
  const projected = g.conv(filtered, { out, kernel: 1, activation })
  return g.add(x, g.depthwise(projected, { kernel: 3, activation }))
}

function yolov10(name: string, shape: readonly number[], config: Yolov10Config): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const maps = yolov10Features(g, image, config)
  const head = decoupledHead(g, maps, { classes, classBranch: 'separable' })
  const boxes = boxesFromDistances(g, head.distances, cellsOf(g, image, maps), 'corners')
  return g.finish({ detections: bestDetections(g, boxes, head.scores) })
}

/**
 * boxes [N, 4, cells], scores [N, classes, cells] → [N, 300, 6]: x1, y1, x2, y2, score, class. First the best cells by
 * their best class, then the best pairs of cell and class among them.
 */
function bestDetections(g: GraphBuilder, boxes: Tensor, scores: Tensor): Tensor {
  const [n, cells] = [dimOf(boxes.shape, 0), dimOf(boxes.shape, 2)]
  const count = Math.min(maxDetections, cells)
  const byCell = g.transpose(scores, [0, 2, 1])
  const [, cell] = topK(g, g.node('ReduceMax', [byCell, g.ints([2])], { keepdims: 0 }), count)
  const candidateBoxes = rows(g, g.transpose(boxes, [0, 2, 1]), cell)
  const candidateScores = g.reshape(rows(g, byCell, cell), [n, count * classes])
  const [score, pair] = topK(g, candidateScores, count)
  const label = g.cast(g.node('Mod', [pair, g.ints([classes])]), 'float32')
  const chosen = rows(g, candidateBoxes, g.div(pair, g.ints([classes])))
  return g.concat([chosen, g.unsqueeze(score, [2]), g.unsqueeze(label, [2])], 2)
}

/** The `count` largest of x [N, items] and where they are. */
function topK(g: GraphBuilder, x: Tensor, count: number): readonly [Tensor, Tensor] {
  const [values, indices] = g.nodes('TopK', [x, g.ints([count])], { axis: 1, largest: 1, sorted: 1 }, 2)
  if (values === undefined || indices === undefined) throw new Error('TopK has two outputs')
  return [values, indices]
}

/** Rows `indices` [N, count] of x [N, items, values]. */
function rows(g: GraphBuilder, x: Tensor, indices: Tensor): Tensor {
  const shape = [dimOf(x.shape, 0), dimOf(indices.shape, 1), dimOf(x.shape, 2)]
  return g.node('GatherElements', [x, g.expand(g.unsqueeze(indices, [2]), shape)], { axis: 1 })
}

const preset = (config: Yolov10Config): Preset => ({
  family: 'yolov10',
  task: 'detection',
  inputShape: [1, 3, 640, 640],
  citation: 'arXiv:2405.14458; THU-MIG/yolov10 ultralytics/cfg/models/v10',
  build: (name, shape) => yolov10(name, shape, config),
})

export const yolov10Presets: PresetTable = {
  yolov10n: preset({
    scale: { depth: 0.33, width: 0.25, maxChannels: 1024 },
    deepStages: ['plain', 'plain'],
    down16: 'plain',
    up: ['plain', 'inverted 7'],
  }),
  yolov10s: preset({
    scale: { depth: 0.33, width: 0.5, maxChannels: 1024 },
    deepStages: ['plain', 'inverted 7'],
    down16: 'plain',
    up: ['plain', 'inverted 7'],
  }),
  yolov10x: preset({
    scale: { depth: 1, width: 1.25, maxChannels: 512 },
    deepStages: ['inverted 3', 'inverted 3'],
    down16: 'inverted 3',
    up: ['inverted 3', 'inverted 3'],
  }),
}
