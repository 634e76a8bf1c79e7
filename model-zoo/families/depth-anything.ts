/**
 * Depth Anything: DINOv2 patches as tokens, tokens of four blocks reassembled into a pyramid, a DPT decoder.
 *
 * Figures: all weights that inference reads (the mask token and the coarsest level's unused residual unit are not there).
 * Sources: arXiv:2406.09414, 2103.13413 (DPT), 2304.07193 (DINOv2); github:DepthAnything/Depth-Anything-V2
 * depth_anything_v2/dpt.py, dinov2.py.
 */

import { attend, fusedQkv, mergeHeads } from '../../simulator/build/attention.ts'
import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import { mlp, patches, type VitConfig, withClassToken } from '../../simulator/build/transformer/vit.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { refine } from '../blocks/refinement.ts'

export interface DepthAnythingConfig extends VitConfig {
  /** Blocks whose tokens make the pyramid, fine to coarse. */
  readonly tapped: readonly number[]
  readonly pyramid: readonly number[]
  readonly decoderWidth: number
}

const epsilon = 1e-6

export function depthAnything(name: string, shape: readonly number[], config: DepthAnythingConfig): Graph {
  const g = new GraphBuilder(name)
  const grid = [dimOf(shape, 2) / config.patch, dimOf(shape, 3) / config.patch]
  const maps = encoder(g, g.input('input', shape), config).map((tokens, level) =>
    g.within(`level${level + 1}`, () => reassemble(g, tokens, grid, config, level)),
  )
  const levels = maps.map((map) => g.conv(map, { out: config.decoderWidth, kernel: 3, bias: false }))
  return g.finish({ depth: decode(g, levels, [dimOf(shape, 2), dimOf(shape, 3)]) })
}

/** Normed tokens after the tapped blocks, the class token among them: [N, T, D] each. */
function encoder(g: GraphBuilder, image: Tensor, config: DepthAnythingConfig): Tensor[] {
  const tokens = withClassToken(g, patches(g, image, config))
  let x = g.add(tokens, g.weight([1, dimOf(tokens.shape, 1), config.width]))
  const outputs = Array.from({ length: config.depth }, (_, block) => {
    g.within(`block${block}`, () => {
      const [q, k, v] = fusedQkv(g, g.layerNorm(x, { epsilon }), { heads: config.heads })
      const attended = g.linear(mergeHeads(g, attend(g, q, k, v)), { out: config.width })
      x = g.add(x, g.mul(attended, g.weight([config.width])))
      x = g.add(x, g.mul(mlp(g, g.layerNorm(x, { epsilon }), 4), g.weight([config.width])))
    })
    return x
  })
  // One norm, applied to each.
  const [scale, bias] = [g.weight([config.width]), g.weight([config.width])]
  return config.tapped.flatMap((block) => {
    const output = outputs[block]
    return output === undefined ? [] : [g.node('LayerNormalization', [output, scale, bias], { axis: -1, epsilon })]
  })
}

/** Patch tokens as a map of the level's channels: at 4, 2, 1 and ½ times the resolution of the patches. */
function reassemble(
  g: GraphBuilder,
  tokens: Tensor,
  grid: readonly number[],
  { width, pyramid }: DepthAnythingConfig,
  level: number,
): Tensor {
  const patchTokens = g.slice(tokens, 1, 1, dimOf(tokens.shape, 1))
  const map = g.reshape(g.transpose(patchTokens, [0, 2, 1]), [dimOf(tokens.shape, 0), width, ...grid])
  const out = pyramid[level] ?? width
  const projected = g.conv(map, { out, kernel: 1 })
  if (level < 2) {
    const factor = 4 / 2 ** level
    return g.convTranspose(projected, { out, kernel: factor, stride: factor, pad: 0 })
  }
  return level === 2 ? projected : g.conv(projected, { out, kernel: 3, stride: 2 })
}

/** `size`: height and width of the depth map. */
function decode(g: GraphBuilder, levels: readonly Tensor[], size: readonly number[]): Tensor {
  const coarsest = levels.at(-1)
  if (coarsest === undefined) throw new Error('no levels')
  const out = g.channels(coarsest)
  let x = coarsest
  for (let level = levels.length - 1; level >= 0; level--) {
    const [skip, finer] = [levels[level], levels[level - 1]]
    const to = finer === undefined ? x.shape.slice(2).map((extent) => 2 * extent) : finer.shape.slice(2)
    x = g.within(`refine${level + 1}`, () =>
      refine(g, x, skip === undefined || skip === coarsest ? { to, out } : { skip, to, out }),
    )
  }
  const half = g.conv(x, { out: out / 2, kernel: 3 })
  const full = g.resize(half, { to: size, mode: 'linear', alignCorners: true })
  const hidden = g.conv(full, { out: 32, kernel: 3, activation: 'relu' })
  return g.relu(g.conv(hidden, { out: 1, kernel: 1, activation: 'relu' }))
}

export const depthAnythingPresets: PresetTable = {
  'depth-anything-vits': {
    family: 'depth',
    task: 'depth',
    inputShape: [1, 3, 518, 518],
    citation: 'arXiv:2406.09414; github:DepthAnything/Depth-Anything-V2',
    build: (name, shape) =>
      depthAnything(name, shape, {
        width: 384,
        depth: 12,
        heads: 6,
        patch: 14,
        tapped: [2, 5, 8, 11],
        pyramid: [48, 96, 192, 384],
        decoderWidth: 64,
      }),
  },
}
