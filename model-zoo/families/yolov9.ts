/**
 * YOLOv9: generalised efficient layer aggregation (GELAN), deployed: no auxiliary branch, RepConv merged into one 3×3.
 *
 * Figures: those of Ultralytics; the head of the paper has groups (26.4 and 102.1 GFLOPs, not 26.9 and 102.7).
 * Sources: arXiv:2402.13616; WongKinYiu/yolov9 models/common.py; ultralytics/ultralytics ultralytics/cfg/models/v9.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { bottleneck, c2f, c3 } from '../blocks/cross-stage.ts'
import { anchorFreeGraph } from '../blocks/decoupled-head.ts'
import { halves } from '../blocks/halves.ts'
import { pathAggregation } from '../blocks/path-aggregation.ts'
import { sppf } from '../blocks/pyramid-pooling.ts'

interface Aggregation {
  readonly out: number
  /** Channels of the chunked 1×1. */
  readonly entry: number
  /** Channels of each link. */
  readonly link: number
  /** RepBottlenecks per link; 0 = a link is one 3×3 (ELAN-1). */
  readonly depth: number
}

interface Yolov9Config {
  readonly stem: readonly [number, number]
  /** Stages at strides 4 to 32. */
  readonly stages: readonly Aggregation[]
  /** Channels of the map entering stages 2 to 4. */
  readonly downWidths: readonly number[]
  /** Average pooling and a 3×3, or two halves by a strided 3×3 and by max pooling. */
  readonly downsample: 'pooled' | 'halves'
  /** Blocks of the neck at strides 8, 16, 32, and the widths entering the last two. */
  readonly neck: readonly Aggregation[]
  readonly neckDownWidths: readonly number[]
}

function yolov9(name: string, shape: readonly number[], config: Yolov9Config): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const down = config.downsample === 'pooled' ? pooledDown : halvesDown
  let x = image
  for (const out of config.stem) x = g.conv(x, { out, kernel: 3, stride: 2, activation: 'silu' })
  const maps = config.stages.map((stage, index) => {
    x = g.within(`stage${index + 1}`, () => {
      const entered = index === 0 ? x : down(g, x, at(config.downWidths, index - 1))
      return aggregation(g, entered, stage)
    })
    return x
  })
  const pooled = sppf(g, x, { out: g.channels(x) })
  const merge = (map: Tensor, level: number) => aggregation(g, map, at(config.neck, level))
  const features = pathAggregation(g, [...maps.slice(1, 3), pooled], {
    topDown: merge,
    shrink: (map, level) => down(g, map, at(config.neckDownWidths, level)),
    bottomUp: merge,
  })
  return anchorFreeGraph(g, image, features, { task: 'detection', classBranch: 'plain' })
}

/** GELAN block: a C2f whose links are themselves cross-stage blocks, closed by a 3×3. */
function aggregation(g: GraphBuilder, x: Tensor, { out, entry, link, depth }: Aggregation): Tensor {
  const rep = (map: Tensor) => bottleneck(g, map, { kernel: 3, shortcut: true })
  const inner = (map: Tensor) => {
    const deep = depth === 0 ? map : c3(g, map, { out: link, repeats: depth, inner: rep })
    return g.conv(deep, { out: link, kernel: 3, activation: 'silu' })
  }
  return c2f(g, x, { out, hidden: entry / 2, repeats: 2, inner })
}

/** AConv. */
function pooledDown(g: GraphBuilder, x: Tensor, out: number): Tensor {
  const smooth = g.averagePool(x, { kernel: 2, pad: 0 })
  return g.conv(smooth, { out, kernel: 3, stride: 2, activation: 'silu' })
}

/** ADown. */
function halvesDown(g: GraphBuilder, x: Tensor, out: number): Tensor {
  const [filtered, pooled] = halves(g, g.averagePool(x, { kernel: 2, pad: 0 }))
  const options = { out: out / 2, activation: 'silu' } as const
  return g.concat(
    [
      g.conv(filtered, { ...options, kernel: 3, stride: 2 }),
      g.conv(g.maxPool(pooled, { kernel: 3, stride: 2 }), { ...options, kernel: 1 }),
    ],
    1,
  )
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new Error(`no entry ${index}`)
  return item
}

/** Blocks of the small model: entry as wide as the result, links half of that, three bottlenecks each. */
const small = (out: number): Aggregation => ({ out, entry: out, link: out / 2, depth: 3 })
/** Blocks of the compact model: one bottleneck per link. */
const compact = (out: number, entry: number): Aggregation => ({ out, entry, link: entry / 2, depth: 1 })

const preset = (config: Yolov9Config): Preset => ({
  family: 'yolov9',
  task: 'detection',
  inputShape: [1, 3, 640, 640],
  citation: 'arXiv:2402.13616; ultralytics/ultralytics cfg/models/v9',
  build: (name, shape) => yolov9(name, shape, config),
})

export const yolov9Presets: PresetTable = {
  yolov9s: preset({
    stem: [32, 64],
    stages: [{ out: 64, entry: 64, link: 32, depth: 0 }, small(128), small(192), small(256)],
    downWidths: [128, 192, 256],
    downsample: 'pooled',
    neck: [small(128), small(192), small(256)],
    neckDownWidths: [96, 128],
  }),
  yolov9c: preset({
    stem: [64, 128],
    stages: [compact(256, 128), compact(512, 256), compact(512, 512), compact(512, 512)],
    downWidths: [256, 512, 512],
    downsample: 'halves',
    neck: [compact(256, 256), compact(512, 512), compact(512, 512)],
    neckDownWidths: [256, 512],
  }),
}
