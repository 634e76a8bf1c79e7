/**
 * llama.cpp on processors, llama.cpp with CUDA, llama.cpp with Metal, llama.cpp with Vulkan, llama.cpp with OpenCL, llama.cpp on Hexagon.
 *
 * ggml runs every node of its graph as a kernel of its own, and attention without flash attention unless asked for it;
 * ggml-cpu and ggml-cuda quantize activations to 8 bits beside packed weights (`vec_dot_q4_K_q8_K`, `mmvq`).
 */
import { defineRuntimes } from './define.ts'
import { llamaBench, type MeasureTool } from './measure.ts'

const llamaBenchTool: MeasureTool = llamaBench('-ngl 99')

export const llamaCppRuntimes = defineRuntimes({
  'llama.cpp-cpu': {
    name: 'llama.cpp on processors',
    aliases: ['llama.cpp-cpu', 'llama.cpp', 'any native (ONNX Runtime, TFLite, llama.cpp) in container <=10 GB'],
    drives: { 'cpu-simd': ['int4-q4_k_m', 'fp16'] },
    fusion: 'eager',
    baseMb: 50,
    packedProducts: 'few-rows',
    storesScores: true,
    takes: { network: 'language', source: 'https://github.com/ggml-org/llama.cpp (README, "LLM inference in C/C++")' },
    measure: [llamaBench('-ngl 0 -t {threads}')],
  },
  'llama.cpp-cuda': {
    name: 'llama.cpp with CUDA',
    aliases: ['llama.cpp-cuda'],
    drives: { gpu: ['int4-q4_k_m', 'fp16'] },
    fusion: 'eager',
    baseMb: 50,
    packedProducts: 'few-rows',
    storesScores: true,
    overheads: {
      gpu: { reach: 0.7, bytesPerCoreCycle: 13 },
    },
    takes: { network: 'language', source: 'https://github.com/ggml-org/llama.cpp (README, "LLM inference in C/C++")' },
    measure: [llamaBenchTool],
  },
  'llama.cpp-metal': {
    name: 'llama.cpp with Metal',
    aliases: ['llama.cpp-metal'],
    drives: { gpu: ['int4-q4_k_m', 'fp16'] },
    fusion: 'eager',
    baseMb: 50,
    storesScores: true,
    takes: { network: 'language', source: 'https://github.com/ggml-org/llama.cpp (README, "LLM inference in C/C++")' },
    measure: [llamaBenchTool],
  },
  'llama.cpp-vulkan': {
    name: 'llama.cpp with Vulkan',
    aliases: ['llama.cpp-sycl/vulkan', 'llama.cpp-vulkan/hip'],
    drives: { gpu: ['int4-q4_k_m', 'fp16'] },
    fusion: 'eager',
    baseMb: 50,
    storesScores: true,
    overheads: {
      gpu: { reach: 0.7, bytesPerCoreCycle: 13 },
    },
    takes: { network: 'language', source: 'https://github.com/ggml-org/llama.cpp (README, "LLM inference in C/C++")' },
    measure: [llamaBenchTool],
  },
  'llama.cpp-opencl': {
    name: 'llama.cpp with OpenCL',
    aliases: ['llama.cpp-opencl'],
    drives: { gpu: ['int4-q4_k_m'] },
    fusion: 'eager',
    baseMb: 50,
    storesScores: true,
    takes: { network: 'language', source: 'https://github.com/ggml-org/llama.cpp (README, "LLM inference in C/C++")' },
    measure: [llamaBenchTool],
  },
  'llama.cpp-hexagon': {
    name: 'llama.cpp on Hexagon',
    aliases: ['llama.cpp-hexagon'],
    drives: { 'hexagon-htp': ['int4-q4_k_m'] },
    fusion: 'eager',
    baseMb: 50,
    storesScores: true,
    takes: { network: 'language', source: 'https://github.com/ggml-org/llama.cpp (README, "LLM inference in C/C++")' },
    measure: [llamaBenchTool],
  },
})
