/**
 * Fixed costs by kind and runtime **(defaults)**, in microseconds: starting one kernel, and one inference
 * (docs/method/latency.md, LAT-3). Small networks are decided here.
 */
import { sFromUs } from '../quantities.ts'
import type { UnitKind } from './device.ts'
import type { LawParametersPatch } from './parameters.ts'

interface Overhead {
  readonly kind: UnitKind
  readonly runtimes: readonly string[]
  readonly perKernelUs: number
  readonly perInferenceUs: number
}

const overheads: readonly Overhead[] = [
  { kind: 'gpu', runtimes: ['tensorrt', 'onnxruntime-tensorrt'], perKernelUs: 3, perInferenceUs: 40 },
  { kind: 'gpu', runtimes: ['onnxruntime-cuda', 'torchscript', 'pplnn'], perKernelUs: 6, perInferenceUs: 60 },
  {
    kind: 'gpu',
    runtimes: ['pytorch-eager', 'pytorch-eager-nchw', 'pytorch-eager-nhwc'],
    perKernelUs: 8,
    perInferenceUs: 60,
  },
  { kind: 'gpu', runtimes: ['pytorch-compile-nchw'], perKernelUs: 4, perInferenceUs: 60 },
  { kind: 'gpu', runtimes: ['tflite-gpu', 'armnn-opencl', 'snpe', 'litert-qnn'], perKernelUs: 12, perInferenceUs: 500 },
  { kind: 'gpu', runtimes: ['ncnn-vulkan', 'executorch-vulkan'], perKernelUs: 20, perInferenceUs: 800 },
  { kind: 'gpu', runtimes: ['openvino', 'onnxruntime-directml'], perKernelUs: 8, perInferenceUs: 150 },
  { kind: 'gpu', runtimes: ['onnxruntime-webgpu', 'tfjs-webgl'], perKernelUs: 40, perInferenceUs: 1000 },
  { kind: 'cpu-simd', runtimes: ['pytorch-eager'], perKernelUs: 15, perInferenceUs: 200 },
  { kind: 'cpu-simd', runtimes: ['tf-graphdef', 'tf-savedmodel'], perKernelUs: 10, perInferenceUs: 500 },
  { kind: 'wasm-simd', runtimes: ['onnxruntime-web', 'tfjs-wasm'], perKernelUs: 4, perInferenceUs: 300 },
  { kind: 'mcu-cpu', runtimes: ['tflm', 'cmsis-nn'], perKernelUs: 10, perInferenceUs: 60 },
]

/** As scopes of a parameter table. */
export const overheadScopes: Readonly<Record<string, LawParametersPatch>> = Object.fromEntries(
  overheads.flatMap(({ kind, runtimes, perKernelUs, perInferenceUs }) =>
    runtimes.map((runtime): [string, LawParametersPatch] => [
      `${kind}|${runtime}`,
      { perKernelS: sFromUs(perKernelUs), perInferenceS: sFromUs(perInferenceUs) },
    ]),
  ),
)
