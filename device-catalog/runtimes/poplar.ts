/** Poplar. */
import { defineRuntimes } from './define.ts'

export const poplarRuntimes = defineRuntimes({
  poplar: {
    name: 'Poplar',
    aliases: ['Poplar, PopART'],
    drives: { dataflow: ['fp16', 'fp32'] },
    fusion: 'compiler',
  },
})
