/** Metal Performance Shaders. */
import { defineRuntimes } from './define.ts'
import { torch } from './measure.ts'

export const metalMpsRuntimes = defineRuntimes({
  'metal-mps': {
    name: 'Metal Performance Shaders',
    aliases: ['Metal/MPS'],
    drives: { gpu: ['fp16', 'fp32'] },
    fusion: 'compiler',
    measure: [torch("torch.load('{model}.pt', weights_only=False)", ['gpu'], 'mps')],
  },
})
