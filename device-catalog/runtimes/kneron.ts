/** Kneron PLUS. */
import { defineRuntimes } from './define.ts'

export const kneronRuntimes = defineRuntimes({
  kneron: {
    name: 'Kneron PLUS',
    aliases: ['Kneron PLUS / toolchain (.nef)'],
    drives: { npu: ['int8'] },
    fusion: 'compiler',
  },
})
