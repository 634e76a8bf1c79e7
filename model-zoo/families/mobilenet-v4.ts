/**
 * MobileNet V4 (convolutional): universal inverted bottlenecks, an inverted residual whose two depthwise
 * convolutions (before the expansion, between expansion and projection) are both optional.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.5 % more).
 * Sources: arXiv:2404.10518; huggingface/pytorch-image-models timm/models/mobilenetv3.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { fusedInvertedResidual } from '../blocks/inverted-residual.ts'

/** Kernels of both depthwise convolutions (0 = none), stride, expansion, channels. */
type Universal = readonly [start: number, middle: number, stride: number, expansion: number, out: number]

interface MobilenetV4Config {
  /** The convolutional stages before the universal bottlenecks. */
  readonly early: 'small' | 'medium'
  readonly blocks: readonly Universal[]
}

const small: MobilenetV4Config = {
  early: 'small',
  blocks: [
    [5, 5, 2, 3, 96],
    [0, 3, 1, 2, 96],
    [0, 3, 1, 2, 96],
    [0, 3, 1, 2, 96],
    [0, 3, 1, 2, 96],
    [3, 0, 1, 4, 96],
    [3, 3, 2, 6, 128],
    [5, 5, 1, 4, 128],
    [0, 5, 1, 4, 128],
    [0, 5, 1, 3, 128],
    [0, 3, 1, 4, 128],
    [0, 3, 1, 4, 128],
  ],
}

const medium: MobilenetV4Config = {
  early: 'medium',
  blocks: [
    [3, 5, 2, 4, 80],
    [3, 3, 1, 2, 80],
    [3, 5, 2, 6, 160],
    [3, 3, 1, 4, 160],
    [3, 3, 1, 4, 160],
    [3, 5, 1, 4, 160],
    [3, 3, 1, 4, 160],
    [3, 0, 1, 4, 160],
    [0, 0, 1, 2, 160],
    [3, 0, 1, 4, 160],
    [5, 5, 2, 6, 256],
    [5, 5, 1, 4, 256],
    [3, 5, 1, 4, 256],
    [3, 5, 1, 4, 256],
    [0, 0, 1, 4, 256],
    [3, 0, 1, 4, 256],
    [3, 5, 1, 2, 256],
    [5, 5, 1, 4, 256],
    [0, 0, 1, 4, 256],
    [0, 0, 1, 4, 256],
    [5, 0, 1, 2, 256],
  ],
}

function mobilenetV4(name: string, shape: readonly number[], { early, blocks }: MobilenetV4Config): Graph {
  const g = new GraphBuilder(name)
  const conv = (from: Tensor, out: number, kernel: number, stride: number) =>
    g.conv(from, { out, kernel, stride, activation: 'relu' })
  let x = conv(g.input('input', shape), 32, 3, 2)
  if (early === 'small') x = conv(conv(conv(conv(x, 32, 3, 2), 32, 1, 1), 96, 3, 2), 64, 1, 1)
  else x = fusedInvertedResidual(g, x, { hidden: 128, out: 48, kernel: 3, stride: 2, activation: 'relu' })
  blocks.forEach((block, index) => {
    x = g.within(`block${index + 1}`, () => universalBottleneck(g, x, block))
  })
  const pooled = g.globalAveragePool(conv(x, 960, 1, 1))
  return g.finish({ logits: g.gemm(g.flatten(conv(pooled, 1280, 1, 1)), { out: 1000 }) })
}

function universalBottleneck(g: GraphBuilder, x: Tensor, [start, middle, stride, expansion, out]: Universal): Tensor {
  // The stride belongs to the middle convolution where there is one.
  const startStride = middle === 0 ? stride : 1
  const first = start === 0 ? x : g.depthwise(x, { kernel: start, stride: startStride })
  const expanded = g.conv(first, { out: g.channels(x) * expansion, kernel: 1, activation: 'relu' })
  const filtered = middle === 0 ? expanded : g.depthwise(expanded, { kernel: middle, stride, activation: 'relu' })
  const projected = g.conv(filtered, { out, kernel: 1 })
  return stride === 1 && g.channels(x) === out ? g.add(projected, x) : projected
}

const preset = (config: MobilenetV4Config): Preset => ({
  family: 'mobilenet_v4',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:2404.10518; timm mobilenetv3.py',
  build: (name, shape) => mobilenetV4(name, shape, config),
})

export const mobilenetV4Presets: PresetTable = {
  'mobilenet-v4-conv-small': preset(small),
  'mobilenet-v4-conv-medium': preset(medium),
}
