/**
 * HRNet: parallel branches from full to eighth resolution that exchange their maps again and again.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.2 % more).
 * Sources: arXiv:1908.07919, 1902.09212 (pose); huggingface/pytorch-image-models timm/models/hrnet.py.
 */

import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'

/** Exchange modules of stages 2, 3 and 4. */
const modules = [1, 4, 3]
const blocksPerBranch = 4

interface HrnetConfig {
  /** Channels of the full-resolution branch; each further branch doubles them. */
  readonly width: number
  /** The last module gives only the full-resolution map (pose). */
  readonly fullResolutionOnly?: boolean
}

/** Maps at strides 4, 8, 16, 32, or only the first. */
export function hrnetFeatures(g: GraphBuilder, image: Tensor, config: HrnetConfig): Tensor[] {
  const stem = g.conv(image, { out: 64, kernel: 3, stride: 2, activation: 'relu' })
  let x = g.conv(stem, { out: 64, kernel: 3, stride: 2, activation: 'relu' })
  for (let index = 0; index < 4; index++) x = g.within(`stage1.${index}`, () => bottleneck(g, x, 64))

  let branches = [x]
  modules.forEach((count, stage) => {
    branches = g.within(`transition${stage + 2}`, () => withNewBranch(g, branches, config.width))
    for (let index = 0; index < count; index++) {
      const isLast = config.fullResolutionOnly === true && stage === modules.length - 1 && index === count - 1
      branches = g.within(`stage${stage + 2}.${index}`, () =>
        exchange(
          g,
          branches.map((map) => deepen(g, map)),
          isLast,
        ),
      )
    }
  })
  return branches
}

/** One branch more, at half the resolution of the last; channels become those of their branch. */
function withNewBranch(g: GraphBuilder, branches: readonly Tensor[], width: number): Tensor[] {
  const last = branches.at(-1)
  if (last === undefined) throw new Error('no branches')
  const kept = branches.map((map, index) => {
    const out = width * 2 ** index
    return g.channels(map) === out ? map : g.conv(map, { out, kernel: 3, activation: 'relu' })
  })
  const out = width * 2 ** branches.length
  return [...kept, g.conv(last, { out, kernel: 3, stride: 2, activation: 'relu' })]
}

function deepen(g: GraphBuilder, map: Tensor): Tensor {
  const out = g.channels(map)
  let x = map
  for (let block = 0; block < blocksPerBranch; block++) {
    const inner = g.conv(x, { out, kernel: 3, activation: 'relu' })
    x = g.relu(g.add(g.conv(inner, { out, kernel: 3 }), x))
  }
  return x
}

/** Every branch receives the sum of all, brought to its resolution and channels. */
function exchange(g: GraphBuilder, branches: readonly Tensor[], firstOnly: boolean): Tensor[] {
  const targets = firstOnly ? branches.slice(0, 1) : branches
  return targets.map((target, to) =>
    g.relu(branches.map((map, from) => moved(g, map, target, to - from)).reduce((sum, map) => g.add(sum, map))),
  )
}

/** `halvings` > 0: strided 3×3 convolutions; < 0: 1×1 and enlargement. */
function moved(g: GraphBuilder, map: Tensor, target: Tensor, halvings: number): Tensor {
  const out = g.channels(target)
  if (halvings === 0) return map
  if (halvings < 0) {
    const to = [dimOf(target.shape, 2), dimOf(target.shape, 3)]
    return g.resize(g.conv(map, { out, kernel: 1 }), { to, mode: 'nearest' })
  }
  let x = map
  for (let step = 1; step < halvings; step++) {
    x = g.conv(x, { out: g.channels(map), kernel: 3, stride: 2, activation: 'relu' })
  }
  return g.conv(x, { out, kernel: 3, stride: 2 })
}

function bottleneck(g: GraphBuilder, x: Tensor, width: number): Tensor {
  const out = 4 * width
  const reduced = g.conv(x, { out: width, kernel: 1, activation: 'relu' })
  const residual = g.conv(g.conv(reduced, { out: width, kernel: 3, activation: 'relu' }), { out, kernel: 1 })
  return g.relu(g.add(residual, g.channels(x) === out ? x : g.conv(x, { out, kernel: 1 })))
}

function hrnet(name: string, shape: readonly number[], config: HrnetConfig): Graph {
  const g = new GraphBuilder(name)
  const widened = hrnetFeatures(g, g.input('input', shape), config).map((map, index) =>
    g.within(`head${index}`, () => bottleneck(g, map, 32 * 2 ** index)),
  )
  const joined = widened.reduce((finer, map) =>
    g.add(map, g.conv(finer, { out: g.channels(map), kernel: 3, stride: 2, activation: 'relu' })),
  )
  return classifier(g, g.conv(joined, { out: 2048, kernel: 1, activation: 'relu' }))
}

/** A heat map per keypoint at a quarter of the resolution. */
function hrnetPose(name: string, shape: readonly number[], width: number, keypoints: number): Graph {
  const g = new GraphBuilder(name)
  const [finest] = hrnetFeatures(g, g.input('input', shape), { width, fullResolutionOnly: true })
  if (finest === undefined) throw new Error('no branches')
  return g.finish({ heatmaps: g.conv(finest, { out: keypoints, kernel: 1 }) })
}

export const hrnetPresets: PresetTable = {
  'hrnet-w18': {
    family: 'aggregation',
    task: 'classification',
    inputShape: [1, 3, 224, 224],
    citation: 'arXiv:1908.07919; timm hrnet.py',
    build: (name, shape) => hrnet(name, shape, { width: 18 }),
  },
  'hrnet-w32-pose': {
    family: 'face_pose',
    task: 'pose',
    inputShape: [1, 3, 256, 192],
    citation: 'arXiv:1902.09212; leoxiaobin/deep-high-resolution-net.pytorch lib/models/pose_hrnet.py',
    build: (name, shape) => hrnetPose(name, shape, 32, 17),
  },
}
