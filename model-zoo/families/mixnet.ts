/**
 * MixNet: inverted residuals whose depthwise (and sometimes 1×1) convolutions split the channels over several kernels.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 1 % more).
 * Sources: arXiv:1907.09595; huggingface/pytorch-image-models timm/models/efficientnet.py.
 */

import { type Activation, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'
import { divisible } from '../blocks/divisible.ts'
import { squeezeExcitation } from '../blocks/squeeze-excitation.ts'

interface Stage {
  readonly repeats: number
  /** Depthwise kernels, one channel group each. */
  readonly kernels: readonly number[]
  /** Groups of the expanding and of the projecting 1×1. */
  readonly expandGroups?: number
  readonly projectGroups?: number
  readonly stride?: number
  readonly expansion: number
  readonly out: number
  /** Squeezed channels as a share of the block's input; such stages use SiLU. */
  readonly squeeze?: number
}

interface MixnetConfig {
  readonly stem: number
  readonly stages: readonly Stage[]
  readonly width?: number
}

const small: MixnetConfig = {
  stem: 16,
  stages: [
    { repeats: 1, kernels: [3], expansion: 1, out: 16 },
    { repeats: 1, kernels: [3], expandGroups: 2, projectGroups: 2, stride: 2, expansion: 6, out: 24 },
    { repeats: 1, kernels: [3], expandGroups: 2, projectGroups: 2, expansion: 3, out: 24 },
    { repeats: 1, kernels: [3, 5, 7], stride: 2, expansion: 6, out: 40, squeeze: 0.5 },
    { repeats: 3, kernels: [3, 5], expandGroups: 2, projectGroups: 2, expansion: 6, out: 40, squeeze: 0.5 },
    { repeats: 1, kernels: [3, 5, 7], projectGroups: 2, stride: 2, expansion: 6, out: 80, squeeze: 0.25 },
    { repeats: 2, kernels: [3, 5], projectGroups: 2, expansion: 6, out: 80, squeeze: 0.25 },
    { repeats: 1, kernels: [3, 5, 7], expandGroups: 2, projectGroups: 2, expansion: 6, out: 120, squeeze: 0.5 },
    { repeats: 2, kernels: [3, 5, 7, 9], expandGroups: 2, projectGroups: 2, expansion: 3, out: 120, squeeze: 0.5 },
    { repeats: 1, kernels: [3, 5, 7, 9, 11], stride: 2, expansion: 6, out: 200, squeeze: 0.5 },
    { repeats: 2, kernels: [3, 5, 7, 9], projectGroups: 2, expansion: 6, out: 200, squeeze: 0.5 },
  ],
}

const medium: MixnetConfig = {
  stem: 24,
  stages: [
    { repeats: 1, kernels: [3], expansion: 1, out: 24 },
    { repeats: 1, kernels: [3, 5, 7], expandGroups: 2, projectGroups: 2, stride: 2, expansion: 6, out: 32 },
    { repeats: 1, kernels: [3], expandGroups: 2, projectGroups: 2, expansion: 3, out: 32 },
    { repeats: 1, kernels: [3, 5, 7, 9], stride: 2, expansion: 6, out: 40, squeeze: 0.5 },
    { repeats: 3, kernels: [3, 5], expandGroups: 2, projectGroups: 2, expansion: 6, out: 40, squeeze: 0.5 },
    { repeats: 1, kernels: [3, 5, 7], stride: 2, expansion: 6, out: 80, squeeze: 0.25 },
    { repeats: 3, kernels: [3, 5, 7, 9], expandGroups: 2, projectGroups: 2, expansion: 6, out: 80, squeeze: 0.25 },
    { repeats: 1, kernels: [3], expansion: 6, out: 120, squeeze: 0.5 },
    { repeats: 3, kernels: [3, 5, 7, 9], expandGroups: 2, projectGroups: 2, expansion: 3, out: 120, squeeze: 0.5 },
    { repeats: 1, kernels: [3, 5, 7, 9], stride: 2, expansion: 6, out: 200, squeeze: 0.5 },
    { repeats: 3, kernels: [3, 5, 7, 9], projectGroups: 2, expansion: 6, out: 200, squeeze: 0.5 },
  ],
}

function mixnet(name: string, shape: readonly number[], { stem, stages, width = 1 }: MixnetConfig): Graph {
  const g = new GraphBuilder(name)
  const scaled = (channels: number) => divisible(channels * width)
  let x = g.conv(g.input('input', shape), { out: scaled(stem), kernel: 3, stride: 2, activation: 'relu' })
  stages.forEach((stage, index) => {
    for (let repeat = 0; repeat < stage.repeats; repeat++) {
      x = g.within(`stage${index + 1}.${repeat}`, () => mixedResidual(g, x, { ...stage, out: scaled(stage.out) }))
    }
  })
  return classifier(g, g.conv(x, { out: 1536, kernel: 1, activation: 'relu' }))
}

function mixedResidual(g: GraphBuilder, x: Tensor, stage: Stage): Tensor {
  const { expansion, out, squeeze, stride = 1, expandGroups = 1, projectGroups = 1 } = stage
  const activation: Activation = squeeze === undefined ? 'relu' : 'silu'
  const hidden = g.channels(x) * expansion
  const expanded = expansion === 1 ? x : g.activate(mixedPointwise(g, x, hidden, expandGroups), activation)
  const filtered = g.activate(mixedDepthwise(g, expanded, stage.kernels, stride), activation)
  const gated =
    squeeze === undefined
      ? filtered
      : squeezeExcitation(g, filtered, { squeezed: Math.floor(g.channels(x) * squeeze), activation })
  const projected = mixedPointwise(g, gated, out, projectGroups)
  return stride === 1 && g.channels(x) === out ? g.add(projected, x) : projected
}

function mixedPointwise(g: GraphBuilder, x: Tensor, out: number, groups: number): Tensor {
  if (groups === 1) return g.conv(x, { out, kernel: 1 })
  const widths = equalParts(out, groups)
  const parts = g.split(x, equalParts(g.channels(x), groups), 1)
  return g.concat(
    parts.map((part, index) => g.conv(part, { out: widths[index] ?? 0, kernel: 1 })),
    1,
  )
}

function mixedDepthwise(g: GraphBuilder, x: Tensor, kernels: readonly number[], stride: number): Tensor {
  const [first = 3] = kernels
  if (kernels.length === 1) return g.depthwise(x, { kernel: first, stride })
  const parts = g.split(x, equalParts(g.channels(x), kernels.length), 1)
  return g.concat(
    parts.map((part, index) => g.depthwise(part, { kernel: kernels[index] ?? first, stride })),
    1,
  )
}

/** `total` in `count` parts, the remainder on the first. */
function equalParts(total: number, count: number): readonly number[] {
  const part = Math.floor(total / count)
  return Array.from({ length: count }, (_, index) => (index === 0 ? total - part * (count - 1) : part))
}

const preset = (config: MixnetConfig): Preset => ({
  family: 'mixnet',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:1907.09595; timm efficientnet.py',
  build: (name, shape) => mixnet(name, shape, config),
})

export const mixnetPresets: PresetTable = {
  'mixnet-s': preset(small),
  'mixnet-m': preset(medium),
  'mixnet-l': preset({ ...medium, width: 1.3 }),
}
