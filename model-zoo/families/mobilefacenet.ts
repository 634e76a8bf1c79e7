/**
 * MobileFaceNet as InsightFace trains it: inverted residuals with learned slopes, a global depthwise layer, 512 features.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 1 % more).
 * Sources: arXiv:1804.07573, 1801.07698; deepinsight/insightface recognition/arcface_torch/backbones/mobilefacenet.py.
 */

import { type ConvOptions, dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'

interface Stage {
  readonly out: number
  /** Channels inside the block that halves the map, and inside the residual ones. */
  readonly down: number
  readonly hidden: number
  readonly blocks: number
}

interface MobilefacenetConfig {
  readonly stem: number
  /** Groups of the 3×3 convolution behind the stem. */
  readonly stemGroups: number
  readonly stages: readonly Stage[]
  readonly features: number
}

export function mobilefacenet(name: string, shape: readonly number[], config: MobilefacenetConfig): Graph {
  const { stem, stemGroups, features } = config
  const g = new GraphBuilder(name)
  const first = sloped(g, g.input('input', shape), { out: stem, kernel: 3, stride: 2 })
  let x = sloped(g, first, { out: stem, kernel: 3, groups: stemGroups })
  config.stages.forEach(({ out, down, hidden, blocks }, stage) => {
    x = g.within(`stage${stage}.down`, () => bottleneck(g, x, { hidden: down, out, stride: 2 }))
    for (let block = 0; block < blocks; block++) {
      x = g.within(`stage${stage}.${block}`, () => g.add(x, bottleneck(g, x, { hidden, out, stride: 1 })))
    }
  })
  x = sloped(g, x, { out: features, kernel: 1 })
  const whole = [dimOf(x.shape, 2), dimOf(x.shape, 3)]
  return g.finish({ embedding: g.gemm(g.flatten(g.depthwise(x, { kernel: whole, pad: 0 })), { out: features }) })
}

function sloped(g: GraphBuilder, x: Tensor, options: ConvOptions): Tensor {
  return g.prelu(g.conv(x, options))
}

interface Bottleneck {
  readonly hidden: number
  readonly out: number
  readonly stride: number
}

function bottleneck(g: GraphBuilder, x: Tensor, { hidden, out, stride }: Bottleneck): Tensor {
  const expanded = sloped(g, x, { out: hidden, kernel: 1 })
  return g.conv(sloped(g, expanded, { out: hidden, groups: hidden, kernel: 3, stride }), { out, kernel: 1 })
}

export const mobilefacenetPresets: PresetTable = {
  'arcface-mobilefacenet': {
    family: 'face_pose',
    task: 'face recognition',
    inputShape: [1, 3, 112, 112],
    citation: 'arXiv:1804.07573, 1801.07698; deepinsight/insightface arcface_torch/backbones/mobilefacenet.py',
    build: (name, shape) =>
      mobilefacenet(name, shape, {
        stem: 128,
        stemGroups: 64,
        stages: [
          { out: 128, down: 128, hidden: 128, blocks: 4 },
          { out: 256, down: 256, hidden: 256, blocks: 6 },
          { out: 256, down: 512, hidden: 256, blocks: 2 },
        ],
        features: 512,
      }),
  },
}
