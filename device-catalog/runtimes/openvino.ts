/**
 * OpenVINO, ONNX Runtime with OpenVINO.
 *
 * It quantizes activations by groups while it runs (dynamic quantization).
 */

import type { HostTimes } from '../../simulator/hardware/parameters.ts'
import type { SparsityRule } from '../../simulator/hardware/sparsity-rule.ts'
import type { SupportTable } from '../../simulator/hardware/support-table.ts'
import { defineRuntimes } from './define.ts'
import { ort } from './measure.ts'
import { denseMacs } from './sparsity.ts'
import { dataDependent, lacking, ortOnProcessor, set, sizeDependsOnData } from './support.ts'

const openvinoSupport: SupportTable = {
  id: 'openvino-npu',
  title: 'OpenVINO NPU plugin, compiled as a whole',
  unitKinds: ['npu'],
  arithmetic: null,
  version: null,
  status: 'recalled',
  source: 'https://docs.openvino.ai/2025/documentation/compatibility-and-support/supported-operations.html',
  supported: set(),
  unsupported: lacking(sizeDependsOnData, ...dataDependent),
  unlisted: 'supported',
  limits: [],
  partitions: { kind: 'every' },
  fallbackRuntimes: null,
  fallbackPrecision: null,
}

const ortOpenvino: SupportTable = {
  ...openvinoSupport,
  id: 'ort-openvino-npu',
  title: 'OpenVINO execution provider of ONNX Runtime on the NPU',
  fallbackRuntimes: ortOnProcessor,
}

const sparseWeights: SparsityRule = {
  kinds: ['cpu-simd'],
  families: ['sapphire-rapids', 'emerald-rapids', 'granite-rapids'],
  arithmetics: ['int8'],
  classes: ['fully-connected'],
  pointwise: false,
  pattern: 'any',
  leastZeroShare: 0.8,
  macs: denseMacs,
  // One bit per weight says which are kept.
  bytes: { keptShare: null, indexBitsPerKept: 0, indexBitsPerWeight: 1, codingShare: 0 },
  source: 'OpenVINO documentation, "Sparse weights decompression (x86-64)"',
}

/** Every length is a shape of its own, prepared kernel by kernel. */
const dynamicShapes: HostTimes = { perPassS: 5e-3, perLogitS: 30e-9, perPromptS: 25e-3, perPromptLogitS: 400e-9 }

export const openvinoRuntimes = defineRuntimes({
  openvino: {
    name: 'OpenVINO',
    aliases: [
      'openvino-cpu',
      'OpenVINO',
      'OpenVINO (NPU plugin)',
      'OpenVINO (GPU plugin)',
      'OpenVINO <=2022.3 (MYRIAD plugin, end of life)',
    ],
    drives: {
      'cpu-simd': ['fp32', 'fp16', 'int8', 'int8-w8a16', 'int4-w4a16'],
      npu: ['int8', 'fp16', 'int8-w8a16', 'int4-w4a16'],
      gpu: ['int8', 'fp16', 'int8-w8a16', 'int4-w4a16', 'fp32'],
    },
    fusion: 'compiler',
    baseMb: 50,
    winograd: true,
    packedProducts: 'all',
    overheads: {
      gpu: { perKernelUs: 8, perInferenceUs: 150, host: dynamicShapes, reach: 0.7 },
      'cpu-simd': { reach: 1.2 },
    },
    support: [openvinoSupport],
    sparsity: [sparseWeights],
    halvesFloats: true,
    measure: [
      {
        tool: 'benchmark_app',
        source: 'https://docs.openvino.ai/2025/get-started/learn-openvino/openvino-samples/benchmark-tool.html',
        needs: 'OpenVINO (pip install openvino), and {model}.onnx or .xml',
        commands: ['benchmark_app -m {model}.onnx -d {flags} -b {batch} -hint latency -api sync -t 30'],
        kindFlags: { 'cpu-simd': 'CPU', gpu: 'GPU', npu: 'NPU' },
        reads: 'the median latency',
      },
    ],
  },
  'onnxruntime-openvino': {
    name: 'ONNX Runtime with OpenVINO',
    aliases: ['onnxruntime-openvino'],
    drives: { npu: ['int8', 'fp16'], gpu: ['int8', 'fp16', 'fp32'] },
    fusion: 'compiler',
    support: [ortOpenvino],
    measure: [
      {
        ...ort('openvino', '{flags}'),
        kindFlags: { npu: ' -i "device_type|NPU"', gpu: ' -i "device_type|GPU"' },
      },
    ],
  },
})
