/** Workers AI. */
import { defineRuntimes } from './define.ts'

export const workersAiRuntimes = defineRuntimes({
  'workers-ai': {
    name: 'Workers AI',
    aliases: ['Workers AI binding / REST'],
    drives: { gpu: ['fp16'] },
    fusion: 'compiler',
  },
})
