/** GroqWare. */
import { defineRuntimes } from './define.ts'

export const groqwareRuntimes = defineRuntimes({
  groqware: {
    name: 'GroqWare',
    aliases: ['GroqWare / GroqCloud API'],
    drives: { dataflow: ['int8', 'fp16'] },
    fusion: 'compiler',
  },
})
