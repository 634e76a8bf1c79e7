/**
 * ShuffleNet V1 (grouped 1×1 convolutions) and V2 (channel split), both mixed by channel shuffles.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 1 % more).
 * Sources: arXiv:1707.01083 table 1, 1807.11164 table 5; pytorch/vision torchvision/models/shufflenetv2.py.
 */
import type { Graph } from '../../graph/graph.ts'
import { channelShuffle } from '../blocks/channel-shuffle.ts'
import { classifier } from '../blocks/classifier.ts'
import { GraphBuilder, type Tensor } from '../builder.ts'
import type { Preset, PresetTable } from '../preset.ts'

const repeats = [4, 8, 4]

interface ShufflenetV1Config {
  readonly groups: number
  readonly stages: readonly number[]
}

function stem(g: GraphBuilder, shape: readonly number[]): Tensor {
  const x = g.conv(g.input('input', shape), { out: 24, kernel: 3, stride: 2, activation: 'relu' })
  return g.maxPool(x, { kernel: 3, stride: 2 })
}

function shufflenetV1(name: string, shape: readonly number[], { groups, stages }: ShufflenetV1Config): Graph {
  const g = new GraphBuilder(name)
  let x = stem(g, shape)
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
export function shufflenetV2Features(g: GraphBuilder, shape: readonly number[], stages: readonly number[]): Tensor[] {
  let x = stem(g, shape)
  return stages.map((out, stage) => {
    for (let unit = 0; unit < (repeats[stage] ?? 0); unit++) {
      x = g.within(`stage${stage + 2}.${unit}`, () => (unit === 0 ? downUnitV2(g, x, out) : unitV2(g, x)))
    }
    return x
  })
}

function shufflenetV2(name: string, shape: readonly number[], { stages, features }: ShufflenetV2Config): Graph {
  const g = new GraphBuilder(name)
  const last = shufflenetV2Features(g, shape, stages).at(-1)
  if (last === undefined) throw new Error('no stages')
  return classifier(g, g.conv(last, { out: features, kernel: 1, activation: 'relu' }))
}

/** Half of the channels pass, the other half is convolved. */
function unitV2(g: GraphBuilder, x: Tensor): Tensor {
  const half = g.channels(x) / 2
  const [kept, rest] = g.split(x, [half, half], 1)
  if (kept === undefined || rest === undefined) throw new Error('Split has two outputs')
  return channelShuffle(g, g.concat([kept, branchV2(g, rest, half, 1)], 1), 2)
}

function downUnitV2(g: GraphBuilder, x: Tensor, out: number): Tensor {
  const shortcut = g.conv(g.depthwise(x, { kernel: 3, stride: 2 }), { out: out / 2, kernel: 1, activation: 'relu' })
  return channelShuffle(g, g.concat([shortcut, branchV2(g, x, out / 2, 2)], 1), 2)
}

function branchV2(g: GraphBuilder, x: Tensor, out: number, stride: number): Tensor {
  const reduced = g.conv(x, { out, kernel: 1, activation: 'relu' })
  return g.conv(g.depthwise(reduced, { kernel: 3, stride }), { out, kernel: 1, activation: 'relu' })
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
