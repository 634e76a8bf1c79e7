/**
 * DETR: a transformer reads the last map of a residual network and answers a fixed number of queries with boxes.
 *
 * Figures: batch norm folded; the repository freezes it and does not count it.
 * Sources: arXiv:2005.12872; facebookresearch/detr models/detr.py, transformer.py, position_encoding.py.
 */

import { attend, mergeHeads, splitHeads } from '../../simulator/build/attention.ts'
import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { sinePositions } from '../blocks/sine-position.ts'
import { type ResnetConfig, resnet50, resnetFeatures } from './resnet.ts'

interface DetrConfig {
  readonly backbone: ResnetConfig
  readonly width: number
  readonly heads: number
  readonly hidden: number
  readonly encoderLayers: number
  readonly decoderLayers: number
  readonly queries: number
  /** Without "no object". */
  readonly classes: number
}

export function detr(name: string, shape: readonly number[], config: DetrConfig): Graph {
  const { width } = config
  const g = new GraphBuilder(name)
  const map = resnetFeatures(g, g.input('input', shape), config.backbone).at(-1)
  if (map === undefined) throw new Error('a backbone has stages')
  const [n, h, w] = [dimOf(map.shape, 0), dimOf(map.shape, 2), dimOf(map.shape, 3)]
  const tokens = g.transpose(g.reshape(g.conv(map, { out: width, kernel: 1 }), [n, width, h * w]), [0, 2, 1])
  const positions = sinePositions(g, h, w, width)
  let memory = tokens
  for (let layer = 0; layer < config.encoderLayers; layer++) {
    memory = g.within(`encoder${layer}`, () => encoderLayer(g, memory, positions, config))
  }
  const answers = decode(g, memory, positions, config)
  const hidden = g.linear(g.linear(answers, { out: width, activation: 'relu' }), { out: width, activation: 'relu' })
  return g.finish({
    logits: g.linear(answers, { out: config.classes + 1 }),
    boxes: g.linear(hidden, { out: 4, activation: 'sigmoid' }),
  })
}

function encoderLayer(g: GraphBuilder, x: Tensor, positions: Tensor, config: DetrConfig): Tensor {
  const located = g.add(x, positions)
  return feedForward(g, attention(g, x, { queries: located, keys: located, values: x, config }), config)
}

/** x [N, queries, width]: what is known about each query, nothing at first. */
function decode(g: GraphBuilder, memory: Tensor, positions: Tensor, config: DetrConfig): Tensor {
  const { width, queries } = config
  const asked = g.unsqueeze(g.weight([queries, width]), [0])
  const nothing = g.constant([0], [1, 1, 1], 'float32')
  let x = g.expand(nothing, [dimOf(memory.shape, 0), queries, width])
  const located = g.add(memory, positions)
  for (let layer = 0; layer < config.decoderLayers; layer++) {
    x = g.within(`decoder${layer}`, () => {
      const among = g.add(x, asked)
      const agreed = attention(g, x, { queries: among, keys: among, values: x, config })
      const looking = g.add(agreed, asked)
      const seen = attention(g, agreed, { queries: looking, keys: located, values: memory, config })
      return feedForward(g, seen, config)
    })
  }
  return g.layerNorm(x)
}

interface AttentionInputs {
  readonly queries: Tensor
  readonly keys: Tensor
  readonly values: Tensor
  readonly config: DetrConfig
}

/** Residual and norm included; queries, keys and values have projections of their own. */
function attention(g: GraphBuilder, x: Tensor, { queries, keys, values, config }: AttentionInputs): Tensor {
  const { width, heads } = config
  const [q, k, v] = [queries, keys, values].map((tokens) => splitHeads(g, g.linear(tokens, { out: width }), heads))
  if (q === undefined || k === undefined || v === undefined) throw new Error('three projections')
  return g.layerNorm(g.add(x, g.linear(mergeHeads(g, attend(g, q, k, v)), { out: width })))
}

function feedForward(g: GraphBuilder, x: Tensor, { width, hidden }: DetrConfig): Tensor {
  return g.layerNorm(g.add(x, g.linear(g.linear(x, { out: hidden, activation: 'relu' }), { out: width })))
}

export const detrPresets: PresetTable = {
  'detr-resnet50': {
    family: 'detr_centernet',
    task: 'detection',
    inputShape: [1, 3, 800, 800],
    citation: 'arXiv:2005.12872; facebookresearch/detr models/detr.py',
    build: (name, shape) =>
      detr(name, shape, {
        backbone: resnet50,
        width: 256,
        heads: 8,
        hidden: 2048,
        encoderLayers: 6,
        decoderLayers: 6,
        queries: 100,
        classes: 91,
      }),
  },
}
