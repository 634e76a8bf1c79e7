/**
 * YOLOv6 nano and small, deployed: every RepVGG block merged into one 3×3, decoupled anchor-free head.
 *
 * Figures: the deployed network's, as the repository reports it at evaluation.
 * Sources: arXiv:2209.02976 (release 0.2), 2301.05586 (release 3.0: bi-directional fusion, cross-stage pooling);
 * meituan/YOLOv6 configs/yolov6{n,s}.py, yolov6/models/efficientrep.py, reppan.py, effidehead.py.
 */

import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { boxesFromDistances, cellsOf, flattened } from '../blocks/cells.ts'
import { type CompoundScale, scaledChannels, scaledRepeats } from '../blocks/compound-scale.ts'
import { pathAggregation } from '../blocks/path-aggregation.ts'
import { crossStagePooling, pooledInTurn, sppf } from '../blocks/pyramid-pooling.ts'

interface Yolov6Config {
  readonly scale: CompoundScale
  readonly release: '0.2' | '3.0'
}

const classes = 80

/** Channels and 3×3 convolutions of the stages at strides 4 to 32. */
const stages = [
  [128, 6],
  [256, 12],
  [512, 18],
  [1024, 6],
] as const

/** Widths of the neck at strides 8 and 16 on its way down; on its way up a block doubles the width of the map below. */
const neckWidths = [128, 256]
const neckRepeats = 12

/** Maps of the neck at strides 8, 16 and 32. */
function yolov6Features(g: GraphBuilder, image: Tensor, { scale, release }: Yolov6Config): Tensor[] {
  const conv = (x: Tensor, out: number, kernel: number, stride = 1) =>
    g.conv(x, { out, kernel, stride, activation: 'relu' })
  const rep = (x: Tensor, out: number, repeats: number) => {
    let y = x
    for (let block = 0; block < scaledRepeats(scale, repeats); block++) y = conv(y, out, 3)
    return y
  }
  let x = conv(image, scaledChannels(scale, 64), 3, 2)
  const [finest, ...maps] = stages.map(([width, repeats], stage) => {
    const out = scaledChannels(scale, width)
    x = g.within(`stage${stage + 1}`, () => rep(conv(x, out, 3, 2), out, repeats))
    return x
  })
  if (finest === undefined) throw new Error('four stages')
  const bidirectional = release === '3.0'
  const neckWidth = (level: number) => scaledChannels(scale, neckWidths[level] ?? 0)
  return pathAggregation(g, [...maps.slice(0, 2), pooled(g, x, release)], {
    reduce: (map, level) => conv(map, neckWidth(level - 1), 1),
    enlarge: (map) => g.convTranspose(map, { out: g.channels(map), kernel: 2, stride: 2, pad: 0 }),
    // BiFusion: beside the backbone's map of this level the next finer one, shrunk; a 1×1 joins the three.
    lateral: (map, level) => {
      if (!bidirectional) return [map]
      const out = neckWidth(level)
      return [conv(map, out, 1), conv(conv(maps[level - 1] ?? finest, out, 1), out, 3, 2)]
    },
    topDown: (map, level) => {
      const joined = bidirectional ? conv(map, neckWidth(level), 1) : map
      return rep(joined, neckWidth(level), neckRepeats)
    },
    shrink: (map) => conv(map, g.channels(map), 3, 2),
    bottomUp: (map, level) => rep(map, 2 * neckWidth(level - 1), neckRepeats),
  })
}

function pooled(g: GraphBuilder, x: Tensor, release: Yolov6Config['release']): Tensor {
  const options = { out: g.channels(x), hidden: g.channels(x) / 2, activation: 'relu' } as const
  return release === '0.2'
    ? sppf(g, x, options)
    : crossStagePooling(g, x, { ...options, pool: (map) => pooledInTurn(g, map) })
}

function yolov6(name: string, shape: readonly number[], config: Yolov6Config): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const maps = yolov6Features(g, image, config)
  const levels = maps.map((map, level) => g.within(`head${level}`, () => branches(g, map)))
  const distances = flattened(
    g,
    levels.map((level) => level.distances),
  )
  const scores = g.sigmoid(
    flattened(
      g,
      levels.map((level) => level.logits),
    ),
  )
  const boxes = boxesFromDistances(g, distances, cellsOf(g, image, maps), 'centre')
  // The export keeps YOLOv5's layout: an objectness that is always one.
  const objectness = g.expand(g.scalar(1), [dimOf(scores.shape, 0), 1, dimOf(scores.shape, 2)])
  return g.finish({ detections: g.transpose(g.concat([boxes, objectness, scores], 1), [0, 2, 1]) })
}

function branches(g: GraphBuilder, map: Tensor): { readonly distances: Tensor; readonly logits: Tensor } {
  const out = g.channels(map)
  const stem = g.conv(map, { out, kernel: 1, activation: 'silu' })
  const branch = (values: number) =>
    g.conv(g.conv(stem, { out, kernel: 3, activation: 'silu' }), { out: values, kernel: 1 })
  return { logits: branch(classes), distances: branch(4) }
}

const preset = (width: number, release: Yolov6Config['release']): Preset => ({
  family: 'yolov6',
  task: 'detection',
  inputShape: [1, 3, 640, 640],
  citation: `${release === '0.2' ? 'arXiv:2209.02976' : 'arXiv:2301.05586'}; meituan/YOLOv6 yolov6/models`,
  build: (name, shape) => yolov6(name, shape, { scale: { depth: 0.33, width }, release }),
})

export const yolov6Presets: PresetTable = {
  yolov6n: preset(0.25, '3.0'),
  'yolov6n-v2': preset(0.25, '0.2'),
  yolov6s: preset(0.5, '3.0'),
}
