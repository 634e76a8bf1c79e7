/**
 * Networks found by search over inverted residuals: MnasNet-B1, ProxylessNAS (mobile), FBNet-C.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.7 % more).
 * Sources: arXiv:1807.11626, 1812.00332, 1812.03443; pytorch/vision torchvision/models/mnasnet.py;
 * huggingface/pytorch-image-models timm/models/efficientnet.py; mit-han-lab/proxylessnas.
 */

import { type Activation, GraphBuilder } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'
import { divisible } from '../blocks/divisible.ts'
import { invertedResidual } from '../blocks/inverted-residual.ts'

/** [repeats, kernel, stride of the first, expansion, channels]. */
type Stage = readonly [number, number, number, number, number]

interface SearchedConfig {
  readonly stem: number
  readonly stages: readonly Stage[]
  readonly features: number
  readonly activation: Activation
  readonly width?: number
  readonly alwaysExpand?: boolean
}

const mnasnet: SearchedConfig = {
  stem: 32,
  activation: 'relu',
  features: 1280,
  stages: [
    [1, 3, 1, 1, 16],
    [3, 3, 2, 3, 24],
    [3, 5, 2, 3, 40],
    [3, 5, 2, 6, 80],
    [2, 3, 1, 6, 96],
    [4, 5, 2, 6, 192],
    [1, 3, 1, 6, 320],
  ],
}

const proxylessMobile: SearchedConfig = {
  stem: 32,
  activation: 'relu6',
  features: 1280,
  stages: [
    [1, 3, 1, 1, 16],
    [1, 5, 2, 3, 32],
    [1, 3, 1, 3, 32],
    [1, 7, 2, 3, 40],
    [1, 3, 1, 3, 40],
    [2, 5, 1, 3, 40],
    [1, 7, 2, 6, 80],
    [3, 5, 1, 3, 80],
    [1, 5, 1, 6, 96],
    [3, 5, 1, 3, 96],
    [2, 7, 2, 6, 192],
    [2, 7, 1, 3, 192],
    [1, 7, 1, 6, 320],
  ],
}

const fbnetC: SearchedConfig = {
  stem: 16,
  activation: 'relu',
  features: 1984,
  alwaysExpand: true,
  stages: [
    [1, 3, 1, 1, 16],
    [1, 3, 2, 6, 24],
    [2, 3, 1, 1, 24],
    [1, 5, 2, 6, 32],
    [1, 5, 1, 3, 32],
    [1, 5, 1, 6, 32],
    [1, 3, 1, 6, 32],
    [1, 5, 2, 6, 64],
    [1, 5, 1, 3, 64],
    [2, 5, 1, 6, 64],
    [3, 5, 1, 6, 112],
    [1, 5, 1, 3, 112],
    [4, 5, 2, 6, 184],
    [1, 3, 1, 6, 352],
  ],
}

function searched(name: string, shape: readonly number[], config: SearchedConfig): Graph {
  const { activation, width = 1 } = config
  const g = new GraphBuilder(name)
  let x = g.conv(g.input('input', shape), { out: divisible(config.stem * width), kernel: 3, stride: 2, activation })
  config.stages.forEach(([repeats, kernel, stride, expansion, channels], stage) => {
    for (let repeat = 0; repeat < repeats; repeat++) {
      x = g.within(`stage${stage + 1}.${repeat}`, () =>
        invertedResidual(g, x, {
          hidden: g.channels(x) * expansion,
          out: divisible(channels * width),
          kernel,
          stride: repeat === 0 ? stride : 1,
          activation,
          alwaysExpand: config.alwaysExpand === true,
        }),
      )
    }
  })
  return classifier(g, g.conv(x, { out: config.features, kernel: 1, activation }))
}

const preset = (config: SearchedConfig): Preset => ({
  family: 'nas_mobile',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:1807.11626, 1812.00332, 1812.03443; torchvision mnasnet.py; timm efficientnet.py',
  scales: ['width'],
  build: (name, shape, scale) => searched(name, shape, { ...config, width: (config.width ?? 1) * scale.width }),
})

export const nasMobilePresets: PresetTable = {
  'mnasnet0-5': preset({ ...mnasnet, width: 0.5 }),
  'mnasnet1-0': preset(mnasnet),
  'proxylessnas-mobile': preset(proxylessMobile),
  'fbnet-c': preset(fbnetC),
}
