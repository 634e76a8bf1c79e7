/**
 * CenterNet: objects as the peaks of a heat map at a quarter of the resolution, with size and offset at each place.
 *
 * Outputs are those three maps; finding the peaks is the caller's.
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.1 % more).
 * Sources: arXiv:1904.07850; dmlc/gluon-cv gluoncv/model_zoo/center_net (ResNet-18), deconv_resnet.py;
 * xingyizhou/CenterNet src/lib/models/networks/pose_dla_dcn.py (DLA-34 with deformable convolutions).
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { deformable } from '../blocks/deformable.ts'
import { type DlaConfig, dlaFeatures } from './dla.ts'
import { resnet18, resnetFeatures } from './resnet.ts'

interface CenternetConfig {
  /** The map that peaks are predicted on. */
  readonly body: (g: GraphBuilder, image: Tensor) => Tensor
  /** Channels inside each head. */
  readonly headWidth: number
  readonly classes: number
}

export function centernet(
  name: string,
  shape: readonly number[],
  { body, headWidth, classes }: CenternetConfig,
): Graph {
  const g = new GraphBuilder(name)
  const map = body(g, g.input('input', shape))
  const head = (out: number) =>
    g.conv(g.conv(map, { out: headWidth, kernel: 3, activation: 'relu' }), { out, kernel: 1 })
  return g.finish({ heatmap: g.sigmoid(head(classes)), sizes: head(2), offsets: head(2) })
}

/** Three times a 3×3 and a transposed convolution that doubles the map. */
function resnetBody(g: GraphBuilder, image: Tensor): Tensor {
  const last = resnetFeatures(g, image, resnet18).at(-1)
  if (last === undefined) throw new Error('a backbone has stages')
  return [256, 128, 64].reduce((x, out) => {
    const filtered = g.conv(x, { out, kernel: 3, activation: 'relu' })
    return g.convTranspose(filtered, { out, kernel: 4, stride: 2, pad: 1, activation: 'relu' })
  }, last)
}

const dla34: DlaConfig = { levels: [1, 2, 2, 1], widths: [16, 32, 64, 128, 256, 512], block: 'basic' }

/** Levels 2 to 5 aggregated to the finest: first all, coarsest to finest, then what each round left behind. */
function dlaBody(g: GraphBuilder, image: Tensor): Tensor {
  const levels = dlaFeatures(g, image, dla34).slice(2)
  const rounds: Tensor[] = levels.slice(-1)
  for (let first = levels.length - 2; first >= 0; first--) {
    const aggregated = g.within(`aggregate${first}`, () => aggregate(g, levels.slice(first)))
    levels.splice(first, aggregated.length, ...aggregated)
    rounds.unshift(...levels.slice(-1))
  }
  const [finest] = g.within('join', () => aggregate(g, rounds.slice(0, 3))).slice(-1)
  if (finest === undefined) throw new Error('an aggregation has maps')
  return finest
}

/** Every map after the first is brought to the first one's form, then joined with the result before it. */
function aggregate(g: GraphBuilder, maps: readonly Tensor[]): Tensor[] {
  const [target, ...others] = maps
  if (target === undefined) return []
  const out = g.channels(target)
  const results = [target]
  for (const map of others) {
    const projected = g.relu(deformable(g, map, out))
    const factor = (target.shape[2] ?? 0) / (map.shape[2] ?? 0)
    const enlarged = g.convTranspose(projected, {
      out,
      groups: out,
      kernel: 2 * factor,
      stride: factor,
      pad: factor / 2,
      bias: false,
    })
    results.push(g.relu(deformable(g, g.add(enlarged, results.at(-1) ?? target), out)))
  }
  return results
}

const preset = (config: CenternetConfig, citation: string): Preset => ({
  family: 'detr_centernet',
  task: 'detection',
  inputShape: [1, 3, 512, 512],
  citation,
  build: (name, shape) => centernet(name, shape, config),
})

export const centernetPresets: PresetTable = {
  'centernet-resnet18': preset(
    { body: resnetBody, headWidth: 64, classes: 80 },
    'arXiv:1904.07850; dmlc/gluon-cv center_net_resnet18_v1b_coco',
  ),
  'centernet-dla34': preset(
    { body: dlaBody, headWidth: 256, classes: 80 },
    'arXiv:1904.07850; xingyizhou/CenterNet pose_dla_dcn.py',
  ),
}
