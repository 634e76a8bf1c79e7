/** TensorFlow Lite on the Edge TPU. */

import type { SupportTable } from '../../simulator/hardware/support-table.ts'
import { defineRuntimes } from './define.ts'
import { tflite } from './measure.ts'
import { lacking, set, tfliteOnProcessor } from './support.ts'

const edgeTpu: SupportTable = {
  id: 'edgetpu-compiler',
  title: 'Edge TPU compiler',
  unitKinds: ['edge-tpu'],
  arithmetic: null,
  version: '16',
  status: 'recalled',
  source: 'https://coral.ai/docs/edgetpu/models-intro/#supported-operations',
  supported: set(
    'add',
    'average-pooling',
    'concatenate',
    'convolution',
    'fully-connected',
    'l2-normalization',
    'sigmoid',
    'swish', // as a sigmoid and a product
    'lstm',
    'maximum',
    'max-pooling',
    'mean',
    'minimum',
    'multiply',
    'pad',
    'prelu',
    'quantize',
    'reduce-maximum',
    'reduce-minimum',
    'relu',
    'bounded-relu',
    'resize',
    'reciprocal-square-root',
    'slice',
    'softmax',
    'space-to-depth',
    'split',
    'squared-difference',
    'subtract',
    'sum',
    'tanh',
    'transpose',
    'transposed-convolution',
    // Folded into the convolution before it when a file is converted to TFLite.
    'batch-normalization',
    'accelerator-program',
  ),
  unsupported: lacking(
    'the compiler has no such operation',
    'custom',
    'dequantize',
    'arg-maximum',
    'hard-swish',
    'leaky-relu',
  ),
  unlisted: 'unsupported',
  limits: [{ operation: 'softmax', of: 'elements', most: 16_000, reason: 'softmax takes at most 16,000 elements' }],
  partitions: { kind: 'leading' },
  fallbackRuntimes: tfliteOnProcessor,
  fallbackPrecision: null,
}

export const edgeTpuRuntimes = defineRuntimes({
  'tflite-edgetpu': {
    name: 'TensorFlow Lite on the Edge TPU',
    aliases: ['edgetpu-compiler + tflite/libedgetpu'],
    drives: { 'edge-tpu': ['int8'] },
    fusion: 'compiler',
    baseMb: 4,
    support: [edgeTpu],
    preparation: 'ahead-of-time',
    takes: {
      network: 'other',
      source: 'https://coral.ai/docs/edgetpu/models-intro/ (static shapes, a list of operators without attention)',
    },
    measure: [tflite('--external_delegate_path=libedgetpu.so.1', '{model}.tflite compiled by edgetpu_compiler')],
  },
})
