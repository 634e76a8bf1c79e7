/**
 * YOLO11: YOLOv8's plan with C3k2 blocks, attention after the pooling, and a depthwise-separable class branch.
 *
 * Figures: batch norm folded, as the library counts a fused model; the unfused one has a parameter per channel more.
 * Sources: ultralytics/ultralytics cfg/models/11/yolo11.yaml, yolo11-seg.yaml, nn/modules/block.py (`C3k2`).
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import { type Preset, type PresetTable, times } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { type CompoundScale, scaledChannels, scaledRepeats } from '../blocks/compound-scale.ts'
import { bottleneck, c2f, c3 } from '../blocks/cross-stage.ts'
import { type AnchorFreeTask, anchorFreeGraph } from '../blocks/decoupled-head.ts'
import { pathAggregation } from '../blocks/path-aggregation.ts'
import { positionSensitiveAttention } from '../blocks/position-sensitive-attention.ts'
import { sppf } from '../blocks/pyramid-pooling.ts'

interface Yolo11Scale extends CompoundScale {
  /** The links of every block are C3 blocks; otherwise only those of the deep ones. */
  readonly nested: boolean
}

interface Block {
  readonly out: number
  /** Channels of a chain per channel of the result. */
  readonly expansion: number
  readonly nested: boolean
}

/** Stages at strides 4 to 32: channels of the strided 3×3, then the block. */
const stages: readonly (Block & { readonly entry: number })[] = [
  { entry: 128, out: 256, expansion: 0.25, nested: false },
  { entry: 256, out: 512, expansion: 0.25, nested: false },
  { entry: 512, out: 512, expansion: 0.5, nested: true },
  { entry: 1024, out: 1024, expansion: 0.5, nested: true },
]

/** Blocks of every stage and block of the neck, before scaling. */
const repeats = 2

/** Maps of the neck at strides 8, 16 and 32. */
function yolo11Features(g: GraphBuilder, image: Tensor, scale: Yolo11Scale): Tensor[] {
  const halved = (x: Tensor, out: number) =>
    g.conv(x, { out: scaledChannels(scale, out), kernel: 3, stride: 2, activation: 'silu' })
  const block = (x: Tensor, options: Block) => c3k2(g, x, options, scale)
  let x = halved(image, 64)
  const maps = stages.map((stage, index) => {
    x = g.within(`stage${index + 1}`, () => block(halved(x, stage.entry), stage))
    return x
  })
  const pooled = sppf(g, x, { out: g.channels(x) })
  const attended = g.within('attention', () => positionSensitiveAttention(g, pooled, scaledRepeats(scale, repeats)))
  const merge = (map: Tensor, level: number) =>
    block(map, { out: 256 * 2 ** level, expansion: 0.5, nested: level === 2 })
  return pathAggregation(g, [...maps.slice(1, 3), attended], {
    topDown: merge,
    shrink: (map, level) => halved(map, 256 * 2 ** level),
    bottomUp: merge,
  })
}

/** C2f whose links are bottlenecks, or C3 blocks of two bottlenecks. */
function c3k2(g: GraphBuilder, x: Tensor, block: Block, scale: Yolo11Scale): Tensor {
  const out = scaledChannels(scale, block.out)
  const hidden = out * block.expansion
  const nested = (map: Tensor) =>
    c3(g, map, { out: hidden, repeats: 2, inner: (inner) => bottleneck(g, inner, { kernel: 3, shortcut: true }) })
  const plain = (map: Tensor) => bottleneck(g, map, { hidden: hidden / 2, kernel: 3, shortcut: true })
  const inner = block.nested || scale.nested ? nested : plain
  return c2f(g, x, { out, hidden, repeats: scaledRepeats(scale, repeats), inner })
}

interface Yolo11Config {
  readonly scale: Yolo11Scale
  readonly task: AnchorFreeTask
}

function yolo11(name: string, shape: readonly number[], { scale, task }: Yolo11Config): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  return anchorFreeGraph(g, image, yolo11Features(g, image, scale), {
    task,
    classBranch: 'separable',
  })
}

const sizes = {
  n: { depth: 0.5, width: 0.25, maxChannels: 1024, nested: false },
  s: { depth: 0.5, width: 0.5, maxChannels: 1024, nested: false },
  m: { depth: 0.5, width: 1, maxChannels: 512, nested: true },
  l: { depth: 1, width: 1, maxChannels: 512, nested: true },
  x: { depth: 1, width: 1.5, maxChannels: 512, nested: true },
}

const preset = (size: keyof typeof sizes, task: AnchorFreeTask = 'detection'): Preset => ({
  family: 'yolo11',
  task,
  inputShape: [1, 3, 640, 640],
  citation: 'ultralytics/ultralytics cfg/models/11',
  scales: ['width', 'depth'],
  build: (name, shape, scale) => yolo11(name, shape, { scale: { ...sizes[size], ...times(sizes[size], scale) }, task }),
})

export const yolo11Presets: PresetTable = {
  yolo11n: preset('n'),
  yolo11s: preset('s'),
  yolo11m: preset('m'),
  yolo11l: preset('l'),
  yolo11x: preset('x'),
  'yolo11n-seg': preset('n', 'instance segmentation'),
}
