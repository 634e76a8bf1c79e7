/** Qualcomm QNN on the Hexagon HTP, by the runtime that calls it. */
import { dataDependent, lacking, ortRuntimes, set, tfliteRuntimes } from './support-phrases.ts'
import type { SupportTable } from './support-table.ts'

const qnnSource =
  'https://onnxruntime.ai/docs/execution-providers/QNN-ExecutionProvider.html#supported-onnx-operators; https://docs.qualcomm.com/bundle/publicresource/topics/80-63442-10/HtpOpDefSupplement.html'
const qnnLacks = lacking(
  'the HTP back end has no such operation',
  ...dataDependent,
  'roi-pooling',
  'rnn',
  'random',
  'fourier',
  'classical-model',
  'custom',
  'unpooling',
)

export const qnn: SupportTable = {
  id: 'qnn-htp',
  title: 'QNN on the Hexagon tensor processor, under an interpreter',
  unitKinds: ['hexagon-htp'],
  runtimes: ['litert-qnn', 'executorch-qnn', 'snpe'],
  arithmetic: null,
  version: null,
  status: 'recalled',
  source: qnnSource,
  supported: set(),
  unsupported: qnnLacks,
  unlisted: 'supported',
  limits: [],
  partitions: { kind: 'every' },
  fallbackRuntimes: [...tfliteRuntimes, ...ortRuntimes],
  fallbackPrecision: null,
}

export const ortQnn: SupportTable = {
  ...qnn,
  id: 'ort-qnn-htp',
  title: 'QNN execution provider of ONNX Runtime on the Hexagon tensor processor',
  runtimes: ['ort-qnn', 'ort-qnn-ctx'],
  fallbackRuntimes: ortRuntimes,
}

/**
 * What AI Hub's jobs count as layers of the processor with ONNX Runtime 1.23 where the network is quantized: two for each
 * MatMul with stored weights, four for each batch normalisation that is no part of a convolution, and on it no other
 * operation. Both run there between a dequantization and a quantization, in floating point: 8- and 16-bit activations
 * take equally long.
 */
export const ortQnnQuantized: SupportTable = {
  ...ortQnn,
  id: 'ort-qnn-htp-int8',
  title: 'QNN execution provider of ONNX Runtime on the Hexagon tensor processor, quantized',
  runtimes: ['ort-qnn'],
  arithmetic: 'int8',
  version: '1.23',
  source: `${qnnSource}; https://aihub.qualcomm.com`,
  unsupported: new Map([
    ...qnnLacks,
    ...lacking(
      'the execution provider leaves it to the processor where its constants are quantized',
      'batch-normalization',
    ),
  ]),
  limits: [
    {
      operation: 'matmul',
      of: 'constants',
      most: 0,
      reason: 'the execution provider leaves it to the processor where its weights are quantized',
    },
  ],
  fallbackPrecision: 'fp32',
}

export const qnnContext: SupportTable = {
  ...qnn,
  id: 'qnn-htp-whole-graph',
  title: 'QNN graph on the Hexagon tensor processor, compiled as a whole',
  runtimes: ['qnn-dlc', 'qnn-ctx'],
  fallbackRuntimes: null,
}
