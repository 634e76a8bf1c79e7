/**
 * NanoDet-m: ShuffleNet V2, a pyramid without convolutions, one separable head per level for boxes and classes.
 *
 * Outputs are class probabilities and, per box side, the logits of its distribution over bins, for all cells.
 * Figures: batch norm folded; the published operations count it and the elementwise work too.
 * Sources: RangiLyu/nanodet config/legacy_v0.x_configs/nanodet-m.yml, nanodet/model/fpn/pan.py, head/nanodet_head.py;
 * arXiv:2006.04388 (distributions of box sides).
 */

import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { flattened } from '../blocks/cells.ts'
import { bottomUp, topDown } from '../blocks/feature-pyramid.ts'
import { separable } from '../blocks/separable.ts'
import { shufflenetV2Features } from './shufflenet.ts'

interface NanodetConfig {
  readonly backboneStages: readonly number[]
  readonly width: number
  readonly headDepth: number
  readonly classes: number
  /** Of each box side. */
  readonly bins: number
}

export function nanodet(name: string, shape: readonly number[], config: NanodetConfig): Graph {
  const { classes, bins } = config
  const g = new GraphBuilder(name)
  const features = shufflenetV2Features(g, g.input('input', shape), config.backboneStages, 'leaky-relu')
  const lateral = (map: Tensor) => g.conv(map, { out: config.width, kernel: 1 })
  const levels = bottomUp(g, topDown(g, features, { lateral, enlarge: 'linear' }), (map) => halved(g, map))
  const predicted = flattened(
    g,
    levels.map((map, level) => g.within(`head${level}`, () => head(g, map, config))),
  )
  const [logits, distances] = g.split(g.transpose(predicted, [0, 2, 1]), [classes, 4 * bins], 2)
  if (logits === undefined || distances === undefined) throw new Error('Split has two outputs')
  return g.finish({ scores: g.sigmoid(logits), distances })
}

function halved(g: GraphBuilder, map: Tensor): Tensor {
  return g.resize(map, { to: [dimOf(map.shape, 2) / 2, dimOf(map.shape, 3) / 2], mode: 'linear' })
}

function head(g: GraphBuilder, map: Tensor, { width, headDepth, classes, bins }: NanodetConfig): Tensor {
  const layer = { out: width, kernel: 3, between: 'leaky-relu', activation: 'leaky-relu' } as const
  let x = map
  for (let depth = 0; depth < headDepth; depth++) x = separable(g, x, layer)
  return g.conv(x, { out: classes + 4 * bins, kernel: 1 })
}

export const nanodetPresets: PresetTable = {
  'nanodet-m': {
    family: 'nano_det',
    task: 'detection',
    inputShape: [1, 3, 320, 320],
    citation: 'RangiLyu/nanodet config/legacy_v0.x_configs/nanodet-m.yml',
    build: (name, shape) =>
      nanodet(name, shape, { backboneStages: [116, 232, 464], width: 96, headDepth: 2, classes: 80, bins: 8 }),
  },
}
