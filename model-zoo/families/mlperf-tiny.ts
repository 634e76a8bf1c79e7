/**
 * MLPerf Tiny reference networks: keyword spotting (DS-CNN), image classification (ResNet-8), anomaly detection
 * (autoencoder). The fourth, visual wake words, is MobileNet V1 and lives with it.
 *
 * Figures: counted over the published TFLite files, batch norm folded as in them.
 * Sources: arXiv:2106.07597; mlcommons/tiny benchmark/training.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'

/** Depthwise-separable CNN on 49 frames of 10 MFCC features, 12 words. */
function dsCnn(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  let x = g.conv(g.input('input', shape), { out: 64, kernel: [10, 4], stride: 2, pad: 'same', activation: 'relu' })
  for (let block = 0; block < 4; block++) {
    x = g.depthwise(x, { kernel: 3, activation: 'relu' })
    x = g.conv(x, { out: 64, kernel: 1, activation: 'relu' })
  }
  return classifier(g, x, 12)
}

/** ResNet-8 for CIFAR-10: three stages of one block each. */
function resnet8(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  let x = g.conv(g.input('input', shape), { out: 16, kernel: 3, activation: 'relu' })
  for (const [out, stride] of [
    [16, 1],
    [32, 2],
    [64, 2],
  ] as const) {
    const inner = g.conv(x, { out, kernel: 3, stride, pad: 'same', activation: 'relu' })
    const residual = g.conv(inner, { out, kernel: 3 })
    const shortcut = stride === 1 ? x : g.conv(x, { out, kernel: 1, stride })
    x = g.relu(g.add(shortcut, residual))
  }
  return classifier(g, x, 10)
}

function classifier(g: GraphBuilder, x: Tensor, classes: number): Graph {
  const pooled = g.flatten(g.globalAveragePool(x))
  return g.finish({ scores: g.softmax(g.gemm(pooled, { out: classes })) })
}

/** Fully connected autoencoder on five frames of 128 mel bands. */
function autoencoder(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  let x = g.input('input', shape)
  for (const out of [128, 128, 128, 128, 8, 128, 128, 128, 128]) x = g.gemm(x, { out, activation: 'relu' })
  return g.finish({ reconstruction: g.gemm(x, { out: 640 }) })
}

const preset = (task: string, inputShape: readonly number[], build: Preset['build']): Preset => ({
  family: 'mlperf_tiny',
  task,
  inputShape,
  citation: 'arXiv:2106.07597; mlcommons/tiny benchmark/training',
  build,
})

export const mlperfTinyPresets: PresetTable = {
  'ds-cnn-kws': preset('keyword spotting', [1, 1, 49, 10], dsCnn),
  'resnet8-ic': preset('classification', [1, 3, 32, 32], resnet8),
  'ad-autoencoder': preset('anomaly detection', [1, 640], autoencoder),
}
