/**
 * MobileNet V1: 13 depthwise-separable blocks, all widths scaled by α.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 1 % more).
 * Sources: arXiv:1704.04861 table 1; tensorflow/models research/slim/nets/mobilenet_v1.py.
 */

import { type Activation, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Padding } from '../../simulator/build/window.ts'
import type { Graph } from '../../simulator/graph/graph.ts'

interface MobilenetV1Config {
  /** Width multiplier α. */
  readonly width: number
  readonly classes: number
}

/** [output channels at α = 1, stride] of each separable block. */
const blocks: readonly (readonly [number, number])[] = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
]

export interface MobilenetV1Variant {
  /** Default ReLU6. */
  readonly activation?: Activation
  /** Default `'same'` (TensorFlow). */
  readonly pad?: Padding
  /** Stride at which the maps stop getting smaller: later blocks are dilated instead. Default 32. */
  readonly outputStride?: number
}

/** Feature maps after the stem and each block; detectors attach to these. */
export function mobilenetV1Features(
  g: GraphBuilder,
  image: Tensor,
  width: number,
  { activation = 'relu6', pad = 'same', outputStride = 32 }: MobilenetV1Variant = {},
): Tensor[] {
  const scaled = (channels: number) => Math.max(8, Math.floor(channels * width))
  let x = g.conv(image, { out: scaled(32), kernel: 3, stride: 2, pad, activation })
  let reached = 2
  let dilation = 1
  return [
    x,
    ...blocks.map(([out, published], index) => {
      const stride = reached < outputStride ? published : 1
      const window = { kernel: 3, stride, dilation, pad }
      x = g.within(`block${index + 1}`, () =>
        g.conv(g.depthwise(x, { ...window, activation }), { out: scaled(out), kernel: 1, activation }),
      )
      reached *= stride
      // A block that does not stride spreads the ones after it.
      dilation *= published / stride
      return x
    }),
  ]
}

export function mobilenetV1(name: string, shape: readonly number[], config: MobilenetV1Config): Graph {
  const g = new GraphBuilder(name)
  const features = mobilenetV1Features(g, g.input('input', shape), config.width)
  const last = features.at(-1)
  if (last === undefined) throw new Error('no blocks')
  const pooled = g.flatten(g.globalAveragePool(last))
  return g.finish({ scores: g.softmax(g.gemm(pooled, { out: config.classes })) })
}

const preset = (width: number): Preset => ({
  family: 'mobilenet_v1',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:1704.04861; tensorflow/models research/slim/nets/mobilenet_v1.py',
  scales: ['width'],
  build: (name, shape, scale) => mobilenetV1(name, shape, { width: width * scale.width, classes: 1001 }),
})

export const mobilenetV1Presets: PresetTable = {
  'mobilenet-v1-0.25': preset(0.25),
  'mobilenet-v1-0.5': preset(0.5),
  'mobilenet-v1-0.75': preset(0.75),
  'mobilenet-v1-1.0': preset(1),
  'vww-mobilenet-v1-0.25-96': {
    family: 'mlperf_tiny',
    task: 'person detection',
    inputShape: [1, 3, 96, 96],
    citation: 'arXiv:2106.07597; mlcommons/tiny benchmark/training/visual_wake_words',
    build: (name, shape) => mobilenetV1(name, shape, { width: 0.25, classes: 2 }),
  },
}
