/** ONNX Runtime Web in WebAssembly, ONNX Runtime Web on WebGPU. */
import { defineRuntimes } from './define.ts'

export const onnxruntimeWebRuntimes = defineRuntimes({
  'onnxruntime-web-wasm': {
    name: 'ONNX Runtime Web in WebAssembly',
    aliases: [
      'onnxruntime-web',
      'onnxruntime-web WASM (single thread), tract, candle, tflite-wasm, hand WASM',
      'as cloudflare-worker',
      'transformers.js',
    ],
    drives: { 'cpu-simd': ['fp32', 'int8'], 'wasm-simd': ['fp32', 'int8'] },
    fusion: 'compiler',
    overheads: {
      'wasm-simd': { perKernelUs: 4, perInferenceUs: 300 },
    },
  },
  'onnxruntime-web-webgpu': {
    name: 'ONNX Runtime Web on WebGPU',
    aliases: ['onnxruntime-web', 'transformers.js'],
    drives: { gpu: ['fp16', 'fp32'] },
    fusion: 'compiler',
    overheads: {
      gpu: { perKernelUs: 40, perInferenceUs: 1000, reach: 0.4 },
    },
  },
})
