/**
 * MobileViT: inverted residuals with transformers on the pixels of like position in 2×2 patches.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.5 % more); MACs
 * include both attention products, as timm counts them.
 * Sources: arXiv:2110.02178; huggingface/pytorch-image-models timm/models/mobilevit.py.
 */

import { attend, fusedQkv, mergeHeads } from '../../simulator/build/attention.ts'
import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'
import { divisible } from '../blocks/divisible.ts'
import { invertedResidual } from '../blocks/inverted-residual.ts'

interface MobilevitConfig {
  /** Channels of the two convolutional stages. */
  readonly early: readonly [number, number]
  /** [channels, transformer width, transformer depth] of the three hybrid stages. */
  readonly hybrid: readonly (readonly [number, number, number])[]
  readonly expansion: number
  readonly features: number
}

const patch = 2
const heads = 4

function mobilevit(name: string, shape: readonly number[], config: MobilevitConfig): Graph {
  const g = new GraphBuilder(name)
  const inverted = (x: Tensor, out: number, stride: number) =>
    invertedResidual(g, x, {
      hidden: divisible(g.channels(x) * config.expansion),
      out,
      kernel: 3,
      stride,
      activation: 'silu',
    })
  const [early1, early2] = config.early
  let x = g.conv(g.input('input', shape), { out: 16, kernel: 3, stride: 2, activation: 'silu' })
  x = inverted(x, early1, 1)
  for (let block = 0; block < 3; block++) x = inverted(x, early2, block === 0 ? 2 : 1)
  config.hybrid.forEach(([out, width, depth], stage) => {
    x = g.within(`stage${stage + 3}`, () => hybridBlock(g, inverted(x, out, 2), width, depth))
  })
  return classifier(g, g.conv(x, { out: config.features, kernel: 1, activation: 'silu' }))
}

function hybridBlock(g: GraphBuilder, x: Tensor, width: number, depth: number): Tensor {
  const out = g.channels(x)
  const local = g.conv(x, { out, kernel: 3, activation: 'silu' })
  const embedded = g.conv(local, { out: width, kernel: 1, bias: false })
  let tokens = unfold(g, embedded)
  for (let layer = 0; layer < depth; layer++) {
    const [q, k, v] = fusedQkv(g, g.layerNorm(tokens), { heads })
    tokens = g.add(tokens, g.linear(mergeHeads(g, attend(g, q, k, v)), { out: width }))
    const hidden = g.linear(g.layerNorm(tokens), { out: 2 * width, activation: 'silu' })
    tokens = g.add(tokens, g.linear(hidden, { out: width }))
  }
  const folded = fold(g, g.layerNorm(tokens), embedded.shape)
  const projected = g.conv(folded, { out, kernel: 1, activation: 'silu' })
  return g.conv(g.concat([x, projected], 1), { out, kernel: 3, activation: 'silu' })
}

/** Map [N, C, H, W] → [N · 4, H W / 4, C]: one sequence per position inside a patch. */
function unfold(g: GraphBuilder, x: Tensor): Tensor {
  const [n, c, h, w] = [dimOf(x.shape, 0), dimOf(x.shape, 1), dimOf(x.shape, 2), dimOf(x.shape, 3)]
  const rows = g.transpose(g.reshape(x, [(n * c * h) / patch, patch, w / patch, patch]), [0, 2, 1, 3])
  const grouped = g.reshape(rows, [n, c, (h * w) / patch ** 2, patch ** 2])
  return g.reshape(g.transpose(grouped, [0, 3, 2, 1]), [n * patch ** 2, (h * w) / patch ** 2, c])
}

function fold(g: GraphBuilder, tokens: Tensor, shape: readonly number[]): Tensor {
  const [n, c, h, w] = [dimOf(shape, 0), dimOf(shape, 1), dimOf(shape, 2), dimOf(shape, 3)]
  const grouped = g.transpose(g.reshape(tokens, [n, patch ** 2, (h * w) / patch ** 2, c]), [0, 3, 2, 1])
  const rows = g.reshape(grouped, [(n * c * h) / patch, w / patch, patch, patch])
  return g.reshape(g.transpose(rows, [0, 2, 1, 3]), [n, c, h, w])
}

const preset = (config: MobilevitConfig): Preset => ({
  family: 'hybrid_vit',
  task: 'classification',
  inputShape: [1, 3, 256, 256],
  citation: 'arXiv:2110.02178; timm mobilevit.py',
  build: (name, shape) => mobilevit(name, shape, config),
})

export const mobilevitPresets: PresetTable = {
  'mobilevit-xxs': preset({
    early: [16, 24],
    hybrid: [
      [48, 64, 2],
      [64, 80, 4],
      [80, 96, 3],
    ],
    expansion: 2,
    features: 320,
  }),
  'mobilevit-xs': preset({
    early: [32, 48],
    hybrid: [
      [64, 96, 2],
      [80, 120, 4],
      [96, 144, 3],
    ],
    expansion: 4,
    features: 384,
  }),
  'mobilevit-s': preset({
    early: [32, 64],
    hybrid: [
      [96, 144, 2],
      [128, 192, 4],
      [160, 240, 3],
    ],
    expansion: 4,
    features: 640,
  }),
}
