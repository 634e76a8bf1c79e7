/** Arm NN on Neon, Arm NN on OpenCL. */
import { defineRuntimes } from './define.ts'
import type { MeasureTool } from './measure.ts'

const executenetworkTool: MeasureTool = {
  tool: 'ExecuteNetwork',
  source: 'https://github.com/ARM-software/armnn/tree/main/tests/ExecuteNetwork',
  needs: 'Arm NN, and {model}.tflite',
  commands: ['ExecuteNetwork -m {model}.tflite -c {flags} --iterations 200'],
  kindFlags: { 'cpu-simd': 'CpuAcc', gpu: 'GpuAcc' },
  reads: 'the printed inference time',
}

export const armnnRuntimes = defineRuntimes({
  'armnn-neon': {
    name: 'Arm NN on Neon',
    drives: { 'cpu-simd': ['fp32', 'int8'] },
    fusion: 'graph',
    baseMb: 20,
    winograd: true,
    threadsOnEveryCore: true,
    overheads: {
      'cpu-simd': { reach: 0.7 },
    },
    measure: [executenetworkTool],
  },
  'armnn-opencl': {
    name: 'Arm NN on OpenCL',
    drives: { gpu: ['fp32', 'int8'] },
    fusion: 'graph',
    baseMb: 40,
    winograd: true,
    overheads: {
      gpu: { perKernelUs: 12, perInferenceUs: 500, reach: 0.4 },
    },
    measure: [executenetworkTool],
  },
})
