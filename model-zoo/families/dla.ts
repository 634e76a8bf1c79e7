/**
 * Deep layer aggregation: residual blocks joined by trees of aggregating 1×1 convolutions.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.2 % more).
 * Sources: arXiv:1707.06484; huggingface/pytorch-image-models timm/models/dla.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'

export interface DlaConfig {
  /** Tree depth of levels 2 to 5; levels 0 and 1 are one convolution each. */
  readonly levels: readonly [number, number, number, number]
  /** Channels of levels 0 to 5. */
  readonly widths: readonly [number, number, number, number, number, number]
  readonly block: 'basic' | 'bottleneck'
  /** Groups and channels per group of the bottleneck's 3×3. */
  readonly groups?: number
  readonly widthPerGroup?: number
  /** Roots add their first child to the result. */
  readonly residualRoot?: boolean
}

/** Outputs of levels 0 to 5, at strides 1 to 32. */
export function dlaFeatures(g: GraphBuilder, image: Tensor, config: DlaConfig): Tensor[] {
  const [w0, w1, ...treeWidths] = config.widths
  const base = g.conv(image, { out: w0, kernel: 7, activation: 'relu' })
  const level0 = g.conv(base, { out: w0, kernel: 3, activation: 'relu' })
  const level1 = g.conv(level0, { out: w1, kernel: 3, stride: 2, activation: 'relu' })
  let x = level1
  const levels = treeWidths.map((out, index) => {
    const depth = config.levels[index] ?? 1
    const options = { depth, out, stride: 2, levelRoot: index > 0 }
    x = g.within(`level${index + 2}`, () => tree(g, x, options, config))
    return x
  })
  return [level0, level1, ...levels]
}

interface TreeOptions {
  readonly depth: number
  readonly out: number
  readonly stride: number
  /** The downsampled input itself takes part in the aggregation. */
  readonly levelRoot: boolean
}

function tree(
  g: GraphBuilder,
  x: Tensor,
  { depth, out, stride, levelRoot }: TreeOptions,
  config: DlaConfig,
  inherited: readonly Tensor[] = [],
): Tensor {
  const needsBottom = levelRoot || depth === 1
  const bottom = stride === 1 || !needsBottom ? x : g.maxPool(x, { kernel: stride, stride, pad: 0 })
  const children = levelRoot ? [...inherited, bottom] : inherited
  if (depth > 1) {
    const first = tree(g, x, { depth: depth - 1, out, stride, levelRoot: false }, config)
    return tree(g, first, { depth: depth - 1, out, stride: 1, levelRoot: false }, config, [...children, first])
  }
  const shortcut = g.channels(x) === out ? bottom : g.conv(bottom, { out, kernel: 1 })
  const first = residualBlock(g, x, shortcut, out, stride, config)
  const second = residualBlock(g, first, first, out, 1, config)
  const joined = g.conv(g.concat([second, first, ...children], 1), { out, kernel: 1 })
  return g.relu(config.residualRoot === true ? g.add(joined, second) : joined)
}

function residualBlock(
  g: GraphBuilder,
  x: Tensor,
  shortcut: Tensor,
  out: number,
  stride: number,
  config: DlaConfig,
): Tensor {
  if (config.block === 'basic') {
    const inner = g.conv(x, { out, kernel: 3, stride, activation: 'relu' })
    return g.relu(g.add(g.conv(inner, { out, kernel: 3 }), shortcut))
  }
  const groups = config.groups ?? 1
  const inner = (Math.floor((out * (config.widthPerGroup ?? 64)) / 64) * groups) / 2
  const reduced = g.conv(x, { out: inner, kernel: 1, activation: 'relu' })
  const filtered = g.conv(reduced, { out: inner, kernel: 3, stride, groups, activation: 'relu' })
  return g.relu(g.add(g.conv(filtered, { out, kernel: 1 }), shortcut))
}

function dla(name: string, shape: readonly number[], config: DlaConfig): Graph {
  const g = new GraphBuilder(name)
  const last = dlaFeatures(g, g.input('input', shape), config).at(-1)
  if (last === undefined) throw new Error('no levels')
  return classifier(g, last)
}

export const dlaPresets: PresetTable = {
  dla102x: {
    family: 'aggregation',
    task: 'classification',
    inputShape: [1, 3, 224, 224],
    citation: 'arXiv:1707.06484; timm dla.py',
    build: (name, shape) =>
      dla(name, shape, {
        levels: [1, 3, 4, 1],
        widths: [16, 32, 128, 256, 512, 1024],
        block: 'bottleneck',
        groups: 32,
        widthPerGroup: 4,
        residualRoot: true,
      }),
  },
}
