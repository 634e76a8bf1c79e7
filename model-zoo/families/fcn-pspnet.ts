/**
 * Dense prediction on a ResNet kept at stride 8: FCN reads the last map, PSPNet adds context pooled over regions.
 *
 * Figures: batch norm folded; torchvision's FCN counts include the auxiliary head, which its deployed graph computes too.
 * Sources: arXiv:1411.4038; pytorch/vision torchvision/models/segmentation/fcn.py; arXiv:1612.01105;
 * github:hszhao/semseg model/pspnet.py, model/resnet.py (ADE20K: 150 classes).
 */

import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { adaptiveAveragePool } from '../blocks/adaptive-pool.ts'
import { type ResnetConfig, resnet50, resnet101, resnetFeatures } from './resnet.ts'

const dilate = [false, false, true, true]

export interface DenseConfig {
  readonly backbone: ResnetConfig
  readonly classes: number
}

export function fcn(name: string, shape: readonly number[], { backbone, classes }: DenseConfig): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const [, , third, fourth] = resnetFeatures(g, image, { ...backbone, dilate })
  if (third === undefined || fourth === undefined) throw new Error('four stages')
  const head = (x: Tensor) => {
    const hidden = g.conv(x, { out: g.channels(x) / 4, kernel: 3, activation: 'relu' })
    return resizedTo(g, g.conv(hidden, { out: classes, kernel: 1 }), image, false)
  }
  return g.finish({ logits: g.within('head', () => head(fourth)), aux: g.within('aux', () => head(third)) })
}

export function pspnet(name: string, shape: readonly number[], { backbone, classes }: DenseConfig): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const last = resnetFeatures(g, image, { ...backbone, dilate, dilateFirstBlock: true, deepStem: true }).at(-1)
  if (last === undefined) throw new Error('no stages')
  const context = g.within('pyramid', () => pyramidPooling(g, last, [1, 2, 3, 6]))
  const hidden = g.conv(context, { out: 512, kernel: 3, activation: 'relu' })
  const logits = g.conv(hidden, { out: classes, kernel: 1 })
  return g.finish({ logits: resizedTo(g, logits, image, true) })
}

/** [N, C, H, W] → [N, 2C, H, W]: the map beside its means over bins × bins regions. */
function pyramidPooling(g: GraphBuilder, x: Tensor, bins: readonly number[]): Tensor {
  const pooled = bins.map((size) => {
    const regions = size === 1 ? g.globalAveragePool(x) : adaptiveAveragePool(g, x, size)
    const reduced = g.conv(regions, { out: g.channels(x) / bins.length, kernel: 1, activation: 'relu' })
    return resizedTo(g, reduced, x, true)
  })
  return g.concat([x, ...pooled], 1)
}

function resizedTo(g: GraphBuilder, x: Tensor, like: Tensor, alignCorners: boolean): Tensor {
  return g.resize(x, { to: [dimOf(like.shape, 2), dimOf(like.shape, 3)], mode: 'linear', alignCorners })
}

const preset = (size: number, citation: string, build: Preset['build']): Preset => ({
  family: 'segmentation',
  task: 'segmentation',
  inputShape: [1, 3, size, size],
  citation,
  build,
})

export const fcnPspnetPresets: PresetTable = {
  'fcn-resnet50': preset(520, 'arXiv:1411.4038; torchvision segmentation/fcn.py', (name, shape) =>
    fcn(name, shape, { backbone: resnet50, classes: 21 }),
  ),
  'pspnet-resnet101': preset(473, 'arXiv:1612.01105; github:hszhao/semseg', (name, shape) =>
    pspnet(name, shape, { backbone: resnet101, classes: 150 }),
  ),
}
