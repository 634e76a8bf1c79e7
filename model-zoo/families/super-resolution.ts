/**
 * Enlargement at low resolution: stacks of convolutions whose last channels become pixels (ESPCN, QuickSRNet, XLSR, SESR).
 *
 * Figures: weights and biases as published; the networks have no norms. SESR is published, deployed and measured with its
 * linear blocks still expanded to 256 channels: the collapsed network would have a tenth of the parameters.
 * Sources: arXiv:1609.05158 (ESPCN; yjn870/ESPCN-pytorch), 2303.04336 (QuickSRNet), 2105.10288 (XLSR), 2103.09404 (SESR);
 * quic/aimet-model-zoo aimet_zoo_torch/common/super_resolution.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'

type Build = (g: GraphBuilder, image: Tensor) => Tensor

/** x [N, s² · C, H, W] → [N, C, s · H, s · W], colours kept in range. */
const clippedPixels = (g: GraphBuilder, x: Tensor, scale: number): Tensor => g.clip(g.depthToSpace(x, scale), 0, 1)

/** Pixels of the result that one pixel of the image becomes. */
const pixelsOf = (g: GraphBuilder, image: Tensor, scale: number): number => g.channels(image) * scale ** 2

export function espcn(g: GraphBuilder, image: Tensor, scale: number): Tensor {
  const x = g.conv(g.conv(image, { out: 64, kernel: 5, activation: 'tanh' }), {
    out: 32,
    kernel: 3,
    activation: 'tanh',
  })
  return g.depthToSpace(g.conv(x, { out: pixelsOf(g, image, scale), kernel: 3 }), scale)
}

interface QuickSrnetConfig {
  readonly width: number
  /** Convolutions between the first and the last. */
  readonly depth: number
  /** Adds the enlarged image through a 1×1 that starts as its copy. */
  readonly skip: boolean
  readonly scale: number
}

export function quickSrnet(g: GraphBuilder, image: Tensor, { width, depth, skip, scale }: QuickSrnetConfig): Tensor {
  const layer = (x: Tensor) => g.clip(g.conv(x, { out: width, kernel: 3 }), 0, 1)
  let x = layer(image)
  for (let index = 0; index < depth; index++) x = layer(x)
  const out = pixelsOf(g, image, scale)
  const pixels = g.conv(x, { out, kernel: 3 })
  return clippedPixels(g, skip ? g.add(pixels, g.conv(image, { out, kernel: 1 })) : pixels, scale)
}

export function xlsr(g: GraphBuilder, image: Tensor, scale: number): Tensor {
  const around = g.conv(image, { out: 16, kernel: 3 })
  // Four 3×3 convolutions side by side, mixed by a 1×1: the first sees the whole image in each.
  let x = mixed(g, image, 1)
  for (let block = 0; block < 3; block++) x = g.within(`block${block}`, () => mixed(g, x, 4))
  x = g.conv(g.concat([x, around], 1), { out: 32, kernel: 1, activation: 'relu' })
  return clippedPixels(g, g.conv(x, { out: pixelsOf(g, image, scale), kernel: 3 }), scale)
}

function mixed(g: GraphBuilder, x: Tensor, groups: number): Tensor {
  return g.conv(g.conv(x, { out: 32, kernel: 3, groups, activation: 'relu' }), { out: 32, kernel: 1 })
}

interface SesrConfig {
  readonly width: number
  readonly blocks: number
  readonly scale: number
}

/** Channels between the two convolutions of a linear block. */
const expandedWidth = 256

export function sesr(g: GraphBuilder, image: Tensor, { width, blocks, scale }: SesrConfig): Tensor {
  const linear = (x: Tensor, out: number, kernel: number) =>
    g.conv(g.conv(x, { out: expandedWidth, kernel, bias: false }), { out, kernel: 1 })
  const first = g.relu(linear(image, width, 5))
  let x = first
  for (let block = 0; block < blocks; block++) {
    x = g.within(`block${block}`, () => g.relu(g.add(x, linear(x, width, 3))))
  }
  const out = pixelsOf(g, image, scale)
  const pixels = linear(g.add(x, first), out, 5)
  return g.depthToSpace(g.add(pixels, g.conv(image, { out, kernel: 1 })), scale)
}

function enlargement(name: string, shape: readonly number[], build: Build): Graph {
  const g = new GraphBuilder(name)
  return g.finish({ image: build(g, g.input('input', shape)) })
}

const preset = (inputShape: readonly number[], citation: string, build: Build): Preset => ({
  family: 'super_resolution',
  task: 'super-resolution',
  inputShape,
  citation,
  build: (name, shape) => enlargement(name, shape, build),
})

const aimet = 'quic/aimet-model-zoo aimet_zoo_torch/common/super_resolution'
const colour = [1, 3, 128, 128]

const espcnPreset = (scale: number, luminance: readonly number[]): Preset =>
  preset(luminance, 'arXiv:1609.05158; yjn870/ESPCN-pytorch models.py', (g, image) => espcn(g, image, scale))

const quickSrnetPreset = (config: Omit<QuickSrnetConfig, 'scale'>): Preset =>
  preset(colour, `arXiv:2303.04336; ${aimet}`, (g, image) => quickSrnet(g, image, { ...config, scale: 4 }))

export const superResolutionPresets: PresetTable = {
  'espcn-x2': espcnPreset(2, [1, 1, 156, 240]),
  'espcn-x4': espcnPreset(4, [1, 1, 78, 120]),
  'quicksrnet-small': quickSrnetPreset({ width: 32, depth: 2, skip: false }),
  'quicksrnet-medium': quickSrnetPreset({ width: 32, depth: 5, skip: false }),
  'quicksrnet-large': quickSrnetPreset({ width: 64, depth: 11, skip: true }),
  xlsr: preset(colour, `arXiv:2105.10288; ${aimet}`, (g, image) => xlsr(g, image, 4)),
  'sesr-m5': preset(colour, `arXiv:2103.09404; ${aimet}`, (g, image) =>
    sesr(g, image, { width: 16, blocks: 5, scale: 4 }),
  ),
}
