/**
 * YOLOv7 and YOLOv7-tiny, deployed: RepConv merged into one 3×3, implicit knowledge folded into the last convolutions.
 *
 * Figures: those the repository prints for the fused model (36,905,341 and 6,219,709 parameters).
 * Sources: arXiv:2207.02696; WongKinYiu/yolov7 cfg/deploy/yolov7.yaml, yolov7-tiny.yaml, models/common.py, yolo.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { anchorHead } from '../blocks/anchor-boxes.ts'
import { pathAggregation } from '../blocks/path-aggregation.ts'
import { crossStagePooling, pooledBySizes } from '../blocks/pyramid-pooling.ts'

const classes = 80

const anchors = [
  [12, 16, 19, 36, 40, 28],
  [36, 75, 76, 55, 72, 146],
  [142, 110, 192, 243, 459, 401],
]

const poolSizes = [5, 9, 13]

type Conv = (x: Tensor, out: number, kernel: 1 | 3, stride?: number) => Tensor

interface Elan {
  readonly out: number
  /** Channels of the two 1×1 at the entry, and of every 3×3. */
  readonly entry: number
  readonly link: number
  readonly links: number
  /** Keep every k-th 3×3, counted from the last. */
  readonly keep: number
}

/** Efficient layer aggregation: two 1×1, a chain of 3×3 on the second, all that is kept joined by a 1×1. */
function elan(g: GraphBuilder, conv: Conv, x: Tensor, { out, entry, link, links, keep }: Elan): Tensor {
  const kept = [conv(x, entry, 1), conv(x, entry, 1)]
  let deep = kept.at(-1) ?? x
  for (let index = 1; index <= links; index++) {
    deep = conv(deep, link, 3)
    if ((links - index) % keep === 0) kept.push(deep)
  }
  return conv(g.concat(kept.toReversed(), 1), out, 1)
}

/** Half of the channels by max pooling and a 1×1, half by a 1×1 and a strided 3×3. */
function transition(g: GraphBuilder, conv: Conv, x: Tensor, half: number): Tensor {
  const pooled = conv(g.maxPool(x, { kernel: 2, stride: 2, pad: 0 }), half, 1)
  return g.concat([conv(conv(x, half, 1), half, 3, 2), pooled], 1)
}

function yolov7Features(g: GraphBuilder, image: Tensor): Tensor[] {
  const conv: Conv = (x, out, kernel, stride = 1) => g.conv(x, { out, kernel, stride, activation: 'silu' })
  const stem = conv(conv(conv(conv(image, 32, 3), 64, 3, 2), 64, 3), 128, 3, 2)
  let x = elan(g, conv, stem, { out: 256, entry: 64, link: 64, links: 4, keep: 2 })
  const stages = [
    { out: 512, width: 128 },
    { out: 1024, width: 256 },
    { out: 1024, width: 256 },
  ]
  const maps = stages.map(({ out, width }, stage) => {
    x = g.within(`stage${stage + 2}`, () => {
      const halved = transition(g, conv, x, g.channels(x) / 2)
      return elan(g, conv, halved, { out, entry: width, link: width, links: 4, keep: 2 })
    })
    return x
  })
  const pooled = crossStagePooling(g, x, {
    out: 512,
    hidden: 512,
    activation: 'silu',
    pool: (map) => pooledBySizes(g, map, poolSizes),
  })
  const merge = (map: Tensor, level: number) => {
    const out = 128 * 2 ** level
    return elan(g, conv, map, { out, entry: out, link: out / 2, links: 4, keep: 1 })
  }
  const results = pathAggregation(g, [...maps.slice(0, 2), pooled], {
    enlarge: (map) => g.upsample(conv(map, g.channels(map) / 2, 1), 2),
    lateral: (map, level) => [conv(map, 128 * 2 ** level, 1)],
    topDown: merge,
    shrink: (map) => transition(g, conv, map, g.channels(map)),
    bottomUp: merge,
  })
  return results.map((map) => conv(map, 2 * g.channels(map), 3))
}

function yolov7TinyFeatures(g: GraphBuilder, image: Tensor): Tensor[] {
  const conv: Conv = (x, out, kernel, stride = 1) => g.conv(x, { out, kernel, stride, activation: 'leaky-relu' })
  const block = (x: Tensor, out: number) => elan(g, conv, x, { out, entry: out / 2, link: out / 2, links: 2, keep: 1 })
  let x = g.within('stage1', () => block(conv(conv(image, 32, 3, 2), 64, 3, 2), 64))
  const maps = [128, 256, 512].map((out, stage) => {
    x = g.within(`stage${stage + 2}`, () => {
      const entry = g.channels(x)
      return elan(g, conv, g.maxPool(x, { kernel: 2, stride: 2, pad: 0 }), {
        out,
        entry,
        link: entry,
        links: 2,
        keep: 1,
      })
    })
    return x
  })
  const pooledBranch = conv(pooledBySizes(g, conv(x, 256, 1), poolSizes), 256, 1)
  const pooled = conv(g.concat([pooledBranch, conv(x, 256, 1)], 1), 256, 1)
  const merge = (map: Tensor, level: number) => block(map, 64 * 2 ** level)
  const results = pathAggregation(g, [...maps.slice(0, 2), pooled], {
    enlarge: (map) => g.upsample(conv(map, g.channels(map) / 2, 1), 2),
    lateral: (map, level) => [conv(map, 64 * 2 ** level, 1)],
    topDown: merge,
    shrink: (map) => conv(map, 2 * g.channels(map), 3, 2),
    bottomUp: merge,
  })
  return results.map((map) => conv(map, 2 * g.channels(map), 3))
}

const preset = (features: (g: GraphBuilder, image: Tensor) => Tensor[]): Preset => ({
  family: 'yolov7',
  task: 'detection',
  inputShape: [1, 3, 640, 640],
  citation: 'arXiv:2207.02696; WongKinYiu/yolov7 cfg/deploy',
  build: (name, shape): Graph => {
    const g = new GraphBuilder(name)
    const image = g.input('input', shape)
    return g.finish({ detections: anchorHead(g, image, features(g, image), { classes, anchors }) })
  },
})

export const yolov7Presets: PresetTable = {
  yolov7: preset(yolov7Features),
  'yolov7-tiny': preset(yolov7TinyFeatures),
}
