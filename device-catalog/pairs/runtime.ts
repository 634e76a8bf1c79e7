/**
 * Runtimes that are not modelled on a unit, and the relative that answers for them **(assumed)**.
 *
 * Each list holds runtimes that drive the same kind of unit in the same way (same vendor compiler, same kernels or
 * same programming model), nearest kin side by side.
 */
import type { ComputeUnit } from '../../simulator/hardware/device.ts'

const relatives: readonly (readonly string[])[] = [
  // Qualcomm's compiler behind several front ends
  ['qnn-ctx', 'qnn-dlc', 'ort-qnn-ctx', 'ort-qnn', 'litert-qnn', 'snpe', 'genie'],
  // NVIDIA engines built ahead of time
  ['tensorrt', 'onnxruntime-tensorrt', 'tensorrt-llm', 'pplnn'],
  // CUDA libraries kernel by kernel
  [
    'pytorch-compile-nchw',
    'pytorch-eager-nchw',
    'pytorch-eager-nhwc',
    'pytorch-eager',
    'torchscript',
    'onnxruntime-cuda',
    'onnxruntime',
    'tf-graphdef',
    'tf-savedmodel',
    'paddlepaddle',
    'llama.cpp-cuda',
  ],
  // CPU libraries
  [
    'tflite',
    'tflite-ruy',
    'xnnpack',
    'tflite-xnnpack',
    'executorch-xnnpack',
    'executorch-xnnpack-kleidiai',
    'onnxruntime',
    'onnxruntime-cpu',
    'ncnn',
    'ncnn-vulkan',
    'mnn',
    'armnn-neon',
    'openvino',
    'tvm-cpu',
    'paddlepaddle',
    'pytorch-eager',
    'torchscript',
    'tf-graphdef',
    'tf-savedmodel',
  ],
  // compute shaders
  ['ncnn-vulkan', 'executorch-vulkan', 'ncnn', 'armnn-opencl', 'tflite-gpu', 'tfjs-webgl', 'mnn', 'snpe'],
  // microcontroller libraries
  ['tflm', 'cmsis-nn', 'cube-ai', 'stedgeai', 'microtvm', 'plumerai', 'onnc', 'bosch-hale', 'esp-dl', 'vendor'],
  ['tflm-npu', 'tflite-ethosu', 'stedgeai', 'x-linux-ai'],
  ['rknn', 'rknn-python', 'rkllm'],
  ['coreml', 'executorch-coreml', 'llama.cpp-metal'],
  ['tfjs-wasm', 'onnxruntime-web', 'tfjs-plain-js'],
]

/**
 * The runtime of the unit that answers for `wished`: itself, its nearest relative, or else the unit's preferred one;
 * among those that execute `precision` where there are any. `null` when the unit has no runtime at all.
 */
export function runtimeFor(unit: ComputeUnit, wished: string, precision: string): string | null {
  const executing = unit.runtimes.filter(({ precisions }) => precisions.some((id) => id === precision))
  const available = (executing.length > 0 ? executing : unit.runtimes).map(({ id }) => id)
  if (available.includes(wished)) return wished
  for (const kin of relatives) {
    const at = kin.indexOf(wished)
    if (at < 0) continue
    const nearest = kin
      .map((id, index) => ({ id, distance: Math.abs(index - at) }))
      .sort((a, b) => a.distance - b.distance)
      .find(({ id }) => available.includes(id))
    if (nearest !== undefined) return nearest.id
  }
  return available[0] ?? null
}
