/** HiAI Foundation. */
import { defineRuntimes } from './define.ts'

export const hiaiRuntimes = defineRuntimes({
  hiai: {
    name: 'HiAI Foundation',
    aliases: ['HiAI Foundation (CANN Kit)'],
    drives: { npu: ['int8', 'fp16'] },
    fusion: 'compiler',
  },
})
