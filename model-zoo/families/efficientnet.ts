/**
 * EfficientNet (B0–B7), -Lite, -EdgeTPU and V2: one base network scaled in width, depth and resolution together.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.5 % more).
 * Sources: arXiv:1905.11946, 2104.00298 (V2); tensorflow/tpu models/official/efficientnet (lite, edgetpu);
 * pytorch/vision torchvision/models/efficientnet.py; huggingface/pytorch-image-models timm/models/efficientnet.py.
 */

import { type Activation, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import { type Preset, type PresetTable, times } from '../../simulator/build/preset.ts'
import type { Padding } from '../../simulator/build/window.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'
import { divisible } from '../blocks/divisible.ts'
import { fusedInvertedResidual, invertedResidual } from '../blocks/inverted-residual.ts'

/** Kind, expansion, kernel, stride of the first block, channels, blocks: all before scaling. */
type Stage = readonly [
  kind: 'mb' | 'fused',
  expansion: number,
  kernel: number,
  stride: number,
  out: number,
  blocks: number,
]

export interface EfficientnetConfig {
  readonly stages: readonly Stage[]
  readonly stem: number
  readonly features: number
  readonly activation: Activation
  /** Gates of the `mb` blocks, a quarter of the block's input channels wide. */
  readonly squeeze: boolean
  readonly width?: number
  readonly depth?: number
  /** Default `'symmetric'` (PyTorch). */
  readonly pad?: Padding
  /** Stem, head and the depth of the first and last stage keep their size (Lite). */
  readonly fixedEnds?: boolean
  /** Fused blocks stride in their 1×1 projection (EdgeTPU). */
  readonly strideOnProjection?: boolean
  /** Channels that the first block's expansion is counted from, where it is not the stem (EdgeTPU). */
  readonly firstExpansionFrom?: number
}

/** Feature maps after the stem and after each stage. */
export function efficientnetFeatures(g: GraphBuilder, image: Tensor, config: EfficientnetConfig): Tensor[] {
  const { activation, width = 1, depth = 1, fixedEnds = false, pad = 'symmetric' } = config
  const scaled = (channels: number) => divisible(channels * width)
  let x = g.conv(image, { out: fixedEnds ? config.stem : scaled(config.stem), kernel: 3, stride: 2, pad, activation })
  const maps = config.stages.map(([kind, expansion, kernel, stride, out, blocks], stage) => {
    const isEnd = stage === 0 || stage === config.stages.length - 1
    const repeats = fixedEnds && isEnd ? blocks : Math.ceil(blocks * depth)
    for (let block = 0; block < repeats; block++) {
      const expandedFrom = stage === 0 && block === 0 ? config.firstExpansionFrom : undefined
      const options = {
        hidden: (expandedFrom === undefined ? g.channels(x) : scaled(expandedFrom)) * expansion,
        out: scaled(out),
        kernel,
        stride: block === 0 ? stride : 1,
        pad,
        activation,
        strideOnProjection: config.strideOnProjection === true,
      }
      const squeeze = { squeezed: Math.max(1, Math.floor(g.channels(x) / 4)), activation }
      x = g.within(`stage${stage + 1}.${block}`, () =>
        kind === 'fused'
          ? fusedInvertedResidual(g, x, options)
          : invertedResidual(g, x, config.squeeze ? { ...options, squeeze } : options),
      )
    }
    return x
  })
  return maps
}

function efficientnet(name: string, shape: readonly number[], config: EfficientnetConfig): Graph {
  const g = new GraphBuilder(name)
  const last = efficientnetFeatures(g, g.input('input', shape), config).at(-1)
  if (last === undefined) throw new Error('no stages')
  const features = config.fixedEnds === true ? config.features : divisible(config.features * (config.width ?? 1))
  return classifier(g, g.conv(last, { out: features, kernel: 1, activation: config.activation }))
}

export const efficientnetB0: EfficientnetConfig = {
  stem: 32,
  features: 1280,
  activation: 'silu',
  squeeze: true,
  stages: [
    ['mb', 1, 3, 1, 16, 1],
    ['mb', 6, 3, 2, 24, 2],
    ['mb', 6, 5, 2, 40, 2],
    ['mb', 6, 3, 2, 80, 3],
    ['mb', 6, 5, 1, 112, 3],
    ['mb', 6, 5, 2, 192, 4],
    ['mb', 6, 3, 1, 320, 1],
  ],
}

export const efficientnetLite0: EfficientnetConfig = {
  ...efficientnetB0,
  activation: 'relu6',
  squeeze: false,
  fixedEnds: true,
}

const edgeTpu: EfficientnetConfig = {
  stem: 32,
  features: 1280,
  activation: 'relu',
  squeeze: false,
  firstExpansionFrom: 24,
  strideOnProjection: true,
  stages: [
    ['fused', 4, 3, 1, 24, 1],
    ['fused', 8, 3, 2, 32, 2],
    ['fused', 8, 3, 2, 48, 4],
    ['mb', 8, 5, 2, 96, 5],
    ['mb', 8, 5, 1, 144, 4],
    ['mb', 8, 5, 2, 192, 2],
  ],
}

/** V2 stages share kinds, kernels and strides; channels, depths and the last expansions differ. */
const v2 = (stages: readonly Stage[], stem: number): EfficientnetConfig => ({
  stem,
  features: 1280,
  activation: 'silu',
  squeeze: true,
  stages,
})

const v2B0 = v2(
  [
    ['fused', 1, 3, 1, 16, 1],
    ['fused', 4, 3, 2, 32, 2],
    ['fused', 4, 3, 2, 48, 2],
    ['mb', 4, 3, 2, 96, 3],
    ['mb', 6, 3, 1, 112, 5],
    ['mb', 6, 3, 2, 192, 8],
  ],
  32,
)
const v2S = v2(
  [
    ['fused', 1, 3, 1, 24, 2],
    ['fused', 4, 3, 2, 48, 4],
    ['fused', 4, 3, 2, 64, 4],
    ['mb', 4, 3, 2, 128, 6],
    ['mb', 6, 3, 1, 160, 9],
    ['mb', 6, 3, 2, 256, 15],
  ],
  24,
)
const v2M = v2(
  [
    ['fused', 1, 3, 1, 24, 3],
    ['fused', 4, 3, 2, 48, 5],
    ['fused', 4, 3, 2, 80, 5],
    ['mb', 4, 3, 2, 160, 7],
    ['mb', 6, 3, 1, 176, 14],
    ['mb', 6, 3, 2, 304, 18],
    ['mb', 6, 3, 1, 512, 5],
  ],
  24,
)
const v2L = v2(
  [
    ['fused', 1, 3, 1, 32, 4],
    ['fused', 4, 3, 2, 64, 7],
    ['fused', 4, 3, 2, 96, 7],
    ['mb', 4, 3, 2, 192, 10],
    ['mb', 6, 3, 1, 224, 19],
    ['mb', 6, 3, 2, 384, 25],
    ['mb', 6, 3, 1, 640, 7],
  ],
  32,
)

const preset = (family: string, base: EfficientnetConfig, size: number, width = 1, depth = 1): Preset => ({
  family,
  task: 'classification',
  inputShape: [1, 3, size, size],
  citation: 'arXiv:1905.11946, 2104.00298; torchvision efficientnet.py; timm efficientnet.py',
  scales: ['width', 'depth'],
  build: (name, shape, scale) => efficientnet(name, shape, { ...base, ...times({ width, depth }, scale) }),
})

export const efficientnetPresets: PresetTable = {
  'efficientnet-b0': preset('efficientnet', efficientnetB0, 224),
  'efficientnet-b1': preset('efficientnet', efficientnetB0, 240, 1, 1.1),
  'efficientnet-b2': preset('efficientnet', efficientnetB0, 288, 1.1, 1.2),
  'efficientnet-b3': preset('efficientnet', efficientnetB0, 300, 1.2, 1.4),
  'efficientnet-b4': preset('efficientnet', efficientnetB0, 380, 1.4, 1.8),
  'efficientnet-b5': preset('efficientnet', efficientnetB0, 456, 1.6, 2.2),
  'efficientnet-b6': preset('efficientnet', efficientnetB0, 528, 1.8, 2.6),
  'efficientnet-b7': preset('efficientnet', efficientnetB0, 600, 2, 3.1),
  'efficientnet-lite0': preset('efficientnet_lite', efficientnetLite0, 224),
  'efficientnet-lite1': preset('efficientnet_lite', efficientnetLite0, 240, 1, 1.1),
  'efficientnet-lite2': preset('efficientnet_lite', efficientnetLite0, 260, 1.1, 1.2),
  'efficientnet-lite3': preset('efficientnet_lite', efficientnetLite0, 280, 1.2, 1.4),
  'efficientnet-lite4': preset('efficientnet_lite', efficientnetLite0, 300, 1.4, 1.8),
  'efficientnet-edgetpu-s': preset('efficientnet_edgetpu', edgeTpu, 224),
  'efficientnet-edgetpu-m': preset('efficientnet_edgetpu', edgeTpu, 240, 1, 1.1),
  'efficientnet-edgetpu-l': preset('efficientnet_edgetpu', edgeTpu, 300, 1.2, 1.4),
  'efficientnet-v2-b0': preset('efficientnet_v2', v2B0, 224),
  'efficientnet-v2-s': preset('efficientnet_v2', v2S, 384),
  'efficientnet-v2-m': preset('efficientnet_v2', v2M, 480),
  'efficientnet-v2-l': preset('efficientnet_v2', v2L, 480),
}
