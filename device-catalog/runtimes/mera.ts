/** MERA. */
import { defineRuntimes } from './define.ts'

export const meraRuntimes = defineRuntimes({
  mera: {
    name: 'MERA',
    aliases: ['MERA'],
    drives: { npu: ['int8', 'bf16'] },
    fusion: 'compiler',
  },
})
