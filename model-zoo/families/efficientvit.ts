/**
 * EfficientViT (MIT): inverted residuals, and multi-scale linear attention in the late stages.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.2 % more).
 * Sources: arXiv:2205.14756; huggingface/pytorch-image-models timm/models/efficientvit_mit.py.
 */

import { type Activation, dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { fusedInvertedResidual, invertedResidual } from '../blocks/inverted-residual.ts'

interface EfficientvitConfig {
  readonly widths: readonly number[]
  readonly depths: readonly number[]
  /** B: depthwise-separable throughout. L: plain and fused convolutions early, wider expansions. */
  readonly series: 'b' | 'l'
  readonly headWidths: readonly [number, number]
}

const headSize = 32

function efficientvit(name: string, shape: readonly number[], config: EfficientvitConfig): Graph {
  const g = new GraphBuilder(name)
  const activation: Activation = config.series === 'b' ? 'hard-swish' : 'gelu-tanh'
  const [stem = 0, ...widths] = config.widths
  const [stemDepth = 0, ...depths] = config.depths
  let x = g.conv(g.input('input', shape), { out: stem, kernel: 3, stride: 2, activation })
  for (let block = 0; block < stemDepth; block++) x = stemBlock(g, x, activation, config.series)
  const stages = config.series === 'b' ? stagesB : stagesL
  widths.forEach((out, index) => {
    const stage = stages[index]
    if (stage === undefined) throw new Error('EfficientViT has four stages')
    x = g.within(`stage${index + 1}.down`, () =>
      local(g, x, { out, stride: 2, expansion: stage.down, stage, activation }),
    )
    for (let block = 0; block < (depths[index] ?? 0) - (stage.downCounts ? 1 : 0); block++) {
      g.within(`stage${index + 1}.${block}`, () => {
        if (stage.attention) x = g.add(x, linearAttention(g, x))
        x = local(g, x, { out, stride: 1, expansion: stage.inner, stage, activation })
      })
    }
  })
  return head(g, x, config.headWidths, activation)
}

interface Stage {
  readonly fused: boolean
  readonly attention: boolean
  /** Expansions of the downsampling and of the other local blocks. */
  readonly down: number
  readonly inner: number
  /** Whether the downsampling block is one of the stage's depth. */
  readonly downCounts: boolean
}

const localB: Stage = { fused: false, attention: false, down: 4, inner: 4, downCounts: true }
const attentiveB: Stage = { fused: false, attention: true, down: 4, inner: 4, downCounts: false }
const stagesB = [localB, localB, attentiveB, attentiveB]

const fusedL: Stage = { fused: true, attention: false, down: 16, inner: 4, downCounts: false }
const localL: Stage = { fused: false, attention: false, down: 16, inner: 4, downCounts: false }
const attentiveL: Stage = { fused: false, attention: true, down: 24, inner: 6, downCounts: false }
const stagesL = [fusedL, fusedL, localL, attentiveL]

function stemBlock(g: GraphBuilder, x: Tensor, activation: Activation, series: 'b' | 'l'): Tensor {
  const out = g.channels(x)
  const inner = series === 'b' ? g.depthwise(x, { kernel: 3, activation }) : g.conv(x, { out, kernel: 3, activation })
  return g.add(x, g.conv(inner, { out, kernel: series === 'b' ? 1 : 3 }))
}

interface LocalOptions {
  readonly out: number
  readonly stride: number
  readonly expansion: number
  readonly stage: Stage
  readonly activation: Activation
}

function local(g: GraphBuilder, x: Tensor, { out, stride, expansion, stage, activation }: LocalOptions): Tensor {
  const options = { hidden: g.channels(x) * expansion, out, kernel: 3, stride, activation }
  return stage.fused ? fusedInvertedResidual(g, x, options) : invertedResidual(g, x, options)
}

/** ReLU(q) (ReLU(k)ᵀ v), normalised by ReLU(q) Σ ReLU(k), on the plain projections and a 5×5-aggregated copy. */
function linearAttention(g: GraphBuilder, x: Tensor): Tensor {
  const [n, c, h, w] = [dimOf(x.shape, 0), dimOf(x.shape, 1), dimOf(x.shape, 2), dimOf(x.shape, 3)]
  const heads = Math.floor(c / headSize)
  const projected = g.conv(x, { out: 3 * heads * headSize, kernel: 1, bias: false })
  const spread = g.depthwise(projected, { kernel: 5, bias: false })
  const aggregated = g.conv(spread, { out: 3 * heads * headSize, kernel: 1, groups: 3 * heads, bias: false })
  const scales = g.reshape(g.concat([projected, aggregated], 1), [n, 2 * heads, 3 * headSize, h * w])
  const [q, k, v] = g.split(g.transpose(scales, [0, 1, 3, 2]), [headSize, headSize, headSize], 3)
  if (q === undefined || k === undefined || v === undefined) throw new Error('Split has three outputs')
  // A column of ones beside v makes the last output column the normaliser.
  const ones = g.expand(g.constant([1], [1, 1, 1, 1], 'float32'), [n, 2 * heads, h * w, 1])
  const memory = g.matmul(g.transpose(g.relu(k), [0, 1, 3, 2]), g.concat([v, ones], 3))
  const [sum, norm] = g.split(g.matmul(g.relu(q), memory), [headSize, 1], 3)
  if (sum === undefined || norm === undefined) throw new Error('Split has two outputs')
  const attended = g.div(sum, g.add(norm, g.scalar(1e-5)))
  const map = g.reshape(g.transpose(attended, [0, 1, 3, 2]), [n, 2 * heads * headSize, h, w])
  return g.conv(map, { out: c, kernel: 1 })
}

function head(g: GraphBuilder, x: Tensor, [wide, features]: readonly [number, number], activation: Activation): Graph {
  const pooled = g.flatten(g.globalAveragePool(g.conv(x, { out: wide, kernel: 1, activation })))
  const normed = g.layerNorm(g.gemm(pooled, { out: features, bias: false }))
  return g.finish({ logits: g.gemm(g.activate(normed, activation), { out: 1000 }) })
}

const preset = (config: EfficientvitConfig): Preset => ({
  family: 'hybrid_vit',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:2205.14756; timm efficientvit_mit.py',
  build: (name, shape) => efficientvit(name, shape, config),
})

export const efficientvitPresets: PresetTable = {
  'efficientvit-b2': preset({
    widths: [24, 48, 96, 192, 384],
    depths: [1, 3, 4, 4, 6],
    series: 'b',
    headWidths: [2304, 2560],
  }),
  'efficientvit-l2': preset({
    widths: [32, 64, 128, 256, 512],
    depths: [1, 2, 2, 8, 8],
    series: 'l',
    headWidths: [3072, 3200],
  }),
}
