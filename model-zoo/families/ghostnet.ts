/**
 * GhostNet: half of each layer's channels come from cheap depthwise convolutions of the other half.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.5 % more).
 * Sources: arXiv:1911.11907 table 7; huggingface/pytorch-image-models timm/models/ghostnet.py.
 */

import { type Activation, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { divisible } from '../blocks/divisible.ts'
import { squeezeExcitation } from '../blocks/squeeze-excitation.ts'

/** [kernel, hidden, out, squeezed?, stride]. */
type Bottleneck = readonly [number, number, number, boolean, number]

const bottlenecks: readonly Bottleneck[] = [
  [3, 16, 16, false, 1],
  [3, 48, 24, false, 2],
  [3, 72, 24, false, 1],
  [5, 72, 40, true, 2],
  [5, 120, 40, true, 1],
  [3, 240, 80, false, 2],
  [3, 200, 80, false, 1],
  [3, 184, 80, false, 1],
  [3, 184, 80, false, 1],
  [3, 480, 112, true, 1],
  [3, 672, 112, true, 1],
  [5, 672, 160, true, 2],
  [5, 960, 160, false, 1],
  [5, 960, 160, true, 1],
  [5, 960, 160, false, 1],
  [5, 960, 160, true, 1],
]

function ghostnet(name: string, shape: readonly number[], width: number): Graph {
  const g = new GraphBuilder(name)
  const scaled = (channels: number) => divisible(channels * width, 4)
  let x = g.conv(g.input('input', shape), { out: scaled(16), kernel: 3, stride: 2, activation: 'relu' })
  bottlenecks.forEach(([kernel, hidden, out, squeezed, stride], index) => {
    const scaledBlock: Bottleneck = [kernel, scaled(hidden), scaled(out), squeezed, stride]
    x = g.within(`ghost${index + 1}`, () => ghostBottleneck(g, x, scaledBlock))
  })
  const wide = g.conv(x, { out: scaled(960), kernel: 1, activation: 'relu' })
  const features = g.conv(g.globalAveragePool(wide), { out: 1280, kernel: 1, activation: 'relu' })
  return g.finish({ logits: g.gemm(g.flatten(features), { out: 1000 }) })
}

function ghostBottleneck(g: GraphBuilder, x: Tensor, [kernel, hidden, out, squeezed, stride]: Bottleneck): Tensor {
  const expanded = ghostModule(g, x, hidden, 'relu')
  const filtered = stride === 1 ? expanded : g.depthwise(expanded, { kernel, stride })
  const squeeze = { squeezed: divisible(hidden / 4, 4), gate: 'hard-sigmoid' } as const
  const gated = squeezed ? squeezeExcitation(g, filtered, squeeze) : filtered
  const projected = ghostModule(g, gated, out)
  if (stride === 1 && g.channels(x) === out) return g.add(projected, x)
  return g.add(projected, g.conv(g.depthwise(x, { kernel, stride }), { out, kernel: 1 }))
}

function ghostModule(g: GraphBuilder, x: Tensor, out: number, activation?: Activation): Tensor {
  const half = Math.ceil(out / 2)
  const primary = g.activate(g.conv(x, { out: half, kernel: 1 }), activation)
  const cheap = g.activate(g.depthwise(primary, { kernel: 3 }), activation)
  const both = g.concat([primary, cheap], 1)
  return g.channels(both) === out ? both : g.slice(both, 1, 0, out)
}

export const ghostnetPresets: PresetTable = {
  'ghostnet-100': {
    family: 'shuffle_ghost',
    task: 'classification',
    inputShape: [1, 3, 224, 224],
    citation: 'arXiv:1911.11907; timm ghostnet.py',
    scales: ['width'],
    build: (name, shape, { width }) => ghostnet(name, shape, width),
  },
}
