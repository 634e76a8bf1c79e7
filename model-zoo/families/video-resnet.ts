/**
 * Video ResNets of 18 layers: 3-D convolutions (R3D), 3-D then 2-D (MC3), factored into space and time (R(2+1)D).
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.03 % more).
 * Sources: arXiv:1711.11248; pytorch/vision torchvision/models/video/resnet.py.
 */

import { type ConvOptions, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'

/** A 3×3×3 convolution, the same without time, or 1×3×3 followed by 3×1×1. */
type Filter = 'space-time' | 'space' | 'factored'

interface VideoResnetConfig {
  /** Stem and each of the four stages. */
  readonly stem: 'space-time' | 'factored'
  readonly stages: readonly [Filter, Filter, Filter, Filter]
}

const stageWidths = [64, 128, 256, 512]
const blocksPerStage = 2

/** shape: [N, 3, frames, H, W]. */
export function videoResnet(name: string, shape: readonly number[], config: VideoResnetConfig, classes = 400): Graph {
  const g = new GraphBuilder(name)
  const clip = g.input('input', shape)
  let x = g.within('stem', () => stem(g, clip, config.stem))
  config.stages.forEach((filter, stage) => {
    for (let block = 0; block < blocksPerStage; block++) {
      const options = { out: stageWidths[stage] ?? 512, stride: stage > 0 && block === 0 ? 2 : 1, filter }
      x = g.within(`stage${stage + 1}.${block}`, () => residualBlock(g, x, options))
    }
  })
  return classifier(g, x, classes)
}

function stem(g: GraphBuilder, clip: Tensor, kind: VideoResnetConfig['stem']): Tensor {
  if (kind === 'space-time') {
    return g.conv(clip, { out: 64, kernel: [3, 7, 7], stride: [1, 2, 2], pad: [1, 3, 3], activation: 'relu' })
  }
  const space = g.conv(clip, { out: 45, kernel: [1, 7, 7], stride: [1, 2, 2], pad: [0, 3, 3], activation: 'relu' })
  return g.conv(space, { out: 64, kernel: [3, 1, 1], activation: 'relu' })
}

interface BlockOptions {
  readonly out: number
  readonly stride: number
  readonly filter: Filter
}

function residualBlock(g: GraphBuilder, x: Tensor, { out, stride, filter }: BlockOptions): Tensor {
  // Both factored convolutions of a block have the width that gives the first one the parameters of 3×3×3.
  const between = Math.floor((27 * g.channels(x) * out) / (9 * g.channels(x) + 3 * out))
  const inner = convolve(g, x, { out, stride, filter, between, activation: 'relu' })
  const residual = convolve(g, inner, { out, stride: 1, filter, between })
  const strides = filter === 'space' ? [1, stride, stride] : stride
  const shortcut = g.channels(x) === out ? x : g.conv(x, { out, kernel: 1, stride: strides })
  return g.relu(g.add(residual, shortcut))
}

type FilterOptions = BlockOptions & Pick<ConvOptions, 'activation'> & { readonly between: number }

function convolve(g: GraphBuilder, x: Tensor, { out, stride, filter, between, activation }: FilterOptions): Tensor {
  const last = activation === undefined ? { out } : { out, activation }
  if (filter === 'space-time') return g.conv(x, { ...last, kernel: 3, stride })
  const inSpace = { kernel: [1, 3, 3], stride: [1, stride, stride] }
  if (filter === 'space') return g.conv(x, { ...last, ...inSpace })
  const space = g.conv(x, { ...inSpace, out: between, activation: 'relu' })
  return g.conv(space, { ...last, kernel: [3, 1, 1], stride: [stride, 1, 1] })
}

const preset = (config: VideoResnetConfig): Preset => ({
  family: 'video3d',
  task: 'video',
  inputShape: [1, 3, 16, 112, 112],
  citation: 'arXiv:1711.11248; pytorch/vision torchvision/models/video/resnet.py',
  build: (name, shape) => videoResnet(name, shape, config),
})

export const videoResnetPresets: PresetTable = {
  'r3d-18': preset({ stem: 'space-time', stages: ['space-time', 'space-time', 'space-time', 'space-time'] }),
  'mc3-18': preset({ stem: 'space-time', stages: ['space-time', 'space', 'space', 'space'] }),
  'r2plus1d-18': preset({ stem: 'factored', stages: ['factored', 'factored', 'factored', 'factored'] }),
}
