/** Mythic SDK. */
import { defineRuntimes } from './define.ts'

export const mythicRuntimes = defineRuntimes({
  mythic: {
    name: 'Mythic SDK',
    aliases: ['Mythic SDK', 'Mythic SDK (PyTorch/TF -> analog aware)'],
    drives: { 'compute-in-memory': ['int8'] },
    fusion: 'compiler',
  },
})
