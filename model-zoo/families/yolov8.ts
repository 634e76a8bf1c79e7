/**
 * YOLOv8: C2f blocks, SPPF, path aggregation without reductions, anchor-free decoupled head; masks and keypoints.
 *
 * Figures: batch norm folded, as the library counts a fused model; the unfused one has a parameter per channel more.
 * Sources: ultralytics/ultralytics ultralytics/cfg/models/v8/yolov8.yaml, yolov8-seg.yaml, yolov8-pose.yaml.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import { type Preset, type PresetTable, times } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { type CompoundScale, scaledChannels, scaledRepeats } from '../blocks/compound-scale.ts'
import { bottleneck, c2f } from '../blocks/cross-stage.ts'
import { type AnchorFreeTask, anchorFreeGraph } from '../blocks/decoupled-head.ts'
import { pathAggregation } from '../blocks/path-aggregation.ts'
import { sppf } from '../blocks/pyramid-pooling.ts'

/** Channels and block repeats of the stages at strides 4 to 32. */
const stages = [
  [128, 3],
  [256, 6],
  [512, 6],
  [1024, 3],
] as const

/** Maps of the neck at strides 8, 16 and 32. */
function yolov8Features(g: GraphBuilder, image: Tensor, scale: CompoundScale): Tensor[] {
  const halved = (x: Tensor, out: number) =>
    g.conv(x, { out: scaledChannels(scale, out), kernel: 3, stride: 2, activation: 'silu' })
  const block = (x: Tensor, out: number, repeats: number, shortcut: boolean) =>
    c2f(g, x, {
      out: scaledChannels(scale, out),
      repeats: scaledRepeats(scale, repeats),
      inner: (map) => bottleneck(g, map, { kernel: 3, shortcut }),
    })
  let x = halved(image, 64)
  const maps = stages.map(([out, repeats], stage) => {
    x = g.within(`stage${stage + 1}`, () => block(halved(x, out), out, repeats, true))
    return x
  })
  const pooled = sppf(g, x, { out: g.channels(x) })
  const merge = (map: Tensor, level: number) => block(map, 256 * 2 ** level, 3, false)
  return pathAggregation(g, [...maps.slice(1, 3), pooled], {
    topDown: merge,
    shrink: (map, level) => halved(map, 256 * 2 ** level),
    bottomUp: merge,
  })
}

interface Yolov8Config {
  readonly scale: CompoundScale
  readonly task: AnchorFreeTask
}

function yolov8(name: string, shape: readonly number[], { scale, task }: Yolov8Config): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  return anchorFreeGraph(g, image, yolov8Features(g, image, scale), {
    task,
    classBranch: 'plain',
  })
}

const sizes = {
  n: { depth: 0.33, width: 0.25, maxChannels: 1024 },
  s: { depth: 0.33, width: 0.5, maxChannels: 1024 },
  m: { depth: 0.67, width: 0.75, maxChannels: 768 },
  l: { depth: 1, width: 1, maxChannels: 512 },
  x: { depth: 1, width: 1.25, maxChannels: 512 },
}

const preset = (size: keyof typeof sizes, task: AnchorFreeTask = 'detection'): Preset => ({
  family: 'yolov8',
  task,
  inputShape: [1, 3, 640, 640],
  citation: 'ultralytics/ultralytics cfg/models/v8',
  scales: ['width', 'depth'],
  build: (name, shape, scale) => yolov8(name, shape, { scale: { ...sizes[size], ...times(sizes[size], scale) }, task }),
})

export const yolov8Presets: PresetTable = {
  yolov8n: preset('n'),
  yolov8s: preset('s'),
  yolov8m: preset('m'),
  yolov8l: preset('l'),
  yolov8x: preset('x'),
  'yolov8n-seg': preset('n', 'instance segmentation'),
  'yolov8s-seg': preset('s', 'instance segmentation'),
  'yolov8m-seg': preset('m', 'instance segmentation'),
  'yolov8n-pose': preset('n', 'pose'),
  'yolov8s-pose': preset('s', 'pose'),
  'yolov8m-pose': preset('m', 'pose'),
}
