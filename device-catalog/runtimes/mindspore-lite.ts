/** MindSpore Lite. */
import { defineRuntimes } from './define.ts'

export const mindsporeLiteRuntimes = defineRuntimes({
  'mindspore-lite': {
    name: 'MindSpore Lite',
    aliases: ['MindSpore Lite'],
    drives: { npu: ['int8', 'fp16'] },
    fusion: 'compiler',
  },
})
