/** QNN deep learning container, QNN context binary, LiteRT with QNN, ONNX Runtime with QNN, ONNX Runtime with a QNN context binary, ExecuTorch with QNN, SNPE, Qualcomm Genie. */

import type { SupportTable } from '../../simulator/hardware/support-table.ts'
import { defineRuntimes } from './define.ts'
import { type MeasureTool, ort, tflite } from './measure.ts'
import { dataDependent, lacking, ortOnProcessor, set, tfliteOnProcessor } from './support.ts'

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

const qnn: SupportTable = {
  id: 'qnn-htp',
  title: 'QNN on the Hexagon tensor processor, under an interpreter',
  unitKinds: ['hexagon-htp'],
  arithmetic: null,
  version: null,
  status: 'recalled',
  source: qnnSource,
  supported: set(),
  unsupported: qnnLacks,
  unlisted: 'supported',
  limits: [],
  partitions: { kind: 'every' },
  fallbackRuntimes: [...tfliteOnProcessor, ...ortOnProcessor],
  fallbackPrecision: null,
}

const ortQnn: SupportTable = {
  ...qnn,
  id: 'ort-qnn-htp',
  title: 'QNN execution provider of ONNX Runtime on the Hexagon tensor processor',
  fallbackRuntimes: ortOnProcessor,
}

/**
 * What AI Hub's jobs count as layers of the processor with ONNX Runtime 1.23 where the network is quantized: two for each
 * MatMul with stored weights, four for each batch normalisation that is no part of a convolution, and on it no other
 * operation. Both run there between a dequantization and a quantization, in floating point: 8- and 16-bit activations
 * take equally long.
 */
const ortQnnQuantized: SupportTable = {
  ...ortQnn,
  id: 'ort-qnn-htp-int8',
  title: 'QNN execution provider of ONNX Runtime on the Hexagon tensor processor, quantized',
  arithmetic: 'int8',
  version: '1.23',
  source: `${qnnSource}; https://aihub.qualcomm.com`,
  unsupported: {
    ...qnnLacks,
    ...lacking(
      'the execution provider leaves it to the processor where its constants are quantized',
      'batch-normalization',
    ),
  },
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

const qnnContext: SupportTable = {
  ...qnn,
  id: 'qnn-htp-whole-graph',
  title: 'QNN graph on the Hexagon tensor processor, compiled as a whole',
  fallbackRuntimes: null,
}

const onnxruntimePerfTestTool: MeasureTool = ort('qnn', ' -i "backend_path|libQnnHtp.so htp_performance_mode|burst"')

export const qnnRuntimes = defineRuntimes({
  'qnn-dlc': {
    name: 'QNN deep learning container',
    aliases: ['QNN/QAIRT', 'QNN/QAIRT (QNX)', 'QNN/QAIRT (context binary, DLC)'],
    drives: { 'hexagon-htp': ['int8', 'int8-w8a16', 'int8-mixed-int16', 'int8-w8a16-mixed-int16', 'fp16'] },
    fusion: 'compiler',
    support: [qnnContext],
    measure: [
      {
        tool: 'qnn-net-run',
        source: 'https://docs.qualcomm.com/bundle/publicresource/topics/80-63442-50/tools.html',
        needs: 'the QAIRT SDK, {model}.dlc, and inputs.txt that lists a raw input',
        commands: [
          'qnn-net-run --backend libQnnHtp.so --model libQnnModelDlc.so --dlc_path {model}.dlc --input_list inputs.txt --perf_profile burst --profiling_level basic --num_inferences 200',
          'qnn-profile-viewer --input_log output/qnn-profiling-data.log',
        ],
        reads: '“Accelerator (execute) time”, in microseconds',
      },
    ],
  },
  'qnn-ctx': {
    name: 'QNN context binary',
    aliases: ['QNN/QAIRT (context binary, DLC)'],
    drives: { 'hexagon-htp': ['int8-w8a16', 'fp16', 'int4-w4a16'] },
    fusion: 'compiler',
    support: [qnnContext],
    preparation: 'ahead-of-time',
    measure: [
      {
        tool: 'qnn-net-run',
        source: 'https://docs.qualcomm.com/bundle/publicresource/topics/80-63442-50/tools.html',
        needs: 'the QAIRT SDK, {model}.bin, and inputs.txt that lists a raw input',
        commands: [
          'qnn-net-run --backend libQnnHtp.so --retrieve_context {model}.bin --input_list inputs.txt --perf_profile burst --profiling_level basic --num_inferences 200',
          'qnn-profile-viewer --input_log output/qnn-profiling-data.log',
        ],
        reads: '“Accelerator (execute) time”, in microseconds',
      },
    ],
  },
  'litert-qnn': {
    name: 'LiteRT with QNN',
    aliases: ['tflite-qnn-delegate', 'qnn-gpu'],
    drives: { 'hexagon-htp': ['int8', 'fp16'], gpu: ['fp16', 'int8'], 'cpu-simd': ['fp32'] },
    fusion: 'compiler',
    volumesOnVectors: true,
    overheads: {
      gpu: { perKernelUs: 12, perInferenceUs: 500 },
    },
    support: [qnn],
    measure: [
      {
        ...tflite(
          '--external_delegate_path=libQnnTFLiteDelegate.so --external_delegate_options="backend_type:{flags};htp_performance_mode:2"',
        ),
        kinds: ['hexagon-htp', 'gpu'],
        kindFlags: { 'hexagon-htp': 'htp', gpu: 'gpu' },
      },
      tflite('--num_threads={threads}'),
    ],
  },
  'ort-qnn': {
    name: 'ONNX Runtime with QNN',
    aliases: ['onnxruntime-qnn'],
    drives: {
      'hexagon-htp': ['int8', 'int8-w8a16', 'int8-mixed-int16', 'int8-w8a16-mixed-int16', 'fp16'],
      'cpu-simd': ['int8', 'int8-w8a16', 'int8-mixed-int16', 'int8-w8a16-mixed-int16'],
    },
    fusion: 'compiler',
    support: [ortQnn, ortQnnQuantized],
    measure: [onnxruntimePerfTestTool],
  },
  'ort-qnn-ctx': {
    name: 'ONNX Runtime with a QNN context binary',
    drives: { 'hexagon-htp': ['int8-w8a16', 'fp16'] },
    fusion: 'compiler',
    support: [ortQnn],
    preparation: 'ahead-of-time',
    measure: [onnxruntimePerfTestTool],
  },
  'executorch-qnn': {
    name: 'ExecuTorch with QNN',
    aliases: ['executorch-qnn'],
    drives: { 'hexagon-htp': ['int8', 'int8-w8a16', 'fp16'] },
    fusion: 'compiler',
    support: [qnn],
  },
  snpe: {
    name: 'SNPE',
    aliases: ['SNPE', 'hexagon-nn'],
    drives: { 'hexagon-htp': ['int8', 'fp16'], gpu: ['fp16'] },
    fusion: 'compiler',
    overheads: {
      gpu: { perKernelUs: 12, perInferenceUs: 500 },
    },
    support: [qnn],
    measure: [
      {
        tool: 'snpe-net-run',
        source: 'https://docs.qualcomm.com/bundle/publicresource/topics/80-63442-2/tools.html',
        needs: 'the SNPE SDK, {model}.dlc, and inputs.txt that lists a raw input',
        commands: [
          'snpe-net-run --container {model}.dlc --input_list inputs.txt {flags} --perf_profile burst --profiling_level basic',
          'snpe-diagview --input_log output/SNPEDiag_0.log',
        ],
        kindFlags: { 'hexagon-htp': '--use_dsp', gpu: '--use_gpu' },
        reads: '“Total Inference Time”, in microseconds',
      },
    ],
  },
  genie: {
    name: 'Qualcomm Genie',
    aliases: ['genie'],
    drives: { 'hexagon-htp': ['int4-w4a16', 'int4-w4f16', 'int4'] },
    fusion: 'compiler',
    takes: {
      network: 'language',
      source: 'https://docs.qualcomm.com/bundle/publicresource/topics/80-63442-100/ (Genie: generative models)',
    },
    measure: [
      {
        tool: 'genie-t2t-run',
        source: 'https://docs.qualcomm.com/bundle/publicresource/topics/80-63442-100/tools.html',
        needs: 'the QAIRT SDK, and genie.json that names the binaries of {model}',
        commands: ['genie-t2t-run -c genie.json --prompt_file prompt.txt --profile profile.json'],
        reads: '“time-to-first-token” of a prompt of {tokens} tokens, in microseconds',
      },
    ],
  },
})
