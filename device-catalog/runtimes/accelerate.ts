/** Apple Accelerate (BNNS). */
import { defineRuntimes } from './define.ts'

export const accelerateRuntimes = defineRuntimes({
  accelerate: {
    name: 'Apple Accelerate (BNNS)',
    aliases: ['Accelerate/BNNS'],
    drives: { 'cpu-simd': ['fp32', 'fp16'] },
    fusion: 'compiler',
    overheads: {
      'cpu-simd': { reach: 1.2 },
    },
  },
})
