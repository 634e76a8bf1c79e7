/**
 * Audio networks made of convolutions: YAMNet (sound events) and Wav2Letter (speech to characters).
 *
 * Figures: batch norm folded. Features (log-mel patches, MFCC) are computed before the graph.
 * Sources: tensorflow/models research/audioset/yamnet yamnet.py; arXiv:1609.03193 and ARM-software/ML-zoo
 * models/speech_recognition/wav2letter.
 */

import { GraphBuilder } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { mobilenetV1Features } from './mobilenet-v1.ts'

/** Patch [N, 1, frames, mel bands] → probability of each sound [N, classes]. */
function yamnet(name: string, shape: readonly number[], classes: number): Graph {
  const g = new GraphBuilder(name)
  const last = mobilenetV1Features(g, g.input('input', shape), 1, { activation: 'relu' }).at(-1)
  if (last === undefined) throw new Error('no blocks')
  return g.finish({ scores: g.gemm(g.flatten(g.globalAveragePool(last)), { out: classes, activation: 'sigmoid' }) })
}

/** Filters and kernel along time of each layer; only the first strides. */
const wav2letterLayers: readonly (readonly [out: number, kernel: number])[] = [
  [250, 48],
  ...Array.from({ length: 7 }, () => [250, 7] as const),
  [2000, 32],
  [2000, 1],
]

/** Frames [N, 1, time, features] → character probabilities [N, 1, time / 2, characters], blank included. */
function wav2letter(name: string, shape: readonly number[], characters: number): Graph {
  const g = new GraphBuilder(name)
  // Features become channels of a map of height 1: [N, features, 1, time].
  const map = g.transpose(g.input('input', shape), [0, 3, 1, 2])
  const last = wav2letterLayers.reduce((x, [out, kernel], layer) => {
    const stride = [1, layer === 0 ? 2 : 1]
    return g.leakyRelu(g.conv(x, { out, kernel: [1, kernel], stride, pad: 'same' }), 0.2)
  }, map)
  const logits = g.transpose(g.conv(last, { out: characters, kernel: 1 }), [0, 2, 3, 1])
  return g.finish({ scores: g.softmax(logits, logits.shape.length - 1) })
}

export const speechConvolutionalPresets: PresetTable = {
  yamnet: {
    family: 'speech',
    task: 'audio',
    inputShape: [1, 1, 96, 64],
    citation: 'tensorflow/models research/audioset/yamnet',
    build: (name, shape) => yamnet(name, shape, 521),
  },
  wav2letter: {
    family: 'speech',
    task: 'speech',
    inputShape: [1, 1, 296, 39],
    citation: 'arXiv:1609.03193; ARM-software/ML-zoo models/speech_recognition/wav2letter',
    build: (name, shape) => wav2letter(name, shape, 29),
  },
}
