/**
 * What a runtime changes on a kind of unit **(defaults)**: the fixed cost of a kernel and of an inference in
 * microseconds (docs/method/latency.md, LAT-3), and how much of the kind's efficiency its kernels reach (LAT-2).
 *
 * Small networks are decided by the fixed costs. Reach is rough on purpose: 1 = the vendor's own library.
 */
import { sFromUs } from '../quantities.ts'
import type { UnitKind } from './device.ts'
import { kindParameters, scaleEfficiency } from './kind-parameters.ts'
import type { HostTimes, LawParametersPatch } from './parameters.ts'

interface RuntimeRow {
  readonly kind: UnitKind
  readonly runtimes: readonly string[]
  readonly perKernelUs?: number
  readonly perInferenceUs?: number
  readonly host?: HostTimes
  readonly reach?: number
  readonly bytesPerCoreCycle?: number
}

const eagerGpu = ['pytorch-eager', 'pytorch-eager-nchw', 'pytorch-eager-nhwc']
const tfliteCpu = ['tflite', 'tflite-ruy', 'xnnpack', 'executorch-xnnpack', 'executorch-xnnpack-kleidiai']

/** Every length is a shape of its own, prepared kernel by kernel. */
const dynamicShapes: HostTimes = { perPassS: 5e-3, perLogitS: 30e-9, perPromptS: 25e-3, perPromptLogitS: 400e-9 }

const rows: readonly RuntimeRow[] = [
  { kind: 'gpu', runtimes: ['tensorrt', 'onnxruntime-tensorrt'], perKernelUs: 3, perInferenceUs: 40 },
  { kind: 'gpu', runtimes: ['onnxruntime-cuda', 'torchscript', 'pplnn'], perKernelUs: 6, perInferenceUs: 60 },
  { kind: 'gpu', runtimes: eagerGpu, perKernelUs: 8, perInferenceUs: 60 },
  { kind: 'gpu', runtimes: ['pytorch-compile-nchw'], perKernelUs: 4, perInferenceUs: 60 },
  { kind: 'gpu', runtimes: ['tflite-gpu', 'snpe', 'litert-qnn'], perKernelUs: 12, perInferenceUs: 500 },
  { kind: 'gpu', runtimes: ['armnn-opencl', 'mnn-opencl'], perKernelUs: 12, perInferenceUs: 500, reach: 0.4 },
  { kind: 'gpu', runtimes: ['ncnn-vulkan', 'executorch-vulkan'], perKernelUs: 20, perInferenceUs: 800, reach: 0.4 },
  {
    kind: 'gpu',
    runtimes: ['openvino'],
    perKernelUs: 8,
    perInferenceUs: 150,
    host: dynamicShapes,
    reach: 0.7,
  },
  { kind: 'gpu', runtimes: ['onnxruntime-directml'], perKernelUs: 8, perInferenceUs: 150, reach: 0.7 },
  { kind: 'gpu', runtimes: ['llama.cpp-cuda', 'llama.cpp-vulkan'], reach: 0.7, bytesPerCoreCycle: 13 },
  {
    kind: 'gpu',
    runtimes: ['onnxruntime-web-webgpu', 'tfjs-webgl', 'tfjs-webgpu', 'webllm'],
    perKernelUs: 40,
    perInferenceUs: 1000,
    reach: 0.4,
  },
  { kind: 'cpu-simd', runtimes: ['openvino', 'accelerate'], reach: 1.2 },
  { kind: 'cpu-simd', runtimes: tfliteCpu, reach: 0.7 },
  { kind: 'cpu-simd', runtimes: ['armnn-neon', 'onnxruntime', 'onnxruntime-cpu', 'torchscript'], reach: 0.7 },
  { kind: 'cpu-simd', runtimes: ['pytorch-eager'], perKernelUs: 15, perInferenceUs: 200, reach: 0.4 },
  { kind: 'cpu-simd', runtimes: ['tf-graphdef', 'tf-savedmodel'], perKernelUs: 10, perInferenceUs: 500, reach: 0.7 },
  { kind: 'gpu', runtimes: ['tvm', 'iree', 'xla'], perKernelUs: 6, perInferenceUs: 80, reach: 0.7 },
  { kind: 'cpu-simd', runtimes: ['tvm', 'iree', 'xla'], perKernelUs: 2, perInferenceUs: 30, reach: 0.8 },
  // Loops without a schedule for the core reach a few per cent of the peak.
  { kind: 'cpu-simd', runtimes: ['tvm-cpu'], reach: 0.1 },
  { kind: 'wasm-simd', runtimes: ['onnxruntime-web-wasm', 'tfjs-wasm'], perKernelUs: 4, perInferenceUs: 300 },
  { kind: 'mcu-cpu', runtimes: ['tflm'], perKernelUs: 10, perInferenceUs: 60, reach: 0.6 },
  { kind: 'mcu-cpu', runtimes: ['microtvm', 'tvm', 'onnc'], reach: 0.6 },
]

/** As scopes of a parameter table. */
export const overheadScopes: Readonly<Record<string, LawParametersPatch>> = Object.fromEntries(
  rows.flatMap((row) => row.runtimes.map((runtime) => [`${row.kind}|${runtime}`, patchOf(row)] as const)),
)

function patchOf({
  kind,
  perKernelUs,
  perInferenceUs,
  host,
  reach,
  bytesPerCoreCycle,
}: RuntimeRow): LawParametersPatch {
  const { efficiency } = kindParameters[kind]
  return {
    ...(perKernelUs === undefined ? {} : { perKernelS: sFromUs(perKernelUs) }),
    ...(perInferenceUs === undefined ? {} : { perInferenceS: sFromUs(perInferenceUs) }),
    ...(host === undefined ? {} : { host }),
    ...(bytesPerCoreCycle === undefined ? {} : { bytesPerCoreCycle }),
    ...(reach === undefined ? {} : { efficiency: scaleEfficiency(efficiency, reach) }),
  }
}
