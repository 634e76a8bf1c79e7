/**
 * What a runtime is like, as data: how it fuses and how much memory it needs before any model **(defaults)**.
 *
 * Ids are those of the measurement tables. A runtime that is not listed is taken for a graph compiler, which is what
 * vendor toolchains are. `baseBytes`: resident size of library and context, order of magnitude.
 */
import type { FusionProfileId } from '../cost/fusion-profiles.ts'
import { bytesFromKib, bytesFromMb } from '../quantities.ts'
import type { Segment } from './device.ts'

export interface RuntimeTraits {
  readonly fusionProfile: FusionProfileId
  /** `null` = not known. */
  readonly baseBytes: number | null
  /** 3×3 stride-1 convolutions in floating point run as Winograd F(2,3): 2.25 times fewer multiplies. */
  readonly winograd: boolean
  readonly packedProducts: PackedProducts
  /** Attention is two products with a softmax between them, and the scores are in memory from one to the next. */
  readonly storesScores: boolean
  /** Unless told a number of threads the pool has one for every core, little ones too, and pins none (CPU-2). */
  readonly threadsOnEveryCore: boolean
  /** Convolutions over time as well run on the vector unit of a tiled NPU (docs/method/npu.md, NPU-3). */
  readonly volumesOnVectors: boolean
}

/**
 * Where packed weights are multiplied by integer dot products, with activations quantized on the way (LM-7). `none`: they
 * are unpacked into floating point first. `few-rows`: products of few rows multiply integers; those of many keep the peak
 * of floating point, and unpacking is a sixteenth for both, prompts too. `all`: the peak is that of 8-bit integers as well.
 */
export type PackedProducts = 'none' | 'few-rows' | 'all'

function traits(fusionProfile: FusionProfileId, baseMb: number | null, winograd = false): RuntimeTraits {
  return {
    fusionProfile,
    baseBytes: baseMb === null ? null : bytesFromMb(baseMb),
    winograd,
    packedProducts: 'none',
    storesScores: false,
    threadsOnEveryCore: false,
    volumesOnVectors: false,
  }
}

const microcontroller: RuntimeTraits = { ...traits('interpreter', null), baseBytes: bytesFromKib(24) }

/** ggml runs every node of its graph as a kernel of its own, and attention without flash attention unless asked for it. */
const ggml: RuntimeTraits = { ...traits('eager', 50), storesScores: true }
/** ggml-cpu and ggml-cuda quantize activations to 8 bits beside packed weights (`vec_dot_q4_K_q8_K`, `mmvq`). */
const ggmlPacked: RuntimeTraits = { ...ggml, packedProducts: 'few-rows' }

const unlisted: RuntimeTraits = traits('compiler', null)

export const runtimes: Readonly<Record<string, RuntimeTraits>> = {
  'pytorch-eager': traits('eager', 200),
  'pytorch-eager-nchw': traits('eager', 500, true),
  'pytorch-eager-nhwc': traits('eager', 500),
  torchscript: traits('graph', 200),
  'tf-graphdef': traits('graph', 250),
  'tf-savedmodel': traits('graph', 250),
  tflite: traits('interpreter', 4),
  'tflite-ruy': { ...traits('interpreter', 4), threadsOnEveryCore: true },
  xnnpack: traits('interpreter', 4),
  'tflite-xnnpack': traits('interpreter', 4),
  'tflite-gpu': traits('graph', 30),
  'tflite-edgetpu': traits('compiler', 4),
  'tflite-npu': traits('compiler', 10),
  'tflite-ethosu': traits('compiler', 4),
  'litert-qnn': { ...unlisted, volumesOnVectors: true },
  'executorch-xnnpack': traits('interpreter', 4),
  'executorch-xnnpack-kleidiai': traits('interpreter', 4),
  onnxruntime: traits('graph', 25),
  'onnxruntime-cpu': traits('graph', 25),
  'onnxruntime-web': traits('graph', 30),
  'onnxruntime-cuda': traits('graph', 500),
  'onnxruntime-tensorrt': traits('compiler', 500),
  'armnn-neon': { ...traits('graph', 20, true), threadsOnEveryCore: true },
  'armnn-opencl': traits('graph', 40, true),
  ncnn: traits('graph', 5, true),
  'ncnn-vulkan': traits('graph', 40, true),
  mnn: traits('graph', 5, true),
  /** Quantizes activations by groups while it runs (dynamic quantization). */
  openvino: { ...traits('compiler', 50, true), packedProducts: 'all' },
  tensorrt: traits('compiler', 400),
  tvm: traits('compiler', 2),
  iree: traits('compiler', 2),
  xla: traits('compiler', 100),
  'llama.cpp-cpu': ggmlPacked,
  'llama.cpp-cuda': ggmlPacked,
  'llama.cpp-metal': ggml,
  'llama.cpp-hexagon': ggml,
  'llama.cpp-opencl': ggml,
  'llama.cpp-vulkan': ggml,
  tflm: microcontroller,
  'tflm-npu': microcontroller,
  'cmsis-nn': microcontroller,
  'cube-ai': { ...microcontroller, fusionProfile: 'graph' },
  stedgeai: { ...microcontroller, fusionProfile: 'compiler' },
  microtvm: { ...microcontroller, fusionProfile: 'graph' },
  plumerai: { ...microcontroller, fusionProfile: 'graph' },
  'esp-dl': microcontroller,
}

/** On a microcontroller a runtime is its micro build: it fuses alike, and its library is an interpreter of some KiB. */
export function runtimeTraits(id: string, segment: Segment): RuntimeTraits {
  const listed = runtimes[id] ?? unlisted
  return segment === 'mcu' && listed.baseBytes !== null ? { ...listed, baseBytes: microcontroller.baseBytes } : listed
}
