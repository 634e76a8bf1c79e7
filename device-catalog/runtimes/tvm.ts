/**
 * TVM, TVM without a schedule, microTVM.
 *
 * Portable: tvm.apache.org "Target" (llvm, cuda, opencl, vulkan, metal, webgpu, micro).
 */
import { defineRuntimes } from './define.ts'

export const tvmRuntimes = defineRuntimes({
  tvm: {
    name: 'TVM',
    drives: {},
    portableTo: ['cpu-simd', 'gpu', 'wasm-simd', 'mcu-cpu'],
    fusion: 'compiler',
    baseMb: 2,
    overheads: {
      gpu: { perKernelUs: 6, perInferenceUs: 80, reach: 0.7 },
      'cpu-simd': { perKernelUs: 2, perInferenceUs: 30, reach: 0.8 },
      'mcu-cpu': { reach: 0.6 },
    },
  },
  'tvm-cpu': {
    name: 'TVM without a schedule',
    drives: { 'cpu-simd': ['fp32'] },
    fusion: 'compiler',
    overheads: {
      'cpu-simd': { reach: 0.1 },
    },
    measure: [
      {
        tool: 'tvmc',
        source: 'https://tvm.apache.org/docs/v0.13.0/tutorial/tvmc_command_line_driver.html',
        needs: 'TVM, and {model}.tar of tvmc compile',
        commands: ['tvmc run --print-time --repeat 200 --number 1 {model}.tar'],
        reads: 'median',
      },
    ],
  },
  microtvm: {
    name: 'microTVM',
    aliases: ['microTVM'],
    drives: { 'mcu-cpu': ['int8', 'fp32'] },
    fusion: 'graph',
    baseKib: 24,
    overheads: {
      'mcu-cpu': { reach: 0.6 },
    },
    takes: {
      network: 'other',
      source: 'https://github.com/tensorflow/tflite-micro (README: devices with only kilobytes of memory)',
    },
  },
})
