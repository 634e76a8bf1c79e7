/** Cerebras CSoft. */
import { defineRuntimes } from './define.ts'

export const cerebrasRuntimes = defineRuntimes({
  cerebras: {
    name: 'Cerebras CSoft',
    aliases: ['Cerebras SDK / PyTorch CSoft', 'PyTorch CSoft'],
    drives: { dataflow: ['fp16'] },
    fusion: 'compiler',
  },
})
