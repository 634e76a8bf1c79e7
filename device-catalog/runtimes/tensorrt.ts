/** TensorRT, ONNX Runtime with TensorRT, TensorRT-LLM. */
import type { SparsityRule } from '../../simulator/hardware/sparsity-rule.ts'
import type { SupportTable } from '../../simulator/hardware/support-table.ts'
import { defineRuntimes } from './define.ts'
import { ort } from './measure.ts'
import { halfTheMacs, twoOfFourBytes } from './sparsity.ts'
import { lacking, set } from './support.ts'

const tensorrtSupport: SupportTable = {
  id: 'onnx-tensorrt',
  title: 'TensorRT by its ONNX parser',
  unitKinds: ['gpu', 'npu'],
  arithmetic: null,
  version: '10',
  status: 'recalled',
  source: 'https://github.com/onnx/onnx-tensorrt/blob/main/docs/operators.md',
  supported: set(),
  unsupported: lacking(
    'the ONNX parser of TensorRT lists it as not supported',
    'integer-convolution',
    'integer-matmul',
    'dynamic-quantize',
    'unpooling',
    'unique',
    'classical-model',
  ),
  unlisted: 'supported',
  limits: [],
  partitions: { kind: 'every' },
  fallbackRuntimes: null,
  fallbackPrecision: null,
}

/** Sparse tensor cores. */
const sparseTensorCores: SparsityRule = {
  kinds: ['gpu'],
  families: ['ampere', 'ada', 'hopper', 'blackwell'],
  arithmetics: ['fp16', 'bf16', 'fp8', 'int8'],
  classes: ['convolution', 'fully-connected'],
  pointwise: false,
  pattern: '2:4',
  leastZeroShare: 0.5,
  macs: halfTheMacs,
  bytes: twoOfFourBytes,
  source: 'arXiv:2104.08378; TensorRT developer guide, "Structured sparsity"',
}

export const tensorrtRuntimes = defineRuntimes({
  tensorrt: {
    name: 'TensorRT',
    aliases: [
      'TensorRT',
      'TensorRT 10',
      'TensorRT<=8.2 (JetPack 4.6)',
      'TensorRT (DLA)',
      'TensorRT (DriveOS)',
      'TensorRT (DriveOS 7)',
      'container',
    ],
    drives: { gpu: ['fp16', 'fp32', 'int8', 'fp8', 'bf16'], npu: ['int8', 'fp16'] },
    fusion: 'compiler',
    baseMb: 400,
    overheads: {
      gpu: { perKernelUs: 3, perInferenceUs: 40 },
    },
    support: [tensorrtSupport],
    sparsity: [sparseTensorCores],
    measure: [
      {
        tool: 'trtexec',
        source: 'https://github.com/NVIDIA/TensorRT/tree/main/samples/trtexec',
        needs: 'TensorRT, and {model}.onnx with its input fixed to a batch of {batch}',
        commands: ['trtexec --onnx={model}.onnx {flags} --warmUp=2000 --duration=30 --useSpinWait --noDataTransfers'],
        precisionFlags: {
          fp32: '--noTF32',
          fp16: '--fp16',
          bf16: '--bf16',
          int8: '--int8 --fp16',
          fp8: '--fp8 --fp16',
        },
        kindFlags: { npu: '--useDLACore=0 --allowGPUFallback' },
        reads: 'the median of “GPU Compute Time”',
      },
    ],
  },
  'onnxruntime-tensorrt': {
    name: 'ONNX Runtime with TensorRT',
    aliases: ['onnxruntime-tensorrt', 'ONNX Runtime (CUDA/TRT EP)'],
    drives: { gpu: ['fp16', 'int8', 'fp32'] },
    fusion: 'compiler',
    baseMb: 500,
    overheads: {
      gpu: { perKernelUs: 3, perInferenceUs: 40 },
    },
    sparsity: [sparseTensorCores],
    measure: [
      {
        ...ort('tensorrt', '{flags}'),
        precisionFlags: {
          fp16: ' -i "trt_fp16_enable|true"',
          int8: ' -i "trt_int8_enable|true trt_fp16_enable|true"',
          fp32: '',
        },
      },
    ],
  },
  'tensorrt-llm': {
    name: 'TensorRT-LLM',
    aliases: ['TensorRT-LLM'],
    drives: { gpu: ['fp8', 'fp16', 'bf16', 'int8-w8a16', 'int4-w4a16'] },
    fusion: 'compiler',
    sparsity: [sparseTensorCores],
    takes: { network: 'language', source: 'https://nvidia.github.io/TensorRT-LLM/' },
  },
})
