/**
 * BiSeNet v1: a shallow path that keeps detail beside a ResNet that gathers context, fused at stride 8.
 *
 * Figures: batch norm folded (about 0.1 % fewer parameters).
 * Sources: arXiv:1808.00897; github:ooooverflow/BiSeNet model/build_BiSeNet.py (CamVid: 12 classes).
 */

import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { type ResnetConfig, resnet18, resnetFeatures } from './resnet.ts'

export interface BisenetConfig {
  readonly backbone: ResnetConfig
  readonly classes: number
}

export function bisenet(name: string, shape: readonly number[], { backbone, classes }: BisenetConfig): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const detail = g.within('detail', () => detailPath(g, image))
  const context = g.within('context', () => contextPath(g, image, backbone, detail))
  const fused = g.within('fusion', () => fuse(g, g.concat([detail, context], 1), classes))
  const full = g.resize(fused, { to: fused.shape.slice(2).map((size) => 8 * size), mode: 'linear' })
  return g.finish({ logits: g.conv(full, { out: classes, kernel: 1 }) })
}

function detailPath(g: GraphBuilder, image: Tensor): Tensor {
  return [64, 128, 256].reduce((x, out) => g.conv(x, { out, kernel: 3, stride: 2, activation: 'relu' }), image)
}

/** Maps at strides 16 and 32, each gated, the last one by its own mean too, brought to the size of `detail`. */
function contextPath(g: GraphBuilder, image: Tensor, backbone: ResnetConfig, detail: Tensor): Tensor {
  const [, , third, fourth] = resnetFeatures(g, image, backbone)
  if (third === undefined || fourth === undefined) throw new Error('four stages')
  const tail = g.reduceMean(g.reduceMean(fourth, [3]), [2])
  const refined = [refine(g, third), g.mul(refine(g, fourth), tail)]
  const to = [dimOf(detail.shape, 2), dimOf(detail.shape, 3)]
  return g.concat(
    refined.map((x) => g.resize(x, { to, mode: 'linear' })),
    1,
  )
}

/** Attention refinement: one 1×1 on the mean gates the channels. */
function refine(g: GraphBuilder, x: Tensor): Tensor {
  return g.mul(x, g.conv(g.globalAveragePool(x), { out: g.channels(x), kernel: 1, activation: 'sigmoid' }))
}

function fuse(g: GraphBuilder, x: Tensor, classes: number): Tensor {
  const feature = g.conv(x, { out: classes, kernel: 3, activation: 'relu' })
  const hidden = g.conv(g.globalAveragePool(feature), { out: classes, kernel: 1, activation: 'relu' })
  const gate = g.conv(hidden, { out: classes, kernel: 1, activation: 'sigmoid' })
  return g.add(g.mul(feature, gate), feature)
}

export const bisenetPresets: PresetTable = {
  'bisenet-v1': {
    family: 'segmentation',
    task: 'segmentation',
    inputShape: [1, 3, 720, 960],
    citation: 'arXiv:1808.00897; github:ooooverflow/BiSeNet',
    build: (name, shape) => bisenet(name, shape, { backbone: resnet18, classes: 12 }),
  },
}
