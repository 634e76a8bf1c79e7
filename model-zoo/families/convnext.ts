/**
 * ConvNeXt: 7×7 depthwise convolutions and inverted bottlenecks with layer norm and GELU, as in a transformer.
 *
 * Figures: all weights as published, layer scale included.
 * Sources: arXiv:2201.03545; huggingface/pytorch-image-models timm/models/convnext.py (atto: 1×1 convolutions as MLP).
 */

import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'

interface ConvnextConfig {
  readonly depths: readonly number[]
  readonly widths: readonly number[]
  /** The MLP as 1×1 convolutions on channels-first maps (the small variants) instead of linear layers. */
  readonly convMlp?: boolean
}

const epsilon = 1e-6
const channelsLast = [0, 2, 3, 1]
const channelsFirst = [0, 3, 1, 2]

function convnext(name: string, shape: readonly number[], config: ConvnextConfig): Graph {
  const g = new GraphBuilder(name)
  let x = g.input('input', shape)
  config.widths.forEach((out, stage) => {
    x =
      stage === 0
        ? channelNorm(g, g.conv(x, { out, kernel: 4, stride: 4, pad: 0 }))
        : g.conv(channelNorm(g, x), { out, kernel: 2, stride: 2, pad: 0 })
    for (let index = 0; index < (config.depths[stage] ?? 0); index++) {
      x = g.within(`stage${stage + 1}.${index}`, () => block(g, x, config.convMlp === true))
    }
  })
  const features = g.layerNorm(g.flatten(g.globalAveragePool(x)), { epsilon })
  return g.finish({ logits: g.gemm(features, { out: 1000 }) })
}

function block(g: GraphBuilder, x: Tensor, convMlp: boolean): Tensor {
  const width = g.channels(x)
  const filtered = g.depthwise(x, { kernel: 7 })
  if (convMlp) {
    const hidden = g.conv(channelNorm(g, filtered), { out: 4 * width, kernel: 1, activation: 'gelu' })
    return g.add(x, layerScale(g, g.conv(hidden, { out: width, kernel: 1 })))
  }
  const tokens = g.layerNorm(g.transpose(filtered, channelsLast), { epsilon })
  const hidden = g.linear(tokens, { out: 4 * width, activation: 'gelu' })
  return g.add(x, layerScale(g, g.transpose(g.linear(hidden, { out: width }), channelsFirst)))
}

/** One learned factor per channel of a channels-first map. */
function layerScale(g: GraphBuilder, x: Tensor): Tensor {
  return g.mul(x, g.weight([dimOf(x.shape, 1), 1, 1]))
}

/** Layer norm over the channels of a channels-first map. */
function channelNorm(g: GraphBuilder, x: Tensor): Tensor {
  return g.transpose(g.layerNorm(g.transpose(x, channelsLast), { epsilon }), channelsFirst)
}

const preset = (config: ConvnextConfig): Preset => ({
  family: 'convnext',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:2201.03545; timm convnext.py',
  build: (name, shape) => convnext(name, shape, config),
})

export const convnextPresets: PresetTable = {
  'convnext-atto': preset({ depths: [2, 2, 6, 2], widths: [40, 80, 160, 320], convMlp: true }),
  'convnext-tiny': preset({ depths: [3, 3, 9, 3], widths: [96, 192, 384, 768] }),
  'convnext-small': preset({ depths: [3, 3, 27, 3], widths: [96, 192, 384, 768] }),
  'convnext-base': preset({ depths: [3, 3, 27, 3], widths: [128, 256, 512, 1024] }),
  'convnext-large': preset({ depths: [3, 3, 27, 3], widths: [192, 384, 768, 1536] }),
}
