/**
 * U-Net: an encoder that halves the map, a decoder that doubles it again and sees each encoder map once more.
 *
 * Figures: batch norm folded. Hailo counts a transposed convolution as one over the zero-stuffed output: 4 times ours at stride 2.
 * Sources: arXiv:1505.04597; github:milesial/Pytorch-UNet unet/unet_model.py; for MobileNetV2 tensorflow.org "Image
 * segmentation" tutorial, where Hailo's 10.08 M parameters are met by 4×4 kernels in the decoder (3×3 gives 6.5 M).
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { expand, filterAndProject, mobilenetV2Features } from './mobilenet-v2.ts'

export interface UnetConfig {
  /** Channels at full resolution; each level below doubles them. */
  readonly width: number
  readonly levels: number
  readonly classes: number
}

export function unet(name: string, shape: readonly number[], { width, levels, classes }: UnetConfig): Graph {
  const g = new GraphBuilder(name)
  const skips: Tensor[] = []
  let x = twoConvs(g, g.input('input', shape), width)
  for (let level = 1; level < levels; level++) {
    skips.push(x)
    x = g.within(`down${level}`, () => twoConvs(g, g.maxPool(x, { kernel: 2, stride: 2 }), width * 2 ** level))
  }
  for (const skip of skips.toReversed()) {
    const out = g.channels(skip)
    x = g.within(`up${out}`, () => {
      const up = g.convTranspose(x, { out, kernel: 2, stride: 2, pad: 0 })
      return twoConvs(g, g.concat([skip, up], 1), out)
    })
  }
  return g.finish({ logits: g.conv(x, { out: classes, kernel: 1 }) })
}

function twoConvs(g: GraphBuilder, x: Tensor, out: number): Tensor {
  const first = g.conv(x, { out, kernel: 3, activation: 'relu' })
  return g.conv(first, { out, kernel: 3, activation: 'relu' })
}

/** Decoder steps of one transposed convolution each; the encoder's maps are the wide ones before each stride. */
function unetMobilenetV2(name: string, shape: readonly number[], decoder: readonly number[], classes: number): Graph {
  const g = new GraphBuilder(name)
  const skips: Tensor[] = []
  const features = mobilenetV2Features(g, g.input('input', shape), 1, {
    pad: 'same',
    block: (builder, x, options) => {
      const expanded = expand(builder, x, options.expansion)
      if (options.stride === 2) skips.push(expanded)
      return filterAndProject(builder, x, expanded, options)
    },
  })
  let x = features.at(-1)
  if (x === undefined) throw new Error('no blocks')
  const doubled = { kernel: 4, stride: 2, pad: 1 } as const
  for (const [step, skip] of skips.toReversed().entries()) {
    const up = g.convTranspose(x, { out: decoder[step] ?? 0, ...doubled, activation: 'relu' })
    x = g.concat([up, skip], 1)
  }
  return g.finish({ logits: g.convTranspose(x, { out: classes, ...doubled }) })
}

const preset = (inputShape: readonly number[], build: Preset['build']): Preset => ({
  family: 'segmentation',
  task: 'segmentation',
  inputShape,
  citation: 'arXiv:1505.04597; github:milesial/Pytorch-UNet; tensorflow.org tutorials/images/segmentation',
  build,
})

export const unetPresets: PresetTable = {
  unet: preset([1, 3, 640, 1280], (name, shape) => unet(name, shape, { width: 64, levels: 5, classes: 2 })),
  'unet-mobilenet-v2': preset([1, 3, 256, 256], (name, shape) => unetMobilenetV2(name, shape, [512, 256, 128, 64], 3)),
}
