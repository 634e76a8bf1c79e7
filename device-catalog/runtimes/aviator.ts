/** d-Matrix Aviator. */
import { defineRuntimes } from './define.ts'

export const aviatorRuntimes = defineRuntimes({
  aviator: {
    name: 'd-Matrix Aviator',
    aliases: ['Aviator (PyTorch, Triton DSL)'],
    drives: { 'compute-in-memory': ['int8'] },
    fusion: 'compiler',
  },
})
