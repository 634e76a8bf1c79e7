/** PPLNN. */
import { defineRuntimes } from './define.ts'

export const pplnnRuntimes = defineRuntimes({
  pplnn: {
    name: 'PPLNN',
    drives: { gpu: ['fp32', 'fp16', 'int8'] },
    fusion: 'compiler',
    overheads: {
      gpu: { perKernelUs: 6, perInferenceUs: 60 },
    },
  },
})
