/**
 * DeepLab v3 and v3+ on MobileNetV2: dilation in place of the last strides, context pooled at several rates.
 *
 * Figures: batch norm folded (about 0.5 % fewer parameters).
 * Sources: arXiv:1706.05587, 1802.02611; tensorflow/models research/deeplab model.py (mobilenetv2_coco_voc_trainaug,
 * output stride 8: the 8.8 GMACs of Hailo; at 16 it has 2.8); github:jfzhang95/pytorch-deeplab-xception modeling/.
 */

import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { expand, filterAndProject, type InvertedResidualOptions, mobilenetV2Features } from './mobilenet-v2.ts'

const contextWidth = 256
/** Pascal VOC. */
const classes = 21

/** TensorFlow: the mobile variant has no dilated context branches and no decoder. */
function deeplabV3(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const strides = [
    [1, 1, 1],
    [2, 1, 1],
    [2, 1, 1],
    [1, 1, 2],
    [1, 2, 2],
    [1, 2, 4],
    [1, 4, 4],
  ] as const
  const x = lastOf(mobilenetV2Features(g, image, 1, { pad: 'same', strides }))
  const local = g.conv(x, { out: contextWidth, kernel: 1, activation: 'relu' })
  const context = g.concat([imagePooling(g, x), local], 1)
  const projected = g.conv(context, { out: contextWidth, kernel: 1, activation: 'relu' })
  return g.finish({ logits: resizedTo(g, g.conv(projected, { out: classes, kernel: 1 }), image) })
}

/** PyTorch, output stride 16: context at rates 6, 12 and 18, and a decoder that sees the map at stride 4. */
function deeplabV3Plus(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const strides = [
    [1, 1, 1],
    [2, 1, 1],
    [2, 1, 1],
    [2, 1, 1],
    [1, 1, 1],
    [1, 1, 1],
    [1, 2, 2],
  ] as const
  const features = mobilenetV2Features(g, image, 1, { strides, block: paddedFirst })
  const fine = features[3]
  if (fine === undefined) throw new Error('no map at stride 4')
  const context = g.within('aspp', () => atrousPyramid(g, lastOf(features), [6, 12, 18]))
  const logits = g.within('decoder', () => {
    const reduced = g.conv(fine, { out: 48, kernel: 1, activation: 'relu' })
    let x = g.concat([resizedTo(g, context, reduced), reduced], 1)
    x = g.conv(x, { out: contextWidth, kernel: 3, activation: 'relu' })
    x = g.conv(x, { out: contextWidth, kernel: 3, activation: 'relu' })
    return g.conv(x, { out: classes, kernel: 1 })
  })
  return g.finish({ logits: resizedTo(g, logits, image) })
}

/** This implementation pads a block's input instead of its wide map: the expansion runs on the border as well. */
function paddedFirst(g: GraphBuilder, x: Tensor, options: InvertedResidualOptions): Tensor {
  const border = options.dilation ?? 1
  const padded = g.padZeros(x, [0, 0, border, border], [0, 0, border, border])
  return filterAndProject(g, x, expand(g, padded, options.expansion), { ...options, pad: 0 })
}

/** Atrous spatial pyramid pooling: [N, C, H, W] → [N, 256, H, W]. */
function atrousPyramid(g: GraphBuilder, x: Tensor, rates: readonly number[]): Tensor {
  const branch = { out: contextWidth, activation: 'relu' } as const
  const local = g.conv(x, { ...branch, kernel: 1 })
  const dilated = rates.map((dilation) => g.conv(x, { ...branch, kernel: 3, dilation }))
  return g.conv(g.concat([local, ...dilated, imagePooling(g, x)], 1), { ...branch, kernel: 1 })
}

function imagePooling(g: GraphBuilder, x: Tensor): Tensor {
  return resizedTo(g, g.conv(g.globalAveragePool(x), { out: contextWidth, kernel: 1, activation: 'relu' }), x)
}

function resizedTo(g: GraphBuilder, x: Tensor, like: Tensor): Tensor {
  return g.resize(x, { to: [dimOf(like.shape, 2), dimOf(like.shape, 3)], mode: 'linear', alignCorners: true })
}

function lastOf(features: readonly Tensor[]): Tensor {
  const last = features.at(-1)
  if (last === undefined) throw new Error('no blocks')
  return last
}

const preset = (size: number, build: Preset['build']): Preset => ({
  family: 'segmentation',
  task: 'segmentation',
  inputShape: [1, 3, size, size],
  citation:
    'arXiv:1706.05587, 1802.02611; tensorflow/models research/deeplab; github:jfzhang95/pytorch-deeplab-xception',
  build,
})

export const deeplabPresets: PresetTable = {
  'deeplabv3plus-mobilenet-v2': preset(520, deeplabV3Plus),
  'deeplabv3-mobilenet-v2': preset(513, deeplabV3),
}
