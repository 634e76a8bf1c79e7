/** VIPLite. */
import { defineRuntimes } from './define.ts'

export const vipliteRuntimes = defineRuntimes({
  viplite: {
    name: 'VIPLite',
    aliases: ['VIPLite / acuity'],
    drives: { npu: ['int8'] },
    fusion: 'compiler',
  },
})
