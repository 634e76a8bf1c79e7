/**
 * MiDaS v2.1 small: EfficientNet-Lite3 and a decoder whose width doubles at every coarser level.
 *
 * Figures: batch norm folded; the residual unit of the coarsest level that nothing calls is not there (4.7 M of the
 * checkpoint's 21.3 M parameters).
 * Sources: arXiv:1907.01341; github:isl-org/MiDaS midas/midas_net_custom.py, midas/blocks.py.
 */

import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { refine } from '../blocks/refinement.ts'
import { type EfficientnetConfig, efficientnetFeatures, efficientnetLite0 } from './efficientnet.ts'

export interface MidasConfig {
  readonly backbone: EfficientnetConfig
  /** Channels of the finest decoder level. */
  readonly width: number
}

/** Stages of an EfficientNet that end at strides 4, 8, 16 and 32. */
const tapped = [1, 2, 4, 6]

export function midas(name: string, shape: readonly number[], { backbone, width }: MidasConfig): Graph {
  const g = new GraphBuilder(name)
  const stages = efficientnetFeatures(g, g.input('input', shape), backbone)
  const levels = tapped.map((stage, level) => {
    const map = stages[stage]
    if (map === undefined) throw new Error(`no stage ${stage}`)
    return g.conv(map, { out: width * 2 ** level, kernel: 3, bias: false })
  })
  const coarsest = levels.at(-1)
  if (coarsest === undefined) throw new Error('no levels')
  let x = coarsest
  for (let level = levels.length - 1; level >= 0; level--) {
    const [skip, finer] = [levels[level], levels[level - 1]]
    const to = finer === undefined ? doubled(x) : [dimOf(finer.shape, 2), dimOf(finer.shape, 3)]
    const out = finer === undefined ? width : g.channels(finer)
    x = g.within(`refine${level + 1}`, () =>
      refine(g, x, skip === undefined || skip === coarsest ? { to, out } : { skip, to, out }),
    )
  }
  const half = g.conv(x, { out: width / 2, kernel: 3 })
  const full = g.resize(half, { to: doubled(half), mode: 'linear' })
  const hidden = g.conv(full, { out: 32, kernel: 3, activation: 'relu' })
  return g.finish({ depth: g.conv(hidden, { out: 1, kernel: 1, activation: 'relu' }) })
}

const doubled = (x: Tensor): readonly number[] => x.shape.slice(2).map((size) => 2 * size)

export const midasPresets: PresetTable = {
  'midas-v21-small': {
    family: 'depth',
    task: 'depth',
    inputShape: [1, 3, 256, 256],
    citation: 'arXiv:1907.01341; github:isl-org/MiDaS',
    build: (name, shape) =>
      midas(name, shape, { backbone: { ...efficientnetLite0, pad: 'same', width: 1.2, depth: 1.4 }, width: 64 }),
  },
}
