/**
 * Which software drives which kind of unit, preferred first, with its precisions, preferred first.
 *
 * Shared by devices that run the same stack; a device that runs more or less says so in its own file.
 * A precision is listed when the runtime accepts it there, even if the unit has no arithmetic of its own for it
 * (an fp16 model on a core without half precision is computed in fp32).
 */
import type { RuntimeTable } from './spec.ts'

/** Integer models with 8-bit weights and 16-bit activations in all or in some operators. */
const int8Variants = ['int8', 'int8-w8a16', 'int8-mixed-int16', 'int8-w8a16-mixed-int16'] as const

// --- application processors -------------------------------------------------------------------------------------

const armCpuStack = {
  tflite: ['fp32', 'int8', 'fp16'],
  'onnxruntime-cpu': ['fp32', 'int8'],
  'executorch-xnnpack': ['fp32', 'int8', 'int4-w4a8'],
} as const satisfies RuntimeTable

/** ncnn picks its arithmetic itself: fp16 where the cores have it. */
const ncnnHalf = { ncnn: ['fp16', 'fp32', 'int8'] } as const satisfies RuntimeTable
const ncnnSingle = { ncnn: ['fp32', 'int8'] } as const satisfies RuntimeTable

/** ncnn with Vulkan switched on still runs its int8 kernels on the CPU. */
export const ncnnVulkanOnCpu = { 'ncnn-vulkan': ['int8'] } as const satisfies RuntimeTable

const llamaOnCpu = { 'llama.cpp-cpu': ['int4-q4_k_m', 'fp16'] } as const satisfies RuntimeTable

/** Frameworks of a Linux board beside the mobile stack. */
const linuxStack = {
  xnnpack: ['fp32', 'int8'],
  'tflite-ruy': ['fp32', 'int8'],
  'armnn-neon': ['fp32', 'int8'],
  'pytorch-eager': ['fp32'],
  onnxruntime: ['fp32'],
  openvino: ['fp32'],
  mnn: ['fp32'],
  paddlepaddle: ['fp32'],
  'tf-savedmodel': ['fp32'],
  'tf-graphdef': ['fp32'],
  torchscript: ['fp32'],
} as const satisfies RuntimeTable

/** Cores without half precision (Cortex-A53, A72, A73). */
export const armCpu = { ...armCpuStack, ...ncnnSingle, ...llamaOnCpu } as const satisfies RuntimeTable
export const armLinuxCpu = { ...armCpu, ...linuxStack } as const satisfies RuntimeTable
/** Cores with half precision (Cortex-A55, A76 and later). */
export const armHalfCpu = { ...armCpuStack, ...ncnnHalf, ...llamaOnCpu } as const satisfies RuntimeTable
export const armHalfLinuxCpu = { ...armHalfCpu, ...linuxStack } as const satisfies RuntimeTable

/** Linux boards with a Vulkan GPU. */
export const boardCpu = { ...armLinuxCpu, ...ncnnVulkanOnCpu } as const satisfies RuntimeTable
export const boardHalfCpu = { ...armHalfLinuxCpu, ...ncnnVulkanOnCpu } as const satisfies RuntimeTable
export const androidCpu = {
  ...armHalfCpu,
  'executorch-xnnpack-kleidiai': ['int4-w4a8', 'bf16'],
  ...ncnnVulkanOnCpu,
} as const satisfies RuntimeTable

export const appleCpu = {
  accelerate: ['fp32', 'fp16'],
  tflite: ['fp32', 'int8', 'fp16'],
  'onnxruntime-cpu': ['fp32', 'int8'],
  ncnn: ['fp16', 'fp32', 'int8'],
  'llama.cpp-cpu': ['int4-q4_k_m', 'fp16'],
  ...ncnnVulkanOnCpu,
} as const satisfies RuntimeTable

export const x86Cpu = {
  'onnxruntime-cpu': ['fp32', 'int8'],
  openvino: ['fp16', 'int8', 'fp32', 'int8-w8a16', 'int4-w4a16'],
  'pytorch-eager': ['fp32', 'bf16'],
  tflite: ['fp32', 'int8'],
  'llama.cpp-cpu': ['int4-q4_k_m', 'fp16'],
} as const satisfies RuntimeTable

/** Vendor systems whose CPU only helps the accelerator. */
export const hostCpu = { 'onnxruntime-cpu': ['fp32', 'int8'] } as const satisfies RuntimeTable

// --- Qualcomm ---------------------------------------------------------------------------------------------------

/** Hexagon v69 and later: half precision in the matrix unit. */
export const hexagon = {
  'qnn-dlc': [...int8Variants, 'fp16'],
  'litert-qnn': ['int8', 'fp16'],
  'ort-qnn': [...int8Variants, 'fp16'],
  'qnn-ctx': ['int8-w8a16', 'fp16', 'int4-w4a16'],
  'ort-qnn-ctx': ['int8-w8a16', 'fp16'],
  genie: ['int4-w4a16', 'int4-w4f16', 'int4'],
  'executorch-qnn': ['int8', 'int8-w8a16', 'fp16'],
  'llama.cpp-hexagon': ['int4-q4_k_m'],
  snpe: ['int8', 'fp16'],
} as const satisfies RuntimeTable

/** Hexagon v66 to v68: integers only. */
export const hexagonInteger = {
  'qnn-dlc': [...int8Variants],
  'litert-qnn': ['int8'],
  'ort-qnn': [...int8Variants],
  'qnn-ctx': ['int8-w8a16'],
  'ort-qnn-ctx': ['int8-w8a16'],
  'executorch-qnn': ['int8', 'int8-w8a16'],
  snpe: ['int8'],
} as const satisfies RuntimeTable

/** onnxruntime keeps on the CPU what its QNN provider refuses, at worst the whole network. */
export const snapdragonCpu = {
  ...androidCpu,
  'ort-qnn': [...int8Variants],
  'litert-qnn': ['fp32'],
} as const satisfies RuntimeTable

export const adreno = {
  'tflite-gpu': ['fp16', 'fp32'],
  'litert-qnn': ['fp16', 'int8'],
  'ncnn-vulkan': ['fp16', 'fp32'],
  'llama.cpp-opencl': ['int4-q4_k_m'],
  'executorch-vulkan': ['int4-w4f16', 'int4'],
  snpe: ['fp16'],
} as const satisfies RuntimeTable

export const mobileGpu = {
  'tflite-gpu': ['fp16', 'fp32'],
  'ncnn-vulkan': ['fp16', 'fp32'],
  'mnn-opencl': ['fp16', 'fp32'],
} as const satisfies RuntimeTable

export const maliLinux = { ...mobileGpu, 'armnn-opencl': ['fp32', 'int8'] } as const satisfies RuntimeTable

// --- Apple ------------------------------------------------------------------------------------------------------

/** Core ML computes in half precision on the Neural Engine; narrower weights are expanded on the way in. */
export const neuralEngine = {
  coreml: ['fp16', 'int8-w8a16', 'int8', 'int6-w6a16', 'int4-w4a16', 'int2-w2a16'],
  'onnxruntime-coreml': ['fp16'],
  'executorch-coreml': ['fp16'],
} as const satisfies RuntimeTable

export const appleGpu = {
  'metal-mps': ['fp16', 'fp32'],
  coreml: ['fp16', 'fp32'],
  mlx: ['fp16', 'int4-w4a16'],
  'llama.cpp-metal': ['int4-q4_k_m', 'fp16'],
  'ncnn-vulkan': ['fp16', 'fp32'],
} as const satisfies RuntimeTable

// --- NVIDIA -----------------------------------------------------------------------------------------------------

const pytorchOnGpu = {
  'pytorch-eager': ['fp16', 'fp32'],
  torchscript: ['fp32', 'fp16'],
} as const satisfies RuntimeTable

/** sm_53 and sm_62: no integer path in TensorRT. */
export const jetsonMaxwell = {
  tensorrt: ['fp16', 'fp32'],
  'onnxruntime-cuda': ['fp32', 'fp16'],
  ...pytorchOnGpu,
  'ncnn-vulkan': ['fp16', 'fp32'],
  pplnn: ['fp32', 'fp16'],
} as const satisfies RuntimeTable

export const jetson = {
  tensorrt: ['int8', 'fp16', 'fp32'],
  'onnxruntime-tensorrt': ['fp16', 'int8', 'fp32'],
  'onnxruntime-cuda': ['fp32', 'fp16'],
  onnxruntime: ['fp32'],
  ...pytorchOnGpu,
  'ncnn-vulkan': ['fp16', 'fp32'],
  'llama.cpp-cuda': ['int4-q4_k_m', 'fp16'],
} as const satisfies RuntimeTable

export const jetsonThor = {
  tensorrt: ['fp16', 'fp8', 'int8', 'fp32'],
  'tensorrt-llm': ['fp8', 'fp16'],
  'onnxruntime-cuda': ['fp32', 'fp16'],
  ...pytorchOnGpu,
  'llama.cpp-cuda': ['int4-q4_k_m', 'fp16'],
  vllm: ['bf16', 'fp8'],
} as const satisfies RuntimeTable

export const dla = { tensorrt: ['int8', 'fp16'] } as const satisfies RuntimeTable

const pytorchServer = {
  'pytorch-eager': ['fp16', 'fp32'],
  'pytorch-eager-nchw': ['fp16', 'fp32'],
  'pytorch-eager-nhwc': ['fp16', 'fp32'],
  'pytorch-compile-nchw': ['fp16', 'fp32'],
} as const satisfies RuntimeTable

const serverStack = {
  'onnxruntime-cuda': ['fp32', 'fp16'],
  'onnxruntime-tensorrt': ['fp16', 'int8', 'fp32'],
  ...pytorchServer,
  'llama.cpp-cuda': ['int4-q4_k_m', 'fp16'],
  pplnn: ['fp16', 'int8'],
} as const satisfies RuntimeTable

/** Volta and Turing. */
export const cudaServer = {
  tensorrt: ['fp16', 'int8', 'fp32'],
  ...serverStack,
  vllm: ['fp16'],
} as const satisfies RuntimeTable
/** Ampere: TF32 and bf16 as well. */
export const cudaAmpere = {
  tensorrt: ['fp16', 'int8', 'bf16', 'fp32'],
  'tensorrt-llm': ['bf16', 'fp16', 'int8-w8a16', 'int4-w4a16'],
  vllm: ['bf16', 'fp16', 'int4-w4a16'],
  ...serverStack,
} as const satisfies RuntimeTable
/** Ada and later: fp8 as well. */
export const cudaFp8 = {
  tensorrt: ['fp16', 'int8', 'fp8', 'bf16', 'fp32'],
  'tensorrt-llm': ['fp8', 'bf16', 'fp16', 'int8-w8a16', 'int4-w4a16'],
  vllm: ['bf16', 'fp8', 'fp16', 'int4-w4a16'],
  ...serverStack,
} as const satisfies RuntimeTable
/** ncnn on a desktop card. */
export const ncnnOnGpu = { 'ncnn-vulkan': ['fp16', 'fp32'] } as const satisfies RuntimeTable

export const rocm = {
  migraphx: ['fp16', 'fp32', 'int8'],
  'pytorch-eager': ['fp16', 'bf16', 'fp32'],
  vllm: ['bf16', 'fp8', 'fp16'],
} as const satisfies RuntimeTable

// --- laptops ----------------------------------------------------------------------------------------------------

export const intelNpu = {
  openvino: ['int8', 'fp16', 'int8-w8a16', 'int4-w4a16'],
  'onnxruntime-openvino': ['int8', 'fp16'],
  'onnxruntime-directml': ['fp16'],
} as const satisfies RuntimeTable

export const intelGpu = {
  openvino: ['int8', 'fp16', 'int8-w8a16', 'int4-w4a16', 'fp32'],
  'onnxruntime-openvino': ['int8', 'fp16', 'fp32'],
  'onnxruntime-directml': ['fp16', 'fp32'],
  'llama.cpp-vulkan': ['int4-q4_k_m'],
  'pytorch-eager': ['fp16', 'fp32'],
} as const satisfies RuntimeTable

export const ryzenNpu = { 'onnxruntime-vitisai': ['int8', 'bf16'] } as const satisfies RuntimeTable

export const radeon = {
  'onnxruntime-directml': ['fp16', 'fp32'],
  'llama.cpp-vulkan': ['int4-q4_k_m', 'fp16'],
  'pytorch-eager': ['fp16', 'fp32'],
} as const satisfies RuntimeTable

// --- NPUs of one vendor's toolchain -----------------------------------------------------------------------------

export const neuropilot = {
  neuropilot: ['int8', 'int8-w8a16', 'fp16'],
  'litert-neuropilot': ['int8', 'fp16'],
  'executorch-mediatek': ['int8', 'fp16'],
} as const satisfies RuntimeTable
export const samsungNpu = {
  enn: ['int8', 'int8-w8a16', 'fp16'],
  'executorch-samsung': ['int8', 'fp16'],
} as const satisfies RuntimeTable
export const daVinci = { hiai: ['int8', 'fp16'], 'mindspore-lite': ['int8', 'fp16'] } as const satisfies RuntimeTable
export const tensorTpu = { 'litert-tensor': ['int8', 'int8-w8a16', 'fp16'] } as const satisfies RuntimeTable
export const edgeTpu = { 'tflite-edgetpu': ['int8'] } as const satisfies RuntimeTable
export const hailort = { hailort: ['int8', 'int8-w8a16', 'int4'] } as const satisfies RuntimeTable
export const rknn = { rknn: ['int8', 'fp16'], 'rknn-python': ['int8', 'fp16'] } as const satisfies RuntimeTable
export const rknnInteger = { rknn: ['int8', 'int8-w8a16'] } as const satisfies RuntimeTable
export const rkllm = { rkllm: ['int8', 'int4-w4a16'] } as const satisfies RuntimeTable
export const ethosU = {
  'tflite-ethosu': ['int8', 'int8-w8a16'],
  'executorch-ethosu': ['int8'],
} as const satisfies RuntimeTable
export const tidl = { tidl: ['int8', 'int8-w8a16'] } as const satisfies RuntimeTable
export const vitisAi = { 'vitis-ai': ['int8'], 'onnxruntime-vitisai': ['int8'] } as const satisfies RuntimeTable
export const horizonBpu = { 'horizon-bpu': ['int8'] } as const satisfies RuntimeTable
export const neuronCore = { neuron: ['bf16', 'fp16', 'fp32'] } as const satisfies RuntimeTable
export const xla = { xla: ['bf16', 'fp32'], 'vllm-tpu': ['bf16'] } as const satisfies RuntimeTable
export const xlaInteger = {
  xla: ['bf16', 'int8', 'fp32'],
  'vllm-tpu': ['bf16', 'int8'],
} as const satisfies RuntimeTable

// --- microcontrollers -------------------------------------------------------------------------------------------

export const tflm = { tflm: ['int8', 'fp32'] } as const satisfies RuntimeTable

/** Stacks for any Cortex-M that published results exist for. */
export const cortexM = {
  ...tflm,
  microtvm: ['int8', 'fp32'],
  plumerai: ['int8'],
  'bosch-hale': ['int8', 'fp32'],
} as const satisfies RuntimeTable

export const stm32Cpu = { 'cube-ai': ['int8', 'fp32'], ...cortexM, onnc: ['int8'] } as const satisfies RuntimeTable

export const espressif = { 'esp-dl': ['int8'], tflm: ['int8', 'fp32'] } as const satisfies RuntimeTable

// --- browsers and serverless ------------------------------------------------------------------------------------

/** Two runtimes in WebAssembly and the plain interpreter that old pages fall back to. */
export const wasm = {
  'onnxruntime-web-wasm': ['fp32', 'int8'],
  'tfjs-wasm': ['fp32'],
  'tfjs-plain-js': ['fp32'],
} as const satisfies RuntimeTable
export const isolate = { 'onnxruntime-web-wasm': ['fp32', 'int8'] } as const satisfies RuntimeTable
export const webGpu = {
  'onnxruntime-web-webgpu': ['fp16', 'fp32'],
  'tfjs-webgpu': ['fp32'],
  webllm: ['int4-w4a16'],
} as const satisfies RuntimeTable
export const webGl = { 'tfjs-webgl': ['fp32'] } as const satisfies RuntimeTable
