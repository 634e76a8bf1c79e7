/** Khadas KSNN. */
import { defineRuntimes } from './define.ts'

export const ksnnRuntimes = defineRuntimes({
  ksnn: {
    name: 'Khadas KSNN',
    aliases: ['Khadas KSNN / acuity toolkit'],
    drives: { npu: ['int8'] },
    fusion: 'compiler',
  },
})
