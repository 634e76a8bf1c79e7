/**
 * YOLOv4 on CSPDarknet-53 with spatial pyramid pooling and path aggregation, its form for accelerators that lack Mish, and
 * its tiny form.
 *
 * Figures: batch norm folded, as in the cited conversions; the last convolutions have biases.
 * Sources: arXiv:2004.10934, 2011.08036 (tiny); AlexeyAB/darknet cfg/yolov4.cfg, cfg/yolov4-tiny.cfg.
 */

import { type Activation, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { darknetGraph } from '../blocks/darknet-head.ts'
import { halves } from '../blocks/halves.ts'
import { pathAggregation } from '../blocks/path-aggregation.ts'
import { pooledBySizes } from '../blocks/pyramid-pooling.ts'

/** Anchors and grid sensitivity at strides 8, 16, 32. */
const heads = [
  { anchors: [12, 16, 19, 36, 40, 28], scaleXy: 1.2 },
  { anchors: [36, 75, 76, 55, 72, 146], scaleXy: 1.1 },
  { anchors: [142, 110, 192, 243, 459, 401], scaleXy: 1.05 },
]

/** The cfg file takes anchors 1 to 3 at stride 16, not 0 to 2. */
const tinyHeads = {
  stride16: { anchors: [23, 27, 37, 58, 81, 82], scaleXy: 1.05 },
  stride32: { anchors: [81, 82, 135, 169, 344, 319], scaleXy: 1.05 },
}

/** Channels and residual blocks of the stages at strides 2 to 32. */
const stages = [
  [64, 1],
  [128, 2],
  [256, 8],
  [512, 8],
  [1024, 4],
] as const

const convolution =
  (g: GraphBuilder, activation: Activation) =>
  (x: Tensor, out: number, kernel: 1 | 3, stride = 1): Tensor =>
    g.conv(x, { out, kernel, stride, activation })

/** CSPDarknet-53: maps at strides 2 to 32. */
function cspDarknet53Features(g: GraphBuilder, image: Tensor, activation: Activation): Tensor[] {
  const conv = convolution(g, activation)
  let x = conv(image, 32, 3)
  return stages.map(([out, residuals], stage) => {
    g.within(`stage${stage + 1}`, () => {
      const halved = conv(x, out, 3, 2)
      // The first stage does not halve its branches.
      const branch = stage === 0 ? out : out / 2
      const around = conv(halved, branch, 1)
      let deep = conv(halved, branch, 1)
      for (let block = 0; block < residuals; block++) deep = g.add(deep, conv(conv(deep, out / 2, 1), branch, 3))
      x = conv(g.concat([conv(deep, branch, 1), around], 1), out, 1)
    })
    return x
  })
}

/** `activation` of the trunk; neck and heads have leaky ReLU. */
function yolov4(activation: Activation, name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const conv = convolution(g, 'leaky-relu')
  const features = cspDarknet53Features(g, image, activation).slice(2)
  const coarsest = features.at(-1) ?? image
  const squeezed = (x: Tensor) => conv(conv(conv(x, 512, 1), 1024, 3), 512, 1)
  const pooled = squeezed(pooledBySizes(g, squeezed(coarsest), [5, 9, 13]))
  /** Five convolutions, narrow and wide in turn. */
  const merge = (x: Tensor, level: number) => {
    const out = 128 * 2 ** level
    const once = conv(conv(x, out, 1), 2 * out, 3)
    return conv(conv(conv(once, out, 1), 2 * out, 3), out, 1)
  }
  const maps = pathAggregation(g, [...features.slice(0, 2), pooled], {
    enlarge: (x) => g.upsample(conv(x, g.channels(x) / 2, 1), 2),
    lateral: (x) => [conv(x, g.channels(x) / 2, 1)],
    topDown: merge,
    shrink: (x) => conv(x, 2 * g.channels(x), 3, 2),
    bottomUp: merge,
  })
  return darknetGraph(
    g,
    image,
    heads.flatMap((head, level) => {
      const map = maps[level]
      return map === undefined ? [] : [{ ...head, map: conv(map, 2 * g.channels(map), 3) }]
    }),
  )
}

function yolov4Tiny(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const conv = convolution(g, 'leaky-relu')
  let x = conv(conv(image, 32, 3, 2), 64, 3, 2)
  let stride16 = x
  for (const out of [64, 128, 256]) {
    const whole = conv(x, out, 3)
    const [, half] = halves(g, whole)
    const first = conv(half, out / 2, 3)
    stride16 = conv(g.concat([conv(first, out / 2, 3), first], 1), out, 1)
    x = g.maxPool(g.concat([whole, stride16], 1), { kernel: 2, stride: 2, pad: 0 })
  }
  const coarse = conv(conv(x, 512, 3), 256, 1)
  const fine = g.concat([g.upsample(conv(coarse, 128, 1), 2), stride16], 1)
  return darknetGraph(g, image, [
    { ...tinyHeads.stride32, map: conv(coarse, 512, 3) },
    { ...tinyHeads.stride16, map: conv(fine, 256, 3) },
  ])
}

const preset = (file: string, build: Preset['build']): Preset => ({
  family: 'yolo_classic',
  task: 'detection',
  inputShape: [1, 3, 416, 416],
  citation: `arXiv:2004.10934; AlexeyAB/darknet cfg/${file}`,
  build,
})

export const yolov4Presets: PresetTable = {
  yolov4: preset('yolov4.cfg', (name, shape) => yolov4('mish', name, shape)),
  'yolov4-leaky': preset('yolov4.cfg, with leaky ReLU for Mish', (name, shape) => yolov4('leaky-relu', name, shape)),
  'yolov4-tiny': preset('yolov4-tiny.cfg', yolov4Tiny),
}
