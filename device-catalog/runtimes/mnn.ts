/** MNN, MNN with OpenCL. */
import { defineRuntimes } from './define.ts'
import type { MeasureTool } from './measure.ts'

const mnnv2basicTool: MeasureTool = {
  tool: 'MNNV2Basic.out',
  source: 'https://mnn-docs.readthedocs.io/en/latest/tools/test.html',
  needs: 'MNN built with its tools, and {model}.mnn',
  commands: ['MNNV2Basic.out {model}.mnn 200 0 {flags} {threads}'],
  kindFlags: { 'cpu-simd': '0', gpu: '3' },
  reads: 'Avg',
}

export const mnnRuntimes = defineRuntimes({
  mnn: {
    name: 'MNN',
    drives: { 'cpu-simd': ['fp32'] },
    fusion: 'graph',
    baseMb: 5,
    winograd: true,
    measure: [mnnv2basicTool],
  },
  'mnn-opencl': {
    name: 'MNN with OpenCL',
    aliases: ['mnn-opencl'],
    drives: { gpu: ['fp16', 'fp32'] },
    fusion: 'compiler',
    overheads: {
      gpu: { perKernelUs: 12, perInferenceUs: 500, reach: 0.4 },
    },
    measure: [mnnv2basicTool],
  },
})
