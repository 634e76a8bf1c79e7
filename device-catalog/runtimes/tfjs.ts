/** TensorFlow.js in plain JavaScript, TensorFlow.js in WebAssembly, TensorFlow.js on WebGL, TensorFlow.js on WebGPU. */
import { defineRuntimes } from './define.ts'

export const tfjsRuntimes = defineRuntimes({
  'tfjs-plain-js': {
    name: 'TensorFlow.js in plain JavaScript',
    aliases: ['TF.js'],
    drives: { 'cpu-simd': ['fp32'], 'wasm-simd': ['fp32'] },
    fusion: 'compiler',
  },
  'tfjs-wasm': {
    name: 'TensorFlow.js in WebAssembly',
    aliases: ['TF.js'],
    drives: { 'cpu-simd': ['fp32'], 'wasm-simd': ['fp32'] },
    fusion: 'compiler',
    overheads: {
      'wasm-simd': { perKernelUs: 4, perInferenceUs: 300 },
    },
  },
  'tfjs-webgl': {
    name: 'TensorFlow.js on WebGL',
    aliases: ['TF.js'],
    drives: { gpu: ['fp32'] },
    fusion: 'compiler',
    overheads: {
      gpu: { perKernelUs: 40, perInferenceUs: 1000, reach: 0.4 },
    },
  },
  'tfjs-webgpu': {
    name: 'TensorFlow.js on WebGPU',
    aliases: ['TF.js'],
    drives: { gpu: ['fp32'] },
    fusion: 'compiler',
    overheads: {
      gpu: { perKernelUs: 40, perInferenceUs: 1000, reach: 0.4 },
    },
  },
})
