/** IBM aihwkit. */
import { defineRuntimes } from './define.ts'

export const aihwkitRuntimes = defineRuntimes({
  aihwkit: {
    name: 'IBM aihwkit',
    aliases: ['IBM aihwkit', 'IBM aihwkit (simulation/training)'],
    drives: { 'compute-in-memory': ['int8'] },
    fusion: 'compiler',
  },
})
