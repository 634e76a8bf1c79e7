/**
 * RetinaFace on MobileNet V1 × 0.25: a feature pyramid, a context module per level, boxes with five landmarks.
 *
 * Outputs are the encoded boxes, landmarks and face probabilities of all anchors.
 * Figures: batch norm folded; the published file includes its 4 values per channel.
 * Sources: arXiv:1905.00641; biubug6/Pytorch_Retinaface models/retinaface.py, net.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { anchorRows } from '../blocks/anchor-rows.ts'
import { topDown } from '../blocks/feature-pyramid.ts'
import { mobilenetV1Features } from './mobilenet-v1.ts'

const width = 64
const anchorsPerCell = 2
const activation = 'leaky-relu'
/** Blocks of the backbone whose maps have strides 8, 16 and 32. */
const pyramidBlocks = [5, 11, 13]

export function retinaface(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  const features = mobilenetV1Features(g, g.input('input', shape), 0.25, { activation, pad: 'symmetric' })
  const maps = pyramidBlocks.flatMap((block) => features.slice(block, block + 1))
  const levels = topDown(g, maps, {
    lateral: (map) => g.conv(map, { out: width, kernel: 1, activation }),
    merge: (sum) => g.conv(sum, { out: width, kernel: 3, activation }),
  }).map((map, level) => g.within(`context${level}`, () => context(g, map)))
  const predicted = (values: number) =>
    anchorRows(
      g,
      levels.map((map) => g.conv(map, { out: anchorsPerCell * values, kernel: 1 })),
      values,
    )
  return g.finish({ boxes: predicted(4), scores: g.softmax(predicted(2)), landmarks: predicted(10) })
}

/** Receptive fields of 3, 5 and 7, side by side. */
function context(g: GraphBuilder, x: Tensor): Tensor {
  const near = g.conv(x, { out: width / 2, kernel: 3 })
  const shared = g.conv(x, { out: width / 4, kernel: 3, activation })
  const middle = g.conv(shared, { out: width / 4, kernel: 3 })
  const far = g.conv(g.conv(shared, { out: width / 4, kernel: 3, activation }), { out: width / 4, kernel: 3 })
  return g.relu(g.concat([near, middle, far], 1))
}

export const retinafacePresets: PresetTable = {
  'retinaface-mobilenet0.25': {
    family: 'face_pose',
    task: 'face detection',
    inputShape: [1, 3, 320, 320],
    citation: 'arXiv:1905.00641; biubug6/Pytorch_Retinaface models/retinaface.py',
    build: retinaface,
  },
}
