/** Core ML, ONNX Runtime with Core ML, ExecuTorch with Core ML. */

import type { SupportTable } from '../../simulator/hardware/support-table.ts'
import { defineRuntimes } from './define.ts'
import { ort } from './measure.ts'
import { dataDependent, lacking, ortOnProcessor, set } from './support.ts'

const neuralEngine: SupportTable = {
  id: 'core-ml-ane',
  title: 'Core ML on the Apple Neural Engine',
  unitKinds: ['apple-neural-engine'],
  arithmetic: null,
  version: null,
  status: 'recalled',
  source: 'https://github.com/hollance/neural-engine/blob/master/docs/unsupported-layers.md (Apple publishes no list)',
  supported: set(),
  unsupported: lacking(
    'reported not to run on the Neural Engine',
    ...dataDependent,
    'lstm',
    'gru',
    'rnn',
    'random',
    'roi-pooling',
    'volumetric-convolution',
    'classical-model',
    'custom',
  ),
  unlisted: 'supported',
  limits: [],
  partitions: { kind: 'every' },
  fallbackRuntimes: ['coreml', 'accelerate', ...ortOnProcessor],
  fallbackPrecision: null,
}

export const coreMlRuntimes = defineRuntimes({
  coreml: {
    name: 'Core ML',
    aliases: ['CoreML', 'tflite-coreml-delegate(legacy)'],
    drives: {
      gpu: ['fp16', 'fp32'],
      'apple-neural-engine': ['fp16', 'int8-w8a16', 'int8', 'int6-w6a16', 'int4-w4a16', 'int2-w2a16'],
    },
    fusion: 'compiler',
    support: [neuralEngine],
    measure: [
      {
        tool: 'coremltools',
        source: 'https://apple.github.io/coremltools/docs-guides/source/model-prediction.html',
        needs:
          'coremltools on a Mac, and {model}.mlpackage; on a phone the performance report of Xcode measures the same',
        commands: [
          `python3 -m timeit -n 200 -s "import coremltools as ct, numpy as np; m = ct.models.MLModel('{model}.mlpackage', compute_units=ct.ComputeUnit.{flags}); x = {i.name: np.zeros(({dims}), np.float32) for i in m.get_spec().description.input}" "m.predict(x)"`,
        ],
        kindFlags: { 'apple-neural-engine': 'CPU_AND_NE', gpu: 'CPU_AND_GPU' },
        reads: '“per loop”',
      },
    ],
  },
  'onnxruntime-coreml': {
    name: 'ONNX Runtime with Core ML',
    aliases: ['onnxruntime-coreml'],
    drives: { 'apple-neural-engine': ['fp16'] },
    fusion: 'compiler',
    support: [neuralEngine],
    measure: [ort('coreml')],
  },
  'executorch-coreml': {
    name: 'ExecuTorch with Core ML',
    aliases: ['executorch-coreml'],
    drives: { 'apple-neural-engine': ['fp16'] },
    fusion: 'compiler',
    support: [neuralEngine],
  },
})
