/**
 * ShuffleNet V1 (grouped 1×1 convolutions) and V2 (channel split), both mixed by channel shuffles.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 1 % more).
 * Sources: arXiv:1707.01083 table 1, 1807.11164 table 5; pytorch/vision torchvision/models/shufflenetv2.py.
 */

import { type Activation, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { channelShuffle } from '../blocks/channel-shuffle.ts'
import { classifier } from '../blocks/classifier.ts'

const repeats = [4, 8, 4]

interface ShufflenetV1Config {
  readonly groups: number
  readonly stages: readonly number[]
}

function stem(g: GraphBuilder, image: Tensor, activation: Activation): Tensor {
  const x = g.conv(image, { out: 24, kernel: 3, stride: 2, activation })
  return g.maxPool(x, { kernel: 3, stride: 2 })
}

function shufflenetV1(name: string, shape: readonly number[], { groups, stages }: ShufflenetV1Config): Graph {
  const g = new GraphBuilder(name)
  let x = stem(g, g.input('input', shape), 'relu')
  stages.forEach((out, stage) => {
    for (let unit = 0; unit < (repeats[stage] ?? 0); unit++) {
      // The first 1×1 of the network sees 24 channels: too few to group.
      const first = stage === 0 && unit === 0
      const options = { out, groups, reduceGroups: first ? 1 : groups, stride: unit === 0 ? 2 : 1 }
      x = g.within(`stage${stage + 2}.${unit}`, () => unitV1(g, x, options))
    }
  })
  return classifier(g, x)
}

interface UnitV1 {
  readonly out: number
  readonly groups: number
  readonly reduceGroups: number
  readonly stride: number
}

function unitV1(g: GraphBuilder, x: Tensor, { out, groups, reduceGroups, stride }: UnitV1): Tensor {
  const reduced = g.conv(x, { out: out / 4, kernel: 1, groups: reduceGroups, activation: 'relu' })
  const filtered = g.depthwise(channelShuffle(g, reduced, groups), { kernel: 3, stride })
  const added = stride === 1 ? out : out - g.channels(x)
  const y = g.conv(filtered, { out: added, kernel: 1, groups })
  if (stride === 1) return g.relu(g.add(x, y))
  return g.relu(g.concat([g.averagePool(x, { kernel: 3, stride }), y], 1))
}

interface ShufflenetV2Config {
  readonly stages: readonly number[]
  readonly features: number
}

/** Outputs of stages 2, 3 and 4. */
export function shufflenetV2Features(
  g: GraphBuilder,
  image: Tensor,
  stages: readonly number[],
  activation: Activation = 'relu',
): Tensor[] {
  let x = stem(g, image, activation)
  return stages.map((out, stage) => {
    for (let unit = 0; unit < (repeats[stage] ?? 0); unit++) {
      x = g.within(`stage${stage + 2}.${unit}`, () =>
        unit === 0 ? downUnitV2(g, x, out, activation) : unitV2(g, x, activation),
      )
    }
    return x
  })
}

function shufflenetV2(name: string, shape: readonly number[], { stages, features }: ShufflenetV2Config): Graph {
  const g = new GraphBuilder(name)
  const last = shufflenetV2Features(g, g.input('input', shape), stages).at(-1)
  if (last === undefined) throw new Error('no stages')
  return classifier(g, g.conv(last, { out: features, kernel: 1, activation: 'relu' }))
}

/** Half of the channels pass, the other half is convolved. */
function unitV2(g: GraphBuilder, x: Tensor, activation: Activation): Tensor {
  const half = g.channels(x) / 2
  const [kept, rest] = g.split(x, [half, half], 1)
  if (kept === undefined || rest === undefined) throw new Error('Split has two outputs')
  return channelShuffle(g, g.concat([kept, branchV2(g, rest, { out: half, stride: 1, activation })], 1), 2)
}

function downUnitV2(g: GraphBuilder, x: Tensor, out: number, activation: Activation): Tensor {
  const filtered = g.depthwise(x, { kernel: 3, stride: 2 })
  const shortcut = g.conv(filtered, { out: out / 2, kernel: 1, activation })
  return channelShuffle(g, g.concat([shortcut, branchV2(g, x, { out: out / 2, stride: 2, activation })], 1), 2)
}

interface BranchV2 {
  readonly out: number
  readonly stride: number
  readonly activation: Activation
}

function branchV2(g: GraphBuilder, x: Tensor, { out, stride, activation }: BranchV2): Tensor {
  const reduced = g.conv(x, { out, kernel: 1, activation })
  return g.conv(g.depthwise(reduced, { kernel: 3, stride }), { out, kernel: 1, activation })
}

const preset = (build: Preset['build']): Preset => ({
  family: 'shuffle_ghost',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:1707.01083, 1807.11164; pytorch/vision torchvision/models/shufflenetv2.py',
  build,
})

export const shufflenetPresets: PresetTable = {
  'shufflenet-v1-g3': preset((name, shape) => shufflenetV1(name, shape, { groups: 3, stages: [240, 480, 960] })),
  'shufflenet-v2-x0-5': preset((name, shape) => shufflenetV2(name, shape, { stages: [48, 96, 192], features: 1024 })),
  'shufflenet-v2-x1-0': preset((name, shape) => shufflenetV2(name, shape, { stages: [116, 232, 464], features: 1024 })),
}
