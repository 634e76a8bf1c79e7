/**
 * AlexNet (the single-column one) and VGG: plain stacks of convolutions before three large linear layers.
 *
 * Figures: weights and biases as published; neither network has batch norm.
 * Sources: arXiv:1404.5997, 1409.1556; pytorch/vision torchvision/models/alexnet.py, vgg.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { adaptiveAveragePool } from '../blocks/adaptive-pool.ts'

function alexnet(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  const pool = (x: Tensor) => g.maxPool(x, { kernel: 3, stride: 2, pad: 0 })
  let x = g.conv(g.input('input', shape), { out: 64, kernel: 11, stride: 4, pad: 2, activation: 'relu' })
  x = g.conv(pool(x), { out: 192, kernel: 5, activation: 'relu' })
  x = g.conv(pool(x), { out: 384, kernel: 3, activation: 'relu' })
  x = g.conv(x, { out: 256, kernel: 3, activation: 'relu' })
  x = g.conv(x, { out: 256, kernel: 3, activation: 'relu' })
  return head(g, adaptiveAveragePool(g, pool(x), 6))
}

/** `stages`: channels of the convolutions between poolings. */
export function vggFeatures(g: GraphBuilder, image: Tensor, stages: readonly (readonly number[])[]): Tensor {
  return stages.reduce((map, widths) => {
    const last = widths.reduce((x, out) => g.conv(x, { out, kernel: 3, activation: 'relu' }), map)
    return g.maxPool(last, { kernel: 2, stride: 2, pad: 0 })
  }, image)
}

function vgg(name: string, shape: readonly number[], stages: readonly (readonly number[])[]): Graph {
  const g = new GraphBuilder(name)
  return head(g, adaptiveAveragePool(g, vggFeatures(g, g.input('input', shape), stages), 7))
}

function head(g: GraphBuilder, x: Tensor): Graph {
  const hidden = g.gemm(g.flatten(x), { out: 4096, activation: 'relu' })
  return g.finish({ logits: g.gemm(g.gemm(hidden, { out: 4096, activation: 'relu' }), { out: 1000 }) })
}

const repeat = (out: number, times: number): readonly number[] => Array.from({ length: times }, () => out)

const vggOf = (deep: number) => [repeat(64, 2), repeat(128, 2), repeat(256, deep), repeat(512, deep), repeat(512, deep)]

const common = { task: 'classification', inputShape: [1, 3, 224, 224] } as const

export const alexnetVggPresets: PresetTable = {
  alexnet: {
    ...common,
    family: 'alexnet',
    citation: 'arXiv:1404.5997; pytorch/vision torchvision/models/alexnet.py',
    build: alexnet,
  },
  vgg16: {
    ...common,
    family: 'vgg',
    citation: 'arXiv:1409.1556; pytorch/vision torchvision/models/vgg.py',
    build: (name, shape) => vgg(name, shape, vggOf(3)),
  },
  vgg19: {
    ...common,
    family: 'vgg',
    citation: 'arXiv:1409.1556; pytorch/vision torchvision/models/vgg.py',
    build: (name, shape) => vgg(name, shape, vggOf(4)),
  },
}
