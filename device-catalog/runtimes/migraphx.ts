/** MIGraphX. */
import { defineRuntimes } from './define.ts'

export const migraphxRuntimes = defineRuntimes({
  migraphx: {
    name: 'MIGraphX',
    aliases: ['MIGraphX', 'ONNX Runtime (MIGraphX EP)'],
    drives: { gpu: ['fp16', 'fp32', 'int8'] },
    fusion: 'compiler',
    measure: [
      {
        tool: 'migraphx-driver',
        source: 'https://rocm.docs.amd.com/projects/AMDMIGraphX/en/latest/dev/driver.html',
        needs: 'MIGraphX, and {model}.onnx',
        commands: ['migraphx-driver perf {model}.onnx --batch {batch} {flags}'],
        precisionFlags: { fp16: '--fp16', int8: '--int8', fp32: '' },
        reads: '“Total time”',
      },
    ],
  },
})
