/** RKNN, RKNN Toolkit Lite in Python, RKLLM. */

import type { SupportTable } from '../../simulator/hardware/support-table.ts'
import { defineRuntimes } from './define.ts'
import type { MeasureTool } from './measure.ts'
import { dataDependent, lacking, ortOnProcessor, set, tfliteOnProcessor } from './support.ts'

const rknn: SupportTable = {
  id: 'rknn-toolkit2',
  title: 'RKNN toolkit 2',
  unitKinds: ['npu'],
  arithmetic: null,
  version: '2',
  status: 'recalled',
  source: 'https://github.com/airockchip/rknn-toolkit2/tree/master/doc (RKNN compiler support operator list)',
  supported: set(),
  unsupported: lacking(
    'the runtime executes it on the processor or as a custom operator',
    ...dataDependent,
    'roi-pooling',
    'random',
    'rnn',
    'fourier',
    'classical-model',
    'custom',
  ),
  unlisted: 'supported',
  limits: [],
  partitions: { kind: 'every' },
  fallbackRuntimes: [...ortOnProcessor, ...tfliteOnProcessor],
  fallbackPrecision: null,
}

const rknnBenchmarkTool: MeasureTool = {
  tool: 'rknn_benchmark',
  source: 'https://github.com/airockchip/rknn-toolkit2/tree/master/rknpu2/examples/rknn_benchmark',
  needs: 'rknn_benchmark of the RKNPU2 examples, and {model}.rknn',
  commands: ['rknn_benchmark {model}.rknn "" 200 1'],
  reads: '“Avg Time”; the last number is the core mask: 1 = one core',
}

export const rockchipRuntimes = defineRuntimes({
  rknn: {
    name: 'RKNN',
    aliases: ['rknn-toolkit2 / rknpu2 runtime', 'rknn-toolkit 1.x / rknpu'],
    drives: { npu: ['int8', 'fp16', 'int8-w8a16'] },
    fusion: 'compiler',
    support: [rknn],
    preparation: 'ahead-of-time',
    takes: {
      network: 'other',
      source: 'https://github.com/airockchip/rknn-llm (language models are converted for RKLLM)',
    },
    measure: [rknnBenchmarkTool],
  },
  'rknn-python': {
    name: 'RKNN Toolkit Lite in Python',
    drives: { npu: ['int8', 'fp16'] },
    fusion: 'compiler',
    support: [rknn],
    takes: {
      network: 'other',
      source: 'https://github.com/airockchip/rknn-llm (language models are converted for RKLLM)',
    },
    measure: [rknnBenchmarkTool],
  },
  rkllm: {
    name: 'RKLLM',
    aliases: ['rknn-llm (RK3588/3576)'],
    drives: { npu: ['int8', 'int4-w4a16'] },
    fusion: 'compiler',
    takes: { network: 'language', source: 'https://github.com/airockchip/rknn-llm' },
    measure: [
      {
        tool: 'llm_demo',
        source: 'https://github.com/airockchip/rknn-llm',
        needs: 'llm_demo of the RKLLM examples, and {model}.rkllm',
        commands: ['RKLLM_LOG_LEVEL=1 llm_demo {model}.rkllm 64 192'],
        reads: 'the time of “Prefill” for a prompt of {tokens} tokens',
      },
    ],
  },
})
