/**
 * DDRNet: two branches of different resolution that exchange what they see, and pooled context at stride 64.
 *
 * Figures: foldable batch norm folded (about 0.2 % fewer parameters); no auxiliary head. Output at stride 8.
 * Sources: arXiv:2101.06085; github:ydhongHIT/DDRNet segmentation/DDRNet_23_slim.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { preactivated, regionScales, residualStage, resizedTo, segmentationHead } from '../blocks/dual-resolution.ts'

interface DdrnetConfig {
  readonly width: number
  /** Channels of each pooled scale, and of the head. */
  readonly poolWidth: number
  readonly headWidth: number
  readonly classes: number
}

function ddrnet(name: string, shape: readonly number[], config: DdrnetConfig): Graph {
  const g = new GraphBuilder(name)
  const { width } = config
  const fine = 2 * width
  const basic = (x: Tensor, out: number, stride = 1) =>
    residualStage(g, x, { block: 'basic', width: out, blocks: 2, stride })
  const down = (x: Tensor, out: number) => g.conv(x, { out, kernel: 3, stride: 2 })
  const up = (x: Tensor, like: Tensor) => resizedTo(g, g.conv(x, { out: fine, kernel: 1 }), like)

  const strided = (x: Tensor) => g.conv(x, { out: width, kernel: 3, stride: 2, activation: 'relu' })

  const stem = strided(strided(g.input('input', shape)))
  const shared = g.relu(basic(g.relu(basic(stem, width)), fine, 2))
  const coarse3 = g.within('coarse3', () => basic(shared, 4 * width, 2))
  const fine3 = g.within('fine3', () => basic(shared, fine))
  const toCoarse3 = g.relu(g.add(coarse3, down(g.relu(fine3), 4 * width)))
  const toFine3 = g.relu(g.add(fine3, up(g.relu(coarse3), fine3)))

  const coarse4 = g.within('coarse4', () => basic(toCoarse3, 8 * width, 2))
  const fine4 = g.within('fine4', () => basic(toFine3, fine))
  const reached = down(g.relu(down(g.relu(fine4), 4 * width)), 8 * width)
  const toCoarse4 = g.relu(g.add(coarse4, reached))
  const toFine4 = g.relu(g.add(fine4, up(g.relu(coarse4), fine4)))

  const bottleneck = (x: Tensor, out: number, stride: number) =>
    residualStage(g, x, { block: 'bottleneck', width: out, blocks: 1, stride })
  const fine5 = g.within('fine5', () => bottleneck(toFine4, fine, 1))
  const coarse5 = g.within('coarse5', () => bottleneck(toCoarse4, 8 * width, 2))
  const context = g.within('pool', () => aggregated(g, coarse5, config.poolWidth, 4 * width))
  const logits = segmentationHead(g, g.add(resizedTo(g, context, fine5), fine5), config.headWidth, config.classes)
  return g.finish({ logits })
}

/** Deep aggregation pyramid pooling: every scale is added to the next smaller region and smoothed. */
function aggregated(g: GraphBuilder, x: Tensor, width: number, out: number): Tensor {
  const { local, scales } = regionScales(g, x, width)
  let previous = local
  const smoothed = scales.map((scale) => {
    previous = preactivated(g, g.add(scale, previous), { out: width, kernel: 3 })
    return previous
  })
  const compressed = preactivated(g, g.concat([local, ...smoothed], 1), { out, kernel: 1 })
  return g.add(compressed, preactivated(g, x, { out, kernel: 1 }))
}

export const ddrnetPresets: PresetTable = {
  'ddrnet23-slim': {
    family: 'segmentation',
    task: 'segmentation',
    inputShape: [1, 3, 1024, 2048],
    citation: 'arXiv:2101.06085; github:ydhongHIT/DDRNet',
    build: (name, shape) => ddrnet(name, shape, { width: 32, poolWidth: 128, headWidth: 64, classes: 19 }),
  },
}
