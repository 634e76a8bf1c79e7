/**
 * Networks that a runtime is made for, as data: some execute language models and nothing else, some leave those to another
 * runtime of their vendor or have no memory for them. A runtime that is not listed takes any network.
 */
import type { NetworkKind } from '../cost/network-kind.ts'

interface Row {
  readonly takes: NetworkKind
  readonly runtimes: readonly string[]
  readonly source: string
}

const rows: readonly Row[] = [
  {
    takes: 'language',
    runtimes: [
      'llama.cpp-cpu',
      'llama.cpp-cuda',
      'llama.cpp-metal',
      'llama.cpp-vulkan',
      'llama.cpp-opencl',
      'llama.cpp-hexagon',
    ],
    source: 'https://github.com/ggml-org/llama.cpp (README, "LLM inference in C/C++")',
  },
  { takes: 'language', runtimes: ['vllm'], source: 'https://docs.vllm.ai/en/latest/models/supported_models.html' },
  { takes: 'language', runtimes: ['vllm-tpu'], source: 'https://github.com/vllm-project/tpu-inference' },
  { takes: 'language', runtimes: ['tensorrt-llm'], source: 'https://nvidia.github.io/TensorRT-LLM/' },
  { takes: 'language', runtimes: ['rkllm'], source: 'https://github.com/airockchip/rknn-llm' },
  { takes: 'language', runtimes: ['webllm', 'mlc-llm'], source: 'https://github.com/mlc-ai/web-llm' },
  { takes: 'language', runtimes: ['mlx'], source: 'https://github.com/ml-explore/mlx-lm' },
  {
    takes: 'language',
    runtimes: ['genie'],
    source: 'https://docs.qualcomm.com/bundle/publicresource/topics/80-63442-100/ (Genie: generative models)',
  },
  {
    takes: 'other',
    runtimes: ['rknn', 'rknn-python'],
    source: 'https://github.com/airockchip/rknn-llm (language models are converted for RKLLM)',
  },
  {
    takes: 'other',
    runtimes: ['tflite-edgetpu'],
    source: 'https://coral.ai/docs/edgetpu/models-intro/ (static shapes, a list of operators without attention)',
  },
  {
    takes: 'other',
    runtimes: ['tflm', 'tflm-npu', 'cube-ai', 'stedgeai', 'esp-dl', 'microtvm', 'plumerai', 'bosch-hale', 'onnc'],
    source: 'https://github.com/tensorflow/tflite-micro (README: devices with only kilobytes of memory)',
  },
]

const takenBy = new Map(rows.flatMap(({ runtimes, takes }) => runtimes.map((id) => [id, takes] as const)))

export function runtimeTakes(runtime: string, network: NetworkKind): boolean {
  return (takenBy.get(runtime) ?? network) === network
}
