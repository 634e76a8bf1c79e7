/** Voyager SDK. */
import { defineRuntimes } from './define.ts'

export const voyagerRuntimes = defineRuntimes({
  voyager: {
    name: 'Voyager SDK',
    aliases: ['Voyager SDK', 'Voyager SDK (ONNX/PyTorch)'],
    drives: { 'compute-in-memory': ['int8'] },
    fusion: 'compiler',
  },
})
