/**
 * RetinaNet: a feature pyramid on a residual network, one head of five 3×3 convolutions per question for all its levels.
 *
 * Outputs are the encoded boxes and the class probabilities of all anchors; decoding and suppression are the caller's.
 * Figures: batch norm folded; torchvision freezes it and does not count it.
 * Sources: arXiv:1708.02002; pytorch/vision torchvision/models/detection/retinanet.py; mlcommons/training
 * single_stage_detector (`retinanet_resnext50_32x4d_fpn`, the 264 classes of OpenImages-MLPerf).
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { anchorRows } from '../blocks/anchor-rows.ts'
import { topDown } from '../blocks/feature-pyramid.ts'
import { type Layer, sharedConv } from '../blocks/shared-layers.ts'
import { type ResnetConfig, resnet50, resnetFeatures } from './resnet.ts'

export interface RetinanetConfig {
  readonly backbone: ResnetConfig
  readonly classes: number
}

const width = 256
/** Three sizes of three shapes. */
const anchorsPerCell = 9
const headDepth = 4

export function retinanet(name: string, shape: readonly number[], { backbone, classes }: RetinanetConfig): Graph {
  const g = new GraphBuilder(name)
  const [, ...features] = resnetFeatures(g, g.input('input', shape), backbone)
  const levels = pyramid(g, features)
  const [finest] = levels
  if (finest === undefined) throw new Error('a pyramid has levels')
  const scores = levels.map(g.within('classes', () => head(g, finest, classes * anchorsPerCell)))
  const boxes = levels.map(g.within('boxes', () => head(g, finest, 4 * anchorsPerCell)))
  return g.finish({ boxes: anchorRows(g, boxes, 4), scores: g.sigmoid(anchorRows(g, scores, classes)) })
}

/** Levels 3 to 7: three from the backbone, two more by strided convolutions. */
function pyramid(g: GraphBuilder, features: readonly Tensor[]): Tensor[] {
  const levels = topDown(g, features, { lateral: (map) => g.conv(map, { out: width, kernel: 1 }) }).map((map) =>
    g.conv(map, { out: width, kernel: 3 }),
  )
  const [coarsest] = levels.slice(-1)
  if (coarsest === undefined) throw new Error('a backbone has stages')
  const sixth = g.conv(coarsest, { out: width, kernel: 3, stride: 2 })
  return [...levels, sixth, g.conv(g.relu(sixth), { out: width, kernel: 3, stride: 2 })]
}

function head(g: GraphBuilder, like: Tensor, out: number): Layer {
  const hidden = Array.from({ length: headDepth }, () =>
    sharedConv(g, like, { out: width, kernel: 3, activation: 'relu' }),
  )
  const last = sharedConv(g, like, { out, kernel: 3 })
  return (map) => last(hidden.reduce((x, layer) => layer(x), map))
}

export const retinanetPresets: PresetTable = {
  'retinanet-resnext50': {
    family: 'ssd',
    task: 'detection',
    inputShape: [1, 3, 800, 800],
    citation: 'arXiv:1708.02002; mlcommons/training single_stage_detector',
    build: (name, shape) =>
      retinanet(name, shape, { backbone: { ...resnet50, groups: 32, widthPerGroup: 4 }, classes: 264 }),
  },
}
