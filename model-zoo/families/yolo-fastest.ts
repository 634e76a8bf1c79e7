/**
 * Yolo-Fastest 1.1: very thin inverted residuals, two darknet heads behind depthwise 5×5 convolutions.
 *
 * Figures: batch norm folded. The author's 252 million operations at 320×320 are twice our MACs.
 * Sources: dog-qiuqiu/Yolo-Fastest ModelZoo/yolo-fastest-1.1_coco/yolo-fastest-1.1.cfg.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { darknetGraph } from '../blocks/darknet-head.ts'
import { invertedResidual } from '../blocks/inverted-residual.ts'

const activation = 'leaky-relu'

/** Hidden channels, channels, stride of the first, number of blocks. */
const groups = [
  [8, 4, 1, 2],
  [24, 8, 2, 1],
  [32, 8, 1, 2],
  [32, 8, 2, 1],
  [48, 8, 1, 2],
  [48, 16, 1, 1],
  [96, 16, 1, 4],
  [96, 24, 2, 1],
  [136, 24, 1, 4],
] as const

const deepBlocks = 5

/** Expanded map at stride 16, map at stride 32. */
function yoloFastestFeatures(g: GraphBuilder, image: Tensor): readonly [Tensor, Tensor] {
  let x = g.conv(image, { out: 8, kernel: 3, stride: 2, activation })
  groups.forEach(([hidden, out, stride, count], group) => {
    g.within(`group${group + 1}`, () => {
      for (let block = 0; block < count; block++) {
        const options = {
          hidden,
          out,
          kernel: 3,
          stride: block === 0 ? stride : 1,
          activation,
          alwaysExpand: true,
        } as const
        x = invertedResidual(g, x, options)
      }
    })
  })
  const stride16 = g.conv(x, { out: 136, kernel: 1, activation })
  const halved = g.depthwise(stride16, { kernel: 3, stride: 2, activation })
  let stride32 = g.conv(halved, { out: 48, kernel: 1 })
  for (let block = 0; block < deepBlocks; block++) {
    stride32 = g.within(`deep.${block}`, () =>
      invertedResidual(g, stride32, { hidden: 224, out: 48, kernel: 3, stride: 1, activation }),
    )
  }
  return [stride16, stride32]
}

function yoloFastest(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const [stride16, stride32] = yoloFastestFeatures(g, image)
  const coarse = g.conv(stride32, { out: headWidth, kernel: 1, activation })
  const joined = g.concat([g.upsample(coarse, 2), stride16], 1)
  const fine = g.conv(joined, { out: headWidth, kernel: 1, activation })
  return darknetGraph(g, image, [
    { map: g.within('head0', () => separated(g, coarse)), anchors: [115, 73, 119, 199, 242, 238] },
    { map: g.within('head1', () => separated(g, fine)), anchors: [12, 18, 37, 49, 52, 132] },
  ])
}

const headWidth = 96

/** Two depthwise 5×5 convolutions, each followed by a linear 1×1. */
function separated(g: GraphBuilder, x: Tensor): Tensor {
  const once = g.conv(g.depthwise(x, { kernel: 5, activation }), { out: headWidth, kernel: 1 })
  return g.conv(g.depthwise(once, { kernel: 5, activation }), { out: headWidth, kernel: 1 })
}

export const yoloFastestPresets: PresetTable = {
  'yolo-fastest-1.1': {
    family: 'yolo_classic',
    task: 'detection',
    inputShape: [1, 3, 320, 320],
    citation: 'dog-qiuqiu/Yolo-Fastest ModelZoo/yolo-fastest-1.1_coco',
    build: yoloFastest,
  },
}
