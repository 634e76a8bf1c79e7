/** Vitis AI, ONNX Runtime with Vitis AI. */

import type { SupportTable } from '../../simulator/hardware/support-table.ts'
import { defineRuntimes } from './define.ts'
import { ort } from './measure.ts'
import { lacking, ortOnProcessor, set, tfliteOnProcessor } from './support.ts'

const vitisAi: SupportTable = {
  id: 'vitis-ai-dpu',
  title: 'Vitis AI compiler for the DPU',
  unitKinds: ['fpga-dpu'],
  arithmetic: null,
  version: '3.5',
  status: 'recalled',
  source: 'https://docs.amd.com/r/en-US/ug1414-vitis-ai/Currently-Supported-Operators',
  supported: set(
    'convolution',
    'transposed-convolution',
    'fully-connected',
    'max-pooling',
    'average-pooling',
    'mean',
    'add',
    'multiply',
    'concatenate',
    'pad',
    'relu',
    'bounded-relu',
    'leaky-relu',
    'prelu',
    'hard-sigmoid',
    'hard-swish',
    'batch-normalization',
    'resize',
    'space-to-depth',
    'depth-to-space',
    'slice',
    'quantize',
    'dequantize',
  ),
  unsupported: lacking(
    'left to a processor subgraph',
    'softmax',
    'sigmoid',
    'tanh',
    'matmul',
    'layer-normalization',
    'gelu',
  ),
  unlisted: 'unsupported',
  limits: [],
  partitions: { kind: 'every' },
  fallbackRuntimes: [...ortOnProcessor, ...tfliteOnProcessor],
  fallbackPrecision: null,
}

export const vitisAiRuntimes = defineRuntimes({
  'vitis-ai': {
    name: 'Vitis AI',
    aliases: ['Vitis AI Runtime (VART)'],
    drives: { 'fpga-dpu': ['int8'] },
    fusion: 'compiler',
    support: [vitisAi],
    preparation: 'ahead-of-time',
    measure: [
      {
        tool: 'xdputil',
        source: 'https://docs.amd.com/r/en-US/ug1414-vitis-ai/xdputil-Tool',
        needs: 'Vitis AI on the board, and {model}.xmodel',
        commands: ['xdputil benchmark {model}.xmodel 1'],
        reads: '1000 divided by FPS',
      },
    ],
  },
  'onnxruntime-vitisai': {
    name: 'ONNX Runtime with Vitis AI',
    aliases: ['Ryzen AI Software (onnxruntime-vitisai)', 'WindowsML', 'onnxruntime-vitisai'],
    drives: { npu: ['int8', 'bf16'], 'fpga-dpu': ['int8'] },
    fusion: 'compiler',
    support: [vitisAi],
    measure: [ort('vitisai')],
  },
})
