/**
 * Networks with pre-activation norms, which stay in the deployed graph: ResNet v2 and DenseNet.
 *
 * Figures: a norm that precedes its convolution cannot be folded and holds 4 values per channel, 2 of them published
 * as parameters (DenseNet: about 1 % more than published); a norm after a convolution is folded.
 * Sources: arXiv:1603.05027, 1608.06993; pytorch/vision torchvision/models/densenet.py;
 * onnx/models vision/classification/resnet (resnet50-v2-7, from Gluon).
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'

/** ResNet v2 with bottlenecks; the raw image is normalised by the network itself. */
function resnetV2(name: string, shape: readonly number[], depths: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  const image = g.batchNorm(g.input('input', shape))
  let x = g.maxPool(g.conv(image, { out: 64, kernel: 7, stride: 2, activation: 'relu' }), { kernel: 3, stride: 2 })
  depths.forEach((depth, stage) => {
    for (let block = 0; block < depth; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1
      x = g.within(`stage${stage + 1}.${block}`, () => preactivationBottleneck(g, x, 64 * 2 ** stage, stride))
    }
  })
  return classifier(g, g.batchNorm(x, 'relu'))
}

function preactivationBottleneck(g: GraphBuilder, x: Tensor, width: number, stride: number): Tensor {
  const active = g.batchNorm(x, 'relu')
  const reduced = g.conv(active, { out: width, kernel: 1, activation: 'relu' })
  const filtered = g.conv(reduced, { out: width, kernel: 3, stride, activation: 'relu' })
  const residual = g.conv(filtered, { out: 4 * width, kernel: 1, bias: false })
  const isFirst = g.channels(x) !== 4 * width
  return g.add(residual, isFirst ? g.conv(active, { out: 4 * width, kernel: 1, stride, bias: false }) : x)
}

interface DensenetConfig {
  readonly depths: readonly number[]
  readonly growth: number
  readonly stem: number
}

function densenet(name: string, shape: readonly number[], { depths, growth, stem }: DensenetConfig): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  let x = g.maxPool(g.conv(image, { out: stem, kernel: 7, stride: 2, activation: 'relu' }), { kernel: 3, stride: 2 })
  depths.forEach((depth, stage) => {
    for (let layer = 0; layer < depth; layer++) {
      x = g.within(`dense${stage + 1}.${layer}`, () => g.concat([x, denseLayer(g, x, growth)], 1))
    }
    if (stage < depths.length - 1) {
      const halved = g.conv(g.batchNorm(x, 'relu'), { out: g.channels(x) / 2, kernel: 1, bias: false })
      x = g.averagePool(halved, { kernel: 2, stride: 2, pad: 0 })
    }
  })
  return classifier(g, g.batchNorm(x, 'relu'))
}

function denseLayer(g: GraphBuilder, x: Tensor, growth: number): Tensor {
  const bottleneck = g.conv(g.batchNorm(x, 'relu'), { out: 4 * growth, kernel: 1, activation: 'relu' })
  return g.conv(bottleneck, { out: growth, kernel: 3, bias: false })
}

const preset = (family: string, citation: string, build: Preset['build']): Preset => ({
  family,
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation,
  build,
})

const densenetSource = 'arXiv:1608.06993; pytorch/vision torchvision/models/densenet.py'

export const preactivationPresets: PresetTable = {
  'resnet50-v2': preset('resnet', 'arXiv:1603.05027; onnx/models resnet50-v2-7', (name, shape) =>
    resnetV2(name, shape, [3, 4, 6, 3]),
  ),
  densenet121: preset('densenet', densenetSource, (name, shape) =>
    densenet(name, shape, { depths: [6, 12, 24, 16], growth: 32, stem: 64 }),
  ),
  densenet169: preset('densenet', densenetSource, (name, shape) =>
    densenet(name, shape, { depths: [6, 12, 32, 32], growth: 32, stem: 64 }),
  ),
}
