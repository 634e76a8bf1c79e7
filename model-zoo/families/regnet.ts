/**
 * RegNet X and Y: residual bottlenecks of one group width whose stage widths follow a quantised linear rule.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.5 % more).
 * Sources: arXiv:2003.13678 section 3.3, tables 7 and 8; huggingface/pytorch-image-models timm/models/regnet.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'
import { squeezeExcitation } from '../blocks/squeeze-excitation.ts'

interface RegnetConfig {
  /** Initial width w₀, slope wₐ and multiplier wₘ of the block widths. */
  readonly w0: number
  readonly wa: number
  readonly wm: number
  readonly depth: number
  readonly groupWidth: number
  /** Y: gates a quarter of the block's input channels wide. */
  readonly squeeze?: boolean
}

/** [width, blocks] of each stage. u_j = w₀ + wₐ j, snapped to w₀ wₘ^s, then to a multiple of 8 and of the group. */
export function regnetStages({ w0, wa, wm, depth, groupWidth }: RegnetConfig): readonly (readonly [number, number])[] {
  const blocks = new Map<number, number>()
  for (let j = 0; j < depth; j++) {
    const s = roundHalfEven(Math.log((w0 + wa * j) / w0) / Math.log(wm))
    const width = roundHalfEven((w0 * wm ** s) / 8) * 8
    blocks.set(width, (blocks.get(width) ?? 0) + 1)
  }
  return [...blocks].map(([width, count]) => {
    const group = Math.min(groupWidth, width)
    return [roundHalfEven(width / group) * group, count] as const
  })
}

/** Python's `round`, which the published widths were computed with. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value)
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}

function regnet(name: string, shape: readonly number[], config: RegnetConfig): Graph {
  const g = new GraphBuilder(name)
  let x = g.conv(g.input('input', shape), { out: 32, kernel: 3, stride: 2, activation: 'relu' })
  regnetStages(config).forEach(([width, blocks], stage) => {
    for (let block = 0; block < blocks; block++) {
      x = g.within(`stage${stage + 1}.${block}`, () => bottleneck(g, x, width, block === 0 ? 2 : 1, config))
    }
  })
  return classifier(g, x)
}

function bottleneck(g: GraphBuilder, x: Tensor, out: number, stride: number, config: RegnetConfig): Tensor {
  const groups = out / Math.min(config.groupWidth, out)
  const reduced = g.conv(x, { out, kernel: 1, activation: 'relu' })
  const filtered = g.conv(reduced, { out, kernel: 3, stride, groups, activation: 'relu' })
  const squeezed = Math.round(g.channels(x) / 4)
  const gated = config.squeeze === true ? squeezeExcitation(g, filtered, { squeezed }) : filtered
  const shortcut = stride === 1 && g.channels(x) === out ? x : g.conv(x, { out, kernel: 1, stride })
  return g.relu(g.add(g.conv(gated, { out, kernel: 1 }), shortcut))
}

const preset = (config: RegnetConfig): Preset => ({
  family: 'regnet',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:2003.13678; timm regnet.py',
  build: (name, shape) => regnet(name, shape, config),
})

export const regnetPresets: PresetTable = {
  'regnet-x-200mf': preset({ w0: 24, wa: 36.44, wm: 2.49, depth: 13, groupWidth: 8 }),
  'regnet-x-400mf': preset({ w0: 24, wa: 24.48, wm: 2.54, depth: 22, groupWidth: 16 }),
  'regnet-x-800mf': preset({ w0: 56, wa: 35.73, wm: 2.28, depth: 16, groupWidth: 16 }),
  'regnet-x-1.6gf': preset({ w0: 80, wa: 34.01, wm: 2.25, depth: 18, groupWidth: 24 }),
  'regnet-x-3.2gf': preset({ w0: 88, wa: 26.31, wm: 2.25, depth: 25, groupWidth: 48 }),
  'regnet-y-400mf': preset({ w0: 48, wa: 27.89, wm: 2.09, depth: 16, groupWidth: 8, squeeze: true }),
  'regnet-y-800mf': preset({ w0: 56, wa: 38.84, wm: 2.4, depth: 14, groupWidth: 16, squeeze: true }),
  'regnet-y-1.6gf': preset({ w0: 48, wa: 20.71, wm: 2.65, depth: 27, groupWidth: 24, squeeze: true }),
  'regnet-y-3.2gf': preset({ w0: 80, wa: 42.63, wm: 2.66, depth: 21, groupWidth: 24, squeeze: true }),
}
