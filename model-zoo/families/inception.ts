/**
 * Inception v3 and v4: parallel branches of factorised convolutions.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.1 % more); no auxiliary head.
 * Sources: arXiv:1512.00567, 1602.07261; pytorch/vision torchvision/models/inception.py;
 * huggingface/pytorch-image-models timm/models/inception_v4.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'

/** [channels, kernel, stride]; stride-2 convolutions and 3×3 ones marked `valid` are not padded. */
type Step = readonly [out: number, kernel: number | readonly [number, number], mode?: 'strided' | 'valid']

class Inception {
  readonly g: GraphBuilder

  constructor(name: string) {
    this.g = new GraphBuilder(name)
  }

  chain(x: Tensor, ...steps: readonly Step[]): Tensor {
    return steps.reduce(
      (from, [out, kernel, mode]) =>
        this.g.conv(from, {
          out,
          kernel,
          stride: mode === 'strided' ? 2 : 1,
          pad: mode === undefined ? 'symmetric' : 0,
          activation: 'relu',
        }),
      x,
    )
  }

  /** Two convolutions side by side on one input. */
  fork(x: Tensor, a: Step, b: Step): Tensor {
    return this.concat(this.chain(x, a), this.chain(x, b))
  }

  pooled(x: Tensor, out: number): Tensor {
    return this.chain(this.g.averagePool(x, { kernel: 3, stride: 1 }), [out, 1])
  }

  halved(x: Tensor): Tensor {
    return this.g.maxPool(x, { kernel: 3, stride: 2, pad: 0 })
  }

  concat(...branches: readonly Tensor[]): Tensor {
    return this.g.concat(branches, 1)
  }
}

function inceptionV3(name: string, shape: readonly number[]): Graph {
  const net = new Inception(name)
  const { g } = net
  let x = net.chain(g.input('input', shape), [32, 3, 'strided'], [32, 3, 'valid'], [64, 3])
  x = net.halved(net.chain(net.halved(x), [80, 1], [192, 3, 'valid']))
  const block = (scope: string, build: () => Tensor) => {
    x = g.within(scope, build)
  }
  for (const pool of [32, 64, 64]) {
    block(`mixed35_${pool}`, () =>
      net.concat(
        net.chain(x, [64, 1]),
        net.chain(x, [48, 1], [64, 5]),
        net.chain(x, [64, 1], [96, 3], [96, 3]),
        net.pooled(x, pool),
      ),
    )
  }
  block('reduction17', () =>
    net.concat(net.chain(x, [384, 3, 'strided']), net.chain(x, [64, 1], [96, 3], [96, 3, 'strided']), net.halved(x)),
  )
  for (const c of [128, 160, 160, 192]) {
    block(`mixed17_${c}`, () =>
      net.concat(
        net.chain(x, [192, 1]),
        net.chain(x, [c, 1], [c, [1, 7]], [192, [7, 1]]),
        net.chain(x, [c, 1], [c, [7, 1]], [c, [1, 7]], [c, [7, 1]], [192, [1, 7]]),
        net.pooled(x, 192),
      ),
    )
  }
  block('reduction8', () =>
    net.concat(
      net.chain(x, [192, 1], [320, 3, 'strided']),
      net.chain(x, [192, 1], [192, [1, 7]], [192, [7, 1]], [192, 3, 'strided']),
      net.halved(x),
    ),
  )
  for (const index of [0, 1]) {
    block(`mixed8_${index}`, () =>
      net.concat(
        net.chain(x, [320, 1]),
        net.fork(net.chain(x, [384, 1]), [384, [1, 3]], [384, [3, 1]]),
        net.fork(net.chain(x, [448, 1], [384, 3]), [384, [1, 3]], [384, [3, 1]]),
        net.pooled(x, 192),
      ),
    )
  }
  return classifier(g, x)
}

function inceptionV4(name: string, shape: readonly number[]): Graph {
  const net = new Inception(name)
  const { g } = net
  let x = net.chain(g.input('input', shape), [32, 3, 'strided'], [32, 3, 'valid'], [64, 3])
  x = net.concat(net.halved(x), net.chain(x, [96, 3, 'strided']))
  x = net.concat(
    net.chain(x, [64, 1], [96, 3, 'valid']),
    net.chain(x, [64, 1], [64, [1, 7]], [64, [7, 1]], [96, 3, 'valid']),
  )
  x = net.concat(net.chain(x, [192, 3, 'strided']), net.halved(x))
  const repeat = (times: number, scope: string, build: () => Tensor) => {
    for (let index = 0; index < times; index++) x = g.within(`${scope}.${index}`, build)
  }
  repeat(4, 'a', () =>
    net.concat(
      net.chain(x, [96, 1]),
      net.chain(x, [64, 1], [96, 3]),
      net.chain(x, [64, 1], [96, 3], [96, 3]),
      net.pooled(x, 96),
    ),
  )
  repeat(1, 'reductionA', () =>
    net.concat(net.chain(x, [384, 3, 'strided']), net.chain(x, [192, 1], [224, 3], [256, 3, 'strided']), net.halved(x)),
  )
  repeat(7, 'b', () =>
    net.concat(
      net.chain(x, [384, 1]),
      net.chain(x, [192, 1], [224, [1, 7]], [256, [7, 1]]),
      net.chain(x, [192, 1], [192, [7, 1]], [224, [1, 7]], [224, [7, 1]], [256, [1, 7]]),
      net.pooled(x, 128),
    ),
  )
  repeat(1, 'reductionB', () =>
    net.concat(
      net.chain(x, [192, 1], [192, 3, 'strided']),
      net.chain(x, [256, 1], [256, [1, 7]], [320, [7, 1]], [320, 3, 'strided']),
      net.halved(x),
    ),
  )
  repeat(3, 'c', () =>
    net.concat(
      net.chain(x, [256, 1]),
      net.fork(net.chain(x, [384, 1]), [256, [1, 3]], [256, [3, 1]]),
      net.fork(net.chain(x, [384, 1], [448, [3, 1]], [512, [1, 3]]), [256, [1, 3]], [256, [3, 1]]),
      net.pooled(x, 256),
    ),
  )
  return classifier(g, x)
}

const preset = (build: Preset['build']): Preset => ({
  family: 'inception',
  task: 'classification',
  inputShape: [1, 3, 299, 299],
  citation: 'arXiv:1512.00567, 1602.07261; torchvision inception.py; timm inception_v4.py',
  build,
})

export const inceptionPresets: PresetTable = {
  'inception-v3': preset(inceptionV3),
  'inception-v4': preset(inceptionV4),
}
