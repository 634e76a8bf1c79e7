/**
 * YOLOv5 (release 6 and later): C3 blocks, SPPF, path aggregation, anchor-based head; `u` is its anchor-free form.
 *
 * Figures: batch norm folded; the published counts are of the unfused model, one parameter per channel more (0.1 %).
 * Sources: ultralytics/yolov5 models/yolov5s.yaml, models/segment/yolov5s-seg.yaml, models/common.py, models/yolo.py;
 * ultralytics/ultralytics ultralytics/cfg/models/v5/yolov5.yaml (`u`).
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import { type Preset, type PresetTable, times } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { anchorHead } from '../blocks/anchor-boxes.ts'
import { type CompoundScale, scaledChannels, scaledRepeats } from '../blocks/compound-scale.ts'
import { bottleneck, c3 } from '../blocks/cross-stage.ts'
import { anchorFreeGraph } from '../blocks/decoupled-head.ts'
import { maskPrototypes } from '../blocks/mask-prototypes.ts'
import { pathAggregation } from '../blocks/path-aggregation.ts'
import { sppf } from '../blocks/pyramid-pooling.ts'

interface Yolov5Config {
  readonly scale: CompoundScale
  readonly head: 'anchors' | 'anchors and masks' | 'anchor-free'
}

const classes = 80
const maskCoefficients = 32

const anchors = [
  [10, 13, 16, 30, 33, 23],
  [30, 61, 62, 45, 59, 119],
  [116, 90, 156, 198, 373, 326],
]

/** Channels and block repeats of the stages at strides 4 to 32. */
const stages = [
  [128, 3],
  [256, 6],
  [512, 9],
  [1024, 3],
] as const

/** Maps of the neck at strides 8, 16 and 32. */
function yolov5Features(g: GraphBuilder, image: Tensor, scale: CompoundScale): Tensor[] {
  const channels = (count: number) => scaledChannels(scale, count)
  const block = (x: Tensor, out: number, repeats: number, shortcut: boolean) =>
    c3(g, x, {
      out: channels(out),
      repeats: scaledRepeats(scale, repeats),
      inner: (map) => bottleneck(g, map, { kernel: 1, shortcut }),
    })
  let x = g.conv(image, { out: channels(64), kernel: 6, stride: 2, pad: 2, activation: 'silu' })
  const maps = stages.map(([out, repeats], stage) => {
    x = g.within(`stage${stage + 1}`, () => {
      const halved = g.conv(x, { out: channels(out), kernel: 3, stride: 2, activation: 'silu' })
      return block(halved, out, repeats, true)
    })
    return x
  })
  const pooled = sppf(g, x, { out: channels(1024) })
  const neckWidth = (level: number) => 256 * 2 ** level
  return pathAggregation(g, [...maps.slice(1, 3), pooled], {
    reduce: (map, level) => g.conv(map, { out: channels(neckWidth(level - 1)), kernel: 1, activation: 'silu' }),
    topDown: (map, level) => block(map, neckWidth(level), 3, false),
    shrink: (map) => g.conv(map, { out: g.channels(map), kernel: 3, stride: 2, activation: 'silu' }),
    bottomUp: (map, level) => block(map, neckWidth(level), 3, false),
  })
}

function yolov5(name: string, shape: readonly number[], { scale, head }: Yolov5Config): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const maps = yolov5Features(g, image, scale)
  if (head === 'anchors') return g.finish({ detections: anchorHead(g, image, maps, { classes, anchors }) })
  if (head === 'anchor-free') return anchorFreeGraph(g, image, maps, { task: 'detection', classBranch: 'plain' })
  const [finest = image] = maps
  return g.finish({
    detections: anchorHead(g, image, maps, { classes, anchors, extras: maskCoefficients }),
    prototypes: maskPrototypes(g, finest, { out: maskCoefficients, enlarge: 'nearest' }),
  })
}

const preset = (depth: number, width: number, head: Yolov5Config['head'] = 'anchors'): Preset => ({
  family: 'yolov5',
  task: head === 'anchors and masks' ? 'instance segmentation' : 'detection',
  inputShape: [1, 3, 640, 640],
  citation: head === 'anchor-free' ? 'ultralytics/ultralytics cfg/models/v5' : 'ultralytics/yolov5 v7.0 models/*.yaml',
  scales: ['width', 'depth'],
  build: (name, shape, scale) => yolov5(name, shape, { scale: times({ depth, width }, scale), head }),
})

export const yolov5Presets: PresetTable = {
  yolov5n: preset(0.33, 0.25),
  yolov5s: preset(0.33, 0.5),
  yolov5m: preset(0.67, 0.75),
  yolov5mu: preset(0.67, 0.75, 'anchor-free'),
  yolov5l: preset(1, 1),
  yolov5x: preset(1.33, 1.25),
  'yolov5n-seg': preset(0.33, 0.25, 'anchors and masks'),
  'yolov5s-seg': preset(0.33, 0.5, 'anchors and masks'),
}
