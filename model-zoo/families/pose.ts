/**
 * Keypoints of people as maps: PoseNet (heat maps, offsets, displacements) and MoveNet (CenterNet heads on a pyramid).
 *
 * Outputs are the maps; decoding keypoints is the caller's.
 * Figures: batch norm folded as in the published files; MoveNet's file also holds 7 k values of its decoding.
 * Sources: arXiv:1803.08225; rwightman/posenet-pytorch posenet/models/mobilenet_v1.py; MoveNet model card and the layers of
 * movenet/singlepose/lightning (tfhub).
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { topDown } from '../blocks/feature-pyramid.ts'
import { separable } from '../blocks/separable.ts'
import { mobilenetV1Features } from './mobilenet-v1.ts'
import { mobilenetV2Features } from './mobilenet-v2.ts'

const keypoints = 17
/** Pairs of neighbouring keypoints in the tree that displacements follow. */
const edges = 16

export function posenet(name: string, shape: readonly number[], outputStride: number): Graph {
  const g = new GraphBuilder(name)
  const map = mobilenetV1Features(g, g.input('input', shape), 1, { outputStride }).at(-1)
  if (map === undefined) throw new Error('a backbone has blocks')
  const head = (out: number) => g.conv(map, { out, kernel: 1 })
  return g.finish({
    heatmaps: g.sigmoid(head(keypoints)),
    offsets: head(2 * keypoints),
    forwardDisplacements: head(2 * edges),
    backwardDisplacements: head(2 * edges),
  })
}

interface MovenetConfig {
  /** Blocks of MobileNet V2 that the pyramid joins, finest first, before the map behind the last block … */
  readonly blocks: readonly number[]
  /** … which is reduced to this many channels. */
  readonly coarsest: number
  /** Channels of each joined map, finest first. */
  readonly merged: readonly number[]
  readonly headWidth: number
}

export function movenet(name: string, shape: readonly number[], config: MovenetConfig): Graph {
  const { blocks, coarsest, merged, headWidth } = config
  const g = new GraphBuilder(name)
  const features = mobilenetV2Features(g, g.input('input', shape), 1, { pad: 'same' })
  const last = g.conv(at(features, features.length - 1), { out: 1280, kernel: 1, activation: 'relu6' })
  const [map] = topDown(g, [...blocks.map((block) => at(features, block)), last], {
    lateral: (x) => g.conv(x, { out: x === last ? coarsest : g.channels(x), kernel: 1 }),
    merge: (sum, level) =>
      separable(g, sum, { out: merged[level] ?? 0, kernel: 3, pad: 'same', bias: false, activation: 'relu' }),
    enlarge: 'linear',
  })
  if (map === undefined) throw new Error('a pyramid has levels')
  const head = (out: number) => {
    const filtered = g.depthwise(map, { kernel: 3, pad: 'same', bias: false })
    return g.conv(g.conv(filtered, { out: headWidth, kernel: 1, activation: 'relu' }), { out, kernel: 1 })
  }
  return g.finish({
    centres: g.sigmoid(head(1)),
    heatmaps: g.sigmoid(head(keypoints)),
    displacements: head(2 * keypoints),
    offsets: head(2 * keypoints),
  })
}

function at(maps: readonly Tensor[], index: number): Tensor {
  const map = maps[index]
  if (map === undefined) throw new Error(`no map ${index}`)
  return map
}

const common = { family: 'face_pose', task: 'pose' } as const

export const posePresets: PresetTable = {
  'posenet-mobilenet-v1': {
    ...common,
    inputShape: [1, 3, 513, 257],
    citation: 'arXiv:1803.08225; rwightman/posenet-pytorch posenet/models/mobilenet_v1.py',
    build: (name, shape) => posenet(name, shape, 16),
  },
  'movenet-lightning': {
    ...common,
    inputShape: [1, 3, 192, 192],
    citation: 'MoveNet.SinglePose model card; layers of movenet/singlepose/lightning (tfhub)',
    build: (name, shape) =>
      movenet(name, shape, { blocks: [3, 6, 10], coarsest: 64, merged: [24, 24, 32], headWidth: 96 }),
  },
}
