/**
 * MobileNet V2: inverted residuals with linear bottlenecks, all widths scaled by α.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 1 % more).
 * Sources: arXiv:1801.04381 table 2; pytorch/vision torchvision/models/mobilenetv2.py.
 */
import type { Graph } from '../../graph/graph.ts'
import { divisible } from '../blocks/divisible.ts'
import { GraphBuilder, type Tensor } from '../builder.ts'
import type { Preset, PresetTable } from '../preset.ts'

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
}

export function invertedResidual(g: GraphBuilder, x: Tensor, options: InvertedResidualOptions): Tensor {
  const { expansion, out, stride, dilation = 1 } = options
  const hidden = g.channels(x) * expansion
  const expanded = expansion === 1 ? x : g.conv(x, { out: hidden, kernel: 1, activation: 'relu6' })
  const filtered = g.depthwise(expanded, { kernel: 3, stride, dilation, activation: 'relu6' })
  const projected = g.conv(filtered, { out, kernel: 1 })
  return stride === 1 && out === g.channels(x) ? g.add(x, projected) : projected
}

/** Feature maps after the stem and after each block, in order; the last has 320 α channels at stride 32. */
export function mobilenetV2Features(g: GraphBuilder, image: Tensor, width: number): Tensor[] {
  const scaled = (channels: number) => divisible(channels * width)
  let x = g.conv(image, { out: scaled(32), kernel: 3, stride: 2, activation: 'relu6' })
  const features = [x]
  for (const [expansion, channels, blocks, stride] of stages) {
    for (let block = 0; block < blocks; block++) {
      const options = { expansion, out: scaled(channels), stride: block === 0 ? stride : 1 }
      x = g.within(`block${features.length}`, () => invertedResidual(g, x, options))
      features.push(x)
    }
  }
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
  build: (name, shape) => mobilenetV2(name, shape, width),
})

export const mobilenetV2Presets: PresetTable = {
  'mobilenet-v2-0.35': preset(0.35),
  'mobilenet-v2-0.5': preset(0.5),
  'mobilenet-v2-0.75': preset(0.75),
  'mobilenet-v2-1.0': preset(1),
  'mobilenet-v2-1.4': preset(1.4),
}
