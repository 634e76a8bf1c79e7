/**
 * SCRFD: face detectors whose computation was searched stage by stage, with path aggregation and a head per level.
 *
 * Outputs are box distances, landmarks and face probabilities of all anchors.
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.5 % more).
 * Sources: arXiv:2105.04714; deepinsight/insightface detection/scrfd configs/scrfd (scrfd_500m_bnkps, scrfd_10g_bnkps),
 * mmdet/models/backbones (mobilenet.py, resnet.py `ResNetV1e`), necks/pafpn.py, dense_heads/scrfd_head.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { anchorRows } from '../blocks/anchor-rows.ts'
import { bottomUp, topDown } from '../blocks/feature-pyramid.ts'
import { separable } from '../blocks/separable.ts'

interface Stages {
  readonly stem: number
  /** [channels, blocks] at strides 4, 8, 16 and 32. */
  readonly stages: readonly (readonly [number, number])[]
}

interface ScrfdConfig extends Stages {
  readonly backbone: 'separable' | 'residual'
  readonly neckWidth: number
  readonly headWidth: number
  readonly headDepth: number
}

const anchorsPerCell = 2
const activation = 'relu'

export function scrfd(name: string, shape: readonly number[], config: ScrfdConfig): Graph {
  const { neckWidth } = config
  const g = new GraphBuilder(name)
  const backbone = config.backbone === 'separable' ? separableFeatures : residualFeatures
  const features = backbone(g, g.input('input', shape), config).slice(1)
  const heads = neck(g, features, neckWidth).map((map, level) =>
    g.within(`head${level}`, () => {
      const x = hidden(g, map, config)
      const predict = (values: number) => g.conv(x, { out: anchorsPerCell * values, kernel: 3 })
      return { scores: predict(1), distances: predict(4), landmarks: predict(10) }
    }),
  )
  const rows = (of: 'scores' | 'distances' | 'landmarks', values: number) =>
    anchorRows(
      g,
      heads.map((head) => head[of]),
      values,
    )
  return g.finish({
    scores: g.sigmoid(rows('scores', 1)),
    distances: rows('distances', 4),
    landmarks: rows('landmarks', 10),
  })
}

/** Layers of the head are of the backbone's kind. */
function hidden(g: GraphBuilder, map: Tensor, { backbone, headWidth, headDepth }: ScrfdConfig): Tensor {
  let x = map
  for (let layer = 0; layer < headDepth; layer++) {
    const options = { out: headWidth, kernel: 3, activation } as const
    x = backbone === 'separable' ? separable(g, x, { ...options, between: activation }) : g.conv(x, options)
  }
  return x
}

/** Down by addition, a 3×3 on every level, up by strided 3×3, and another on what the way up reached. */
function neck(g: GraphBuilder, features: readonly Tensor[], out: number): Tensor[] {
  const conv = (map: Tensor) => g.conv(map, { out, kernel: 3 })
  const down = topDown(g, features, { lateral: (map) => g.conv(map, { out, kernel: 1 }) }).map(conv)
  const up = bottomUp(g, down, (map) => g.conv(map, { out, kernel: 3, stride: 2 }))
  return up.map((map, level) => (level === 0 ? map : conv(map)))
}

/** MobileNet V1 blocks. */
function separableFeatures(g: GraphBuilder, image: Tensor, { stem, stages }: Stages): Tensor[] {
  const block = (x: Tensor, out: number, stride: number) =>
    separable(g, x, { out, stride, kernel: 3, between: activation, activation })
  let x = block(g.conv(image, { out: stem, kernel: 3, stride: 2, activation }), stem, 1)
  return stages.map(([out, blocks], stage) => {
    for (let index = 0; index < blocks; index++) {
      x = g.within(`stage${stage + 1}.${index}`, () => block(x, out, index === 0 ? 2 : 1))
    }
    return x
  })
}

/** Basic residual blocks behind a deep stem; shortcuts are averaged before their 1×1. */
function residualFeatures(g: GraphBuilder, image: Tensor, { stem, stages }: Stages): Tensor[] {
  const first = g.conv(image, { out: stem / 2, kernel: 3, stride: 2, activation })
  const last = g.conv(g.conv(first, { out: stem / 2, kernel: 3, activation }), { out: stem, kernel: 3, activation })
  let x = g.maxPool(last, { kernel: 3, stride: 2 })
  return stages.map(([out, blocks], stage) => {
    for (let index = 0; index < blocks; index++) {
      const stride = stage > 0 && index === 0 ? 2 : 1
      x = g.within(`stage${stage + 1}.${index}`, () => residualBlock(g, x, out, stride))
    }
    return x
  })
}

function residualBlock(g: GraphBuilder, x: Tensor, out: number, stride: number): Tensor {
  const inner = g.conv(g.conv(x, { out, kernel: 3, stride, activation }), { out, kernel: 3 })
  if (stride === 1 && g.channels(x) === out) return g.relu(g.add(inner, x))
  const averaged = stride === 1 ? x : g.averagePool(x, { kernel: stride, stride, pad: 0, ceil: true })
  return g.relu(g.add(inner, g.conv(averaged, { out, kernel: 1 })))
}

const preset = (config: ScrfdConfig): Preset => ({
  family: 'face_pose',
  task: 'face detection',
  inputShape: [1, 3, 640, 640],
  citation: 'arXiv:2105.04714; deepinsight/insightface detection/scrfd/configs',
  build: (name, shape) => scrfd(name, shape, config),
})

export const scrfdPresets: PresetTable = {
  'scrfd-500m': preset({
    backbone: 'separable',
    stem: 16,
    stages: [
      [40, 2],
      [72, 3],
      [152, 2],
      [288, 6],
    ],
    neckWidth: 16,
    headWidth: 64,
    headDepth: 2,
  }),
  'scrfd-10g': preset({
    backbone: 'residual',
    stem: 56,
    stages: [
      [56, 3],
      [88, 4],
      [88, 2],
      [224, 3],
    ],
    neckWidth: 56,
    headWidth: 80,
    headDepth: 3,
  }),
}
