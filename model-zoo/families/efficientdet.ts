/**
 * EfficientDet: EfficientNet, repeated exchanges in a bidirectional feature pyramid, and heads that all levels go through.
 *
 * Outputs are the encoded boxes and the class probabilities of all anchors; decoding and suppression are the caller's.
 * Figures: the paper counts the heads' convolutions once, which keeps the norms of each level from being folded (D0).
 * Hailo counts the compiled networks, in which every level has its own copy of the heads with its norms folded in (Lite).
 * Sources: arXiv:1911.09070; google/automl efficientdet (efficientdet_arch.py, hparams_config.py).
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { anchorRows } from '../blocks/anchor-rows.ts'
import { type BifpnOptions, bifpn, withCoarserLevels } from '../blocks/bifpn.ts'
import { separable } from '../blocks/separable.ts'
import { type Layer, sharedConv } from '../blocks/shared-layers.ts'
import { type EfficientnetConfig, efficientnetB0, efficientnetFeatures, efficientnetLite0 } from './efficientnet.ts'

interface EfficientdetConfig {
  readonly backbone: EfficientnetConfig
  readonly pyramid: BifpnOptions
  readonly exchanges: number
  /** Separable convolutions before the last one of each head. */
  readonly headDepth: number
  readonly heads: 'shared by levels' | 'one per level'
  readonly classes: number
}

/** Three sizes of three shapes. */
const anchorsPerCell = 9
/** Stages of EfficientNet whose maps have strides 8, 16 and 32. */
const pyramidStages = [2, 4, 6]

export function efficientdet(name: string, shape: readonly number[], config: EfficientdetConfig): Graph {
  const { classes, pyramid } = config
  const g = new GraphBuilder(name)
  const stages = efficientnetFeatures(g, g.input('input', shape), config.backbone)
  const features = pyramidStages.flatMap((stage) => stages.slice(stage, stage + 1))
  let levels = withCoarserLevels(g, features, pyramid)
  for (let index = 0; index < config.exchanges; index++) {
    levels = g.within(`exchange${index}`, () => bifpn(g, levels, pyramid))
  }
  const scores = g.within('classes', () => predicted(g, levels, classes * anchorsPerCell, config))
  const boxes = g.within('boxes', () => predicted(g, levels, 4 * anchorsPerCell, config))
  return g.finish({ boxes: anchorRows(g, boxes, 4), scores: g.sigmoid(anchorRows(g, scores, classes)) })
}

function predicted(g: GraphBuilder, levels: readonly Tensor[], out: number, config: EfficientdetConfig): Tensor[] {
  const [finest] = levels
  if (finest === undefined) throw new Error('a pyramid has levels')
  if (config.heads === 'shared by levels') return levels.map(sharedHead(g, finest, out, config))
  return levels.map((map, level) => g.within(`level${level}`, () => ownHead(g, map, out, config)))
}

function ownHead(g: GraphBuilder, map: Tensor, out: number, { pyramid, headDepth }: EfficientdetConfig): Tensor {
  const { width, activation } = pyramid
  const window = { kernel: 3, pad: 'same', bias: false } as const
  let x = map
  for (let layer = 0; layer < headDepth; layer++) x = separable(g, x, { ...window, out: width, activation })
  return separable(g, x, { ...window, out })
}

/** One set of filters for all levels, one norm for each. */
function sharedHead(g: GraphBuilder, like: Tensor, out: number, { pyramid, headDepth }: EfficientdetConfig): Layer {
  const { width, activation } = pyramid
  const layer = (channels: number): Layer => {
    const filter = sharedConv(g, like, { out: width, groups: width, kernel: 3, pad: 'same', bias: false })
    const mix = sharedConv(g, like, { out: channels, kernel: 1 })
    return (x) => mix(filter(x))
  }
  const hidden = Array.from({ length: headDepth }, () => layer(width))
  const last = layer(out)
  return (map) => last(hidden.reduce((x, convolve) => g.batchNorm(convolve(x), activation), map))
}

type Scale = Omit<EfficientdetConfig, 'pyramid' | 'headDepth' | 'classes'> & {
  readonly size: number
  readonly width: number
  readonly weighted: boolean
}

/** Both paper and Lite networks up to D2 have heads of depth 3, and the 90 identifiers of COCO. */
const preset = ({ size, width, weighted, ...config }: Scale): Preset => ({
  family: 'efficientdet',
  task: 'detection',
  inputShape: [1, 3, size, size],
  citation: 'arXiv:1911.09070; google/automl efficientdet/hparams_config.py',
  build: (name, shape) => {
    const pyramid = { width, weighted, activation: config.backbone.activation }
    return efficientdet(name, shape, { ...config, pyramid, headDepth: 3, classes: 90 })
  },
})

const tensorflow = { pad: 'same' } as const
const lite = { weighted: false, heads: 'one per level' } as const
const lite0 = { ...efficientnetLite0, ...tensorflow }

export const efficientdetPresets: PresetTable = {
  'efficientdet-d0': preset({
    size: 512,
    backbone: { ...efficientnetB0, ...tensorflow },
    width: 64,
    exchanges: 3,
    weighted: true,
    heads: 'shared by levels',
  }),
  'efficientdet-lite0': preset({ ...lite, size: 320, backbone: lite0, width: 64, exchanges: 3 }),
  'efficientdet-lite1': preset({ ...lite, size: 384, backbone: { ...lite0, depth: 1.1 }, width: 88, exchanges: 4 }),
  'efficientdet-lite2': preset({
    ...lite,
    size: 448,
    backbone: { ...lite0, width: 1.1, depth: 1.2 },
    width: 112,
    exchanges: 5,
  }),
}
