/** Samsung ENN. */
import { defineRuntimes } from './define.ts'

export const ennRuntimes = defineRuntimes({
  enn: {
    name: 'Samsung ENN',
    aliases: ['Samsung ENN SDK (Exynos AI Studio)'],
    drives: { npu: ['int8', 'int8-w8a16', 'fp16'] },
    fusion: 'compiler',
  },
})
