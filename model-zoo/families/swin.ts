/**
 * Swin transformer: attention inside 7×7 windows that are shifted by half in every second block.
 *
 * Figures: all weights as published; MACs include both attention products, as timm counts them.
 * Sources: arXiv:2103.14030; huggingface/pytorch-image-models timm/models/swin_transformer.py.
 */

import { attentionScores, fusedQkv, mergeHeads } from '../../simulator/build/attention.ts'
import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { relativePositionBias, relativePositionIndex } from '../blocks/relative-position.ts'

interface SwinConfig {
  readonly width: number
  readonly depths: readonly number[]
  readonly heads: readonly number[]
  readonly window: number
}

interface Grid {
  readonly height: number
  readonly width: number
}

function swin(name: string, shape: readonly number[], config: SwinConfig): Graph {
  const g = new GraphBuilder(name)
  const map = g.conv(g.input('input', shape), { out: config.width, kernel: 4, stride: 4, pad: 0 })
  let grid: Grid = { height: dimOf(map.shape, 2), width: dimOf(map.shape, 3) }
  let x = g.layerNorm(g.transpose(g.reshape(map, [dimOf(map.shape, 0), config.width, -1]), [0, 2, 1]))
  config.depths.forEach((depth, stage) => {
    if (stage > 0) {
      x = mergePatches(g, x, grid)
      grid = { height: grid.height / 2, width: grid.width / 2 }
    }
    const window = Math.min(config.window, grid.height, grid.width)
    // A window as large as the map has nowhere to shift to.
    const shift = window < Math.min(grid.height, grid.width) ? Math.floor(window / 2) : 0
    const index = relativePositionIndex(g, { height: window, width: window })
    const mask = shift === 0 ? null : foreignPairs(g, grid, window, shift)
    const options = { grid, window, index, heads: config.heads[stage] ?? 1 }
    for (let block = 0; block < depth; block++) {
      const shifted = block % 2 === 1 && mask !== null ? { shift, mask } : null
      x = g.within(`stage${stage + 1}.${block}`, () => swinBlock(g, x, { ...options, shifted }))
    }
  })
  const features = g.reduceMean(g.layerNorm(x), [1], false)
  return g.finish({ logits: g.gemm(features, { out: 1000 }) })
}

interface BlockOptions {
  readonly grid: Grid
  readonly window: number
  /** Of the relative position bias. */
  readonly index: Tensor
  readonly heads: number
  /** Every second block: how far the windows move, and what hides the pairs that this brings together. */
  readonly shifted: { readonly shift: number; readonly mask: Tensor } | null
}

/** x [N, H W, C]. */
function swinBlock(g: GraphBuilder, x: Tensor, options: BlockOptions): Tensor {
  const width = dimOf(x.shape, 2)
  const attended = g.add(x, shiftedWindowAttention(g, g.layerNorm(x), options))
  const hidden = g.linear(g.layerNorm(attended), { out: 4 * width, activation: 'gelu' })
  return g.add(attended, g.linear(hidden, { out: width }))
}

function shiftedWindowAttention(g: GraphBuilder, x: Tensor, options: BlockOptions): Tensor {
  const { grid, window } = options
  const shift = options.shifted?.shift ?? 0
  const [n, width] = [dimOf(x.shape, 0), dimOf(x.shape, 2)]
  const [rows, columns] = [grid.height / window, grid.width / window]
  const map = roll(g, g.reshape(x, [n, grid.height, grid.width, width]), shift)
  const cut = g.transpose(g.reshape(map, [n, rows, window, columns, window, width]), [0, 1, 3, 2, 4, 5])
  const windows = g.reshape(cut, [n * rows * columns, window * window, width])
  const attended = g.reshape(windowAttention(g, windows, options), [n, rows, columns, window, window, width])
  const joined = g.reshape(g.transpose(attended, [0, 1, 3, 2, 4, 5]), [n, grid.height, grid.width, width])
  return g.reshape(roll(g, joined, -shift), [n, grid.height * grid.width, width])
}

function windowAttention(g: GraphBuilder, x: Tensor, options: BlockOptions): Tensor {
  const { window, heads, index, shifted } = options
  const [q, k, v] = fusedQkv(g, x, { heads })
  const bias = relativePositionBias(g, { height: window, width: window }, heads, index)
  const biased = attentionScores(g, q, k, bias)
  const scores = shifted === null ? biased : hide(g, biased, shifted.mask)
  return g.linear(mergeHeads(g, g.matmul(g.softmax(scores), v)), { out: dimOf(x.shape, 2) })
}

/** scores [N · windows, heads, T, T] + mask [windows, 1, T, T]. */
function hide(g: GraphBuilder, scores: Tensor, mask: Tensor): Tensor {
  const windows = dimOf(mask.shape, 0)
  const perImage = g.reshape(scores, [dimOf(scores.shape, 0) / windows, windows, ...scores.shape.slice(1)])
  return g.reshape(g.add(perImage, mask), scores.shape)
}

/** −100 for pairs of tokens that the shift brought together from opposite borders: [windows, 1, T, T]. */
function foreignPairs(g: GraphBuilder, grid: Grid, window: number, shift: number): Tensor {
  const tokens = window * window
  const windows = (grid.height * grid.width) / tokens
  const regions = shiftedRegions(grid, window, shift)
  const same = g.node('Equal', [
    g.constant(regions, [windows, 1, 1, tokens], 'int64'),
    g.constant(regions, [windows, 1, tokens, 1], 'int64'),
  ])
  return g.node('Where', [same, g.scalar(0), g.scalar(-100)])
}

/** Region of every position of the shifted map, window by window: 3 × 3 regions meet in the last windows. */
function shiftedRegions({ height, width }: Grid, window: number, shift: number): readonly number[] {
  const band = (position: number, size: number) => (position < size - window ? 0 : position < size - shift ? 1 : 2)
  const regions: number[] = []
  for (let top = 0; top < height; top += window) {
    for (let left = 0; left < width; left += window) {
      for (let y = top; y < top + window; y++) {
        for (let x = left; x < left + window; x++) regions.push(3 * band(y, height) + band(x, width))
      }
    }
  }
  return regions
}

/** Cyclic shift of x [N, H, W, C] up and left by `shift`, which may be negative. */
function roll(g: GraphBuilder, x: Tensor, shift: number): Tensor {
  if (shift === 0) return x
  return [1, 2].reduce((map, axis) => {
    const size = dimOf(map.shape, axis)
    const cut = shift > 0 ? shift : size + shift
    return g.concat([g.slice(map, axis, cut, size), g.slice(map, axis, 0, cut)], axis)
  }, x)
}

/** Neighbouring 2×2 tokens side by side, projected to twice the width: [N, HW, C] → [N, HW / 4, 2C]. */
function mergePatches(g: GraphBuilder, x: Tensor, { height, width }: Grid): Tensor {
  const [n, channels] = [dimOf(x.shape, 0), dimOf(x.shape, 2)]
  const blocks = g.reshape(x, [n, height / 2, 2, width / 2, 2, channels])
  const gathered = g.reshape(g.transpose(blocks, [0, 1, 3, 4, 2, 5]), [n, (height * width) / 4, 4 * channels])
  return g.linear(g.layerNorm(gathered), { out: 2 * channels, bias: false })
}

const preset = (config: SwinConfig): Preset => ({
  family: 'swin',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:2103.14030; timm swin_transformer.py',
  build: (name, shape) => swin(name, shape, config),
})

export const swinPresets: PresetTable = {
  'swin-t': preset({ width: 96, depths: [2, 2, 6, 2], heads: [3, 6, 12, 24], window: 7 }),
  'swin-s': preset({ width: 96, depths: [2, 2, 18, 2], heads: [3, 6, 12, 24], window: 7 }),
  'swin-b': preset({ width: 128, depths: [2, 2, 18, 2], heads: [4, 8, 16, 32], window: 7 }),
}
