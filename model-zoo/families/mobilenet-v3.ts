/**
 * MobileNet V3: searched inverted residuals with hard-swish and squeeze-excitation; minimalistic = 3×3, ReLU, no gates.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.5 % more).
 * Sources: arXiv:1905.02244 tables 1 and 2; pytorch/vision torchvision/models/mobilenetv3.py;
 * tensorflow/models research/slim/nets/mobilenet/mobilenet_v3.py (minimalistic).
 */

import { type Activation, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { divisible } from '../blocks/divisible.ts'
import { invertedResidual } from '../blocks/inverted-residual.ts'

/** [kernel, hidden, out, squeezed?, activation, stride]. */
type Block = readonly [number, number, number, boolean, Activation, number]

interface MobilenetV3Config {
  readonly blocks: readonly Block[]
  /** Channels of the layer between pooling and classifier. */
  readonly features: number
  readonly minimalistic?: boolean
}

export const mobilenetV3Large: MobilenetV3Config = {
  features: 1280,
  blocks: [
    [3, 16, 16, false, 'relu', 1],
    [3, 64, 24, false, 'relu', 2],
    [3, 72, 24, false, 'relu', 1],
    [5, 72, 40, true, 'relu', 2],
    [5, 120, 40, true, 'relu', 1],
    [5, 120, 40, true, 'relu', 1],
    [3, 240, 80, false, 'hard-swish', 2],
    [3, 200, 80, false, 'hard-swish', 1],
    [3, 184, 80, false, 'hard-swish', 1],
    [3, 184, 80, false, 'hard-swish', 1],
    [3, 480, 112, true, 'hard-swish', 1],
    [3, 672, 112, true, 'hard-swish', 1],
    [5, 672, 160, true, 'hard-swish', 2],
    [5, 960, 160, true, 'hard-swish', 1],
    [5, 960, 160, true, 'hard-swish', 1],
  ],
}

export const mobilenetV3Small: MobilenetV3Config = {
  features: 1024,
  blocks: [
    [3, 16, 16, true, 'relu', 2],
    [3, 72, 24, false, 'relu', 2],
    [3, 88, 24, false, 'relu', 1],
    [5, 96, 40, true, 'hard-swish', 2],
    [5, 240, 40, true, 'hard-swish', 1],
    [5, 240, 40, true, 'hard-swish', 1],
    [5, 120, 48, true, 'hard-swish', 1],
    [5, 144, 48, true, 'hard-swish', 1],
    [5, 288, 96, true, 'hard-swish', 2],
    [5, 576, 96, true, 'hard-swish', 1],
    [5, 576, 96, true, 'hard-swish', 1],
  ],
}

/** Feature maps after the stem and each block. */
export function mobilenetV3Features(g: GraphBuilder, image: Tensor, config: MobilenetV3Config): Tensor[] {
  const { minimalistic = false } = config
  let x = g.conv(image, { out: 16, kernel: 3, stride: 2, activation: minimalistic ? 'relu' : 'hard-swish' })
  return [
    x,
    ...config.blocks.map(([kernel, hidden, out, squeezed, activation, stride], index) => {
      const squeeze = { squeezed: divisible(hidden / 4), gate: 'hard-sigmoid' } as const
      x = g.within(`block${index + 1}`, () =>
        invertedResidual(g, x, {
          hidden,
          out,
          stride,
          kernel: minimalistic ? 3 : kernel,
          activation: minimalistic ? 'relu' : activation,
          squeeze: squeezed && !minimalistic ? squeeze : undefined,
        }),
      )
      return x
    }),
  ]
}

export function mobilenetV3(name: string, shape: readonly number[], config: MobilenetV3Config): Graph {
  const g = new GraphBuilder(name)
  const activation = config.minimalistic === true ? 'relu' : 'hard-swish'
  const last = mobilenetV3Features(g, g.input('input', shape), config).at(-1)
  if (last === undefined) throw new Error('no blocks')
  const wide = g.conv(last, { out: 6 * g.channels(last), kernel: 1, activation })
  const features = g.gemm(g.flatten(g.globalAveragePool(wide)), { out: config.features, activation })
  return g.finish({ logits: g.gemm(features, { out: 1000 }) })
}

const preset = (config: MobilenetV3Config): Preset => ({
  family: 'mobilenet_v3',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:1905.02244; torchvision mobilenetv3.py; tensorflow/models slim mobilenet_v3.py',
  build: (name, shape) => mobilenetV3(name, shape, config),
})

export const mobilenetV3Presets: PresetTable = {
  'mobilenet-v3-small': preset(mobilenetV3Small),
  'mobilenet-v3-large': preset(mobilenetV3Large),
  'mobilenet-v3-large-minimalistic': preset({ ...mobilenetV3Large, minimalistic: true }),
}
