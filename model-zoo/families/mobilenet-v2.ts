/**
 * MobileNet V2: inverted residuals with linear bottlenecks, all widths scaled by α.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 1 % more).
 * Sources: arXiv:1801.04381 table 2; pytorch/vision torchvision/models/mobilenetv2.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Padding } from '../../simulator/build/window.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { divisible } from '../blocks/divisible.ts'

/** [expansion, channels at α = 1, blocks, stride of the first block] of each stage. */
const stages: readonly (readonly [number, number, number, number])[] = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
]

export interface InvertedResidualOptions {
  readonly expansion: number
  readonly out: number
  readonly stride: number
  readonly dilation?: number
  readonly pad?: Padding
}

export function invertedResidual(g: GraphBuilder, x: Tensor, options: InvertedResidualOptions): Tensor {
  return filterAndProject(g, x, expand(g, x, options.expansion), options)
}

/** The wide map inside a block. */
export function expand(g: GraphBuilder, x: Tensor, expansion: number): Tensor {
  return expansion === 1 ? x : g.conv(x, { out: g.channels(x) * expansion, kernel: 1, activation: 'relu6' })
}

/** The rest of a block with input `x`. */
export function filterAndProject(
  g: GraphBuilder,
  x: Tensor,
  expanded: Tensor,
  { out, stride, dilation = 1, pad = 'symmetric' }: InvertedResidualOptions,
): Tensor {
  const filtered = g.depthwise(expanded, { kernel: 3, stride, dilation, pad, activation: 'relu6' })
  const projected = g.conv(filtered, { out, kernel: 1 })
  return stride === 1 && out === g.channels(x) ? g.add(x, projected) : projected
}

export interface MobilenetV2Dense {
  /** Default `'symmetric'` (PyTorch). */
  readonly pad?: Padding
  /** How blocks are written; default `invertedResidual`. */
  readonly block?: typeof invertedResidual
  /** Dilation instead of stride, for dense prediction: stride, dilation of the first block and of the others, by stage. */
  readonly strides?: readonly (readonly [stride: number, first: number, others: number])[]
}

/** Feature maps after the stem and after each block, in order; the last has 320 α channels at stride 32. */
export function mobilenetV2Features(
  g: GraphBuilder,
  image: Tensor,
  width: number,
  { pad = 'symmetric', block: build = invertedResidual, strides }: MobilenetV2Dense = {},
): Tensor[] {
  const scaled = (channels: number) => divisible(channels * width)
  let x = g.conv(image, { out: scaled(32), kernel: 3, stride: 2, pad, activation: 'relu6' })
  const features = [x]
  stages.forEach(([expansion, channels, blocks, published], stage) => {
    const [stride, first, others] = strides?.[stage] ?? [published, 1, 1]
    for (let block = 0; block < blocks; block++) {
      const isFirst = block === 0
      const window = { stride: isFirst ? stride : 1, dilation: isFirst ? first : others, pad }
      x = g.within(`block${features.length}`, () => build(g, x, { expansion, out: scaled(channels), ...window }))
      features.push(x)
    }
  })
  return features
}

export function mobilenetV2(name: string, shape: readonly number[], width: number, classes = 1000): Graph {
  const g = new GraphBuilder(name)
  const last = mobilenetV2Features(g, g.input('input', shape), width).at(-1)
  if (last === undefined) throw new Error('no blocks')
  // The last layer does not get narrower than at α = 1 (arXiv:1801.04381 section 6.1).
  const wide = g.conv(last, { out: divisible(1280 * Math.max(1, width)), kernel: 1, activation: 'relu6' })
  return g.finish({ logits: g.gemm(g.flatten(g.globalAveragePool(wide)), { out: classes }) })
}

const preset = (width: number): Preset => ({
  family: 'mobilenet_v2',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:1801.04381; pytorch/vision torchvision/models/mobilenetv2.py',
  scales: ['width'],
  build: (name, shape, scale) => mobilenetV2(name, shape, width * scale.width),
})

export const mobilenetV2Presets: PresetTable = {
  'mobilenet-v2-0.35': preset(0.35),
  'mobilenet-v2-0.5': preset(0.5),
  'mobilenet-v2-0.75': preset(0.75),
  'mobilenet-v2-1.0': preset(1),
  'mobilenet-v2-1.4': preset(1.4),
}
