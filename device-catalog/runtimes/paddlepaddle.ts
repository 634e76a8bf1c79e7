/** PaddlePaddle. */
import { defineRuntimes } from './define.ts'

export const paddlepaddleRuntimes = defineRuntimes({
  paddlepaddle: {
    name: 'PaddlePaddle',
    drives: { 'cpu-simd': ['fp32'] },
    fusion: 'compiler',
  },
})
