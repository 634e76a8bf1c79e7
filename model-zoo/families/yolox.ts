/**
 * YOLOX: CSPDarknet with a space-to-depth stem, a path-aggregation neck, anchor-free decoupled head; depthwise in nano.
 *
 * Figures: batch norm folded; the published ones are of the unfused model, a parameter per channel and 2 operations per
 * element more. As in the repository's ONNX export, boxes stay as predicted (offset and log size in cells).
 * Sources: arXiv:2107.08430; Megvii-BaseDetection/YOLOX yolox/models/darknet.py, yolo_pafpn.py, yolo_head.py, exps.
 */

import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { flattened } from '../blocks/cells.ts'
import { type CompoundScale, scaledChannels, scaledRepeats } from '../blocks/compound-scale.ts'
import { c3 } from '../blocks/cross-stage.ts'
import { pathAggregation } from '../blocks/path-aggregation.ts'
import { pooledBySizes } from '../blocks/pyramid-pooling.ts'

interface YoloxConfig {
  readonly scale: CompoundScale
  /** 3×3 convolutions after the stem become a depthwise one and a 1×1. */
  readonly depthwise: boolean
}

const classes = 80
const activation = 'silu'

/** Channels and block repeats of the stages at strides 4 to 32. */
const stages = [
  [128, 3],
  [256, 9],
  [512, 9],
  [1024, 3],
] as const

type Conv3 = (x: Tensor, out: number, stride?: number) => Tensor

function conv3Of(g: GraphBuilder, { depthwise }: YoloxConfig): Conv3 {
  return (x, out, stride = 1) =>
    depthwise
      ? g.conv(g.depthwise(x, { kernel: 3, stride, activation }), { out, kernel: 1, activation })
      : g.conv(x, { out, kernel: 3, stride, activation })
}

/** Maps of the neck at strides 8, 16 and 32. */
function yoloxFeatures(g: GraphBuilder, image: Tensor, config: YoloxConfig): Tensor[] {
  const conv3 = conv3Of(g, config)
  const channels = (count: number) => scaledChannels(config.scale, count)
  const block = (x: Tensor, out: number, repeats: number, shortcut: boolean) =>
    c3(g, x, {
      out: channels(out),
      repeats: scaledRepeats(config.scale, repeats),
      inner: (map) => {
        const y = conv3(g.conv(map, { out: g.channels(map), kernel: 1, activation }), g.channels(map))
        return shortcut ? g.add(map, y) : y
      },
    })
  let x = g.conv(spaceToDepth(g, image), { out: channels(64), kernel: 3, activation })
  const maps = stages.map(([out, repeats], stage) => {
    const isLast = stage === stages.length - 1
    x = g.within(`stage${stage + 1}`, () => {
      const halved = conv3(x, channels(out), 2)
      return block(isLast ? pooled(g, halved) : halved, out, repeats, !isLast)
    })
    return x
  })
  const merge = (map: Tensor, level: number) => block(map, 256 * 2 ** level, 3, false)
  return pathAggregation(g, maps.slice(1), {
    reduce: (map, level) => g.conv(map, { out: channels(128 * 2 ** level), kernel: 1, activation }),
    topDown: merge,
    shrink: (map) => conv3(map, g.channels(map), 2),
    bottomUp: merge,
  })
}

/** Focus: the four pixels of each 2×2 block become channels. */
function spaceToDepth(g: GraphBuilder, image: Tensor): Tensor {
  const every = (x: Tensor, axis: number, start: number) => g.slice(x, axis, start, dimOf(x.shape, axis), 2)
  const patches = [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const
  return g.concat(
    patches.map(([row, column]) => every(every(image, 2, row), 3, column)),
    1,
  )
}

/** SPP: reduced, beside its maxima over three windows, joined. */
function pooled(g: GraphBuilder, x: Tensor): Tensor {
  const reduced = g.conv(x, { out: g.channels(x) / 2, kernel: 1, activation })
  return g.conv(pooledBySizes(g, reduced, [5, 9, 13]), { out: g.channels(x), kernel: 1, activation })
}

function yolox(name: string, shape: readonly number[], config: YoloxConfig): Graph {
  const g = new GraphBuilder(name)
  const maps = yoloxFeatures(g, g.input('input', shape), config)
  const hidden = scaledChannels(config.scale, 256)
  const levels = maps.map((map, level) => g.within(`head${level}`, () => branches(g, map, hidden, conv3Of(g, config))))
  return g.finish({ detections: g.transpose(flattened(g, levels), [0, 2, 1]) })
}

/** Box, objectness and class scores of one map: [N, 5 + classes, h, w]. */
function branches(g: GraphBuilder, map: Tensor, hidden: number, conv3: Conv3): Tensor {
  const stem = g.conv(map, { out: hidden, kernel: 1, activation })
  const forClasses = conv3(conv3(stem, hidden), hidden)
  const forBoxes = conv3(conv3(stem, hidden), hidden)
  return g.concat(
    [
      g.conv(forBoxes, { out: 4, kernel: 1 }),
      g.conv(forBoxes, { out: 1, kernel: 1, activation: 'sigmoid' }),
      g.conv(forClasses, { out: classes, kernel: 1, activation: 'sigmoid' }),
    ],
    1,
  )
}

const preset = (size: number, depth: number, width: number, depthwise = false): Preset => ({
  family: 'yolox',
  task: 'detection',
  inputShape: [1, 3, size, size],
  citation: 'arXiv:2107.08430; Megvii-BaseDetection/YOLOX exps/default',
  build: (name, shape) => yolox(name, shape, { scale: { depth, width }, depthwise }),
})

export const yoloxPresets: PresetTable = {
  'yolox-nano': preset(416, 0.33, 0.25, true),
  'yolox-tiny': preset(416, 0.33, 0.375),
  'yolox-s': preset(640, 0.33, 0.5),
  'yolox-m': preset(640, 0.67, 0.75),
}
