/**
 * RepVGG in deployed form: every training-time block (3×3, 1×1 and identity in parallel) merged into one 3×3.
 *
 * Figures: the merged network's, as published for deployment.
 * Sources: arXiv:2101.03697 table 2; DingXiaoH/RepVGG repvgg.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'

interface RepvggConfig {
  readonly blocks: readonly number[]
  /** Width multipliers a (stages 1–3) and b (stage 4). */
  readonly a: number
  readonly b: number
}

function repvgg(name: string, shape: readonly number[], { blocks, a, b }: RepvggConfig): Graph {
  const g = new GraphBuilder(name)
  const conv = (x: Tensor, out: number, stride: number) => g.conv(x, { out, kernel: 3, stride, activation: 'relu' })
  let x = conv(g.input('input', shape), Math.min(64, 64 * a), 2)
  blocks.forEach((count, stage) => {
    const out = stage < 3 ? 64 * 2 ** stage * a : 512 * b
    for (let block = 0; block < count; block++) {
      x = g.within(`stage${stage + 1}.${block}`, () => conv(x, out, block === 0 ? 2 : 1))
    }
  })
  return classifier(g, x)
}

const preset = (config: RepvggConfig): Preset => ({
  family: 'repvgg',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:2101.03697; DingXiaoH/RepVGG',
  build: (name, shape) => repvgg(name, shape, config),
})

export const repvggPresets: PresetTable = {
  'repvgg-a1': preset({ blocks: [2, 4, 14, 1], a: 1, b: 2.5 }),
  'repvgg-a2': preset({ blocks: [2, 4, 14, 1], a: 1.5, b: 2.75 }),
  'repvgg-b0': preset({ blocks: [4, 6, 16, 1], a: 1, b: 2.5 }),
}
