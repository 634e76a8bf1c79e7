/** LiteRT with NeuroPilot, LiteRT on the Tensor TPU. */
import { defineRuntimes } from './define.ts'

export const litertRuntimes = defineRuntimes({
  'litert-neuropilot': {
    name: 'LiteRT with NeuroPilot',
    aliases: ['LiteRT NeuroPilot accelerator'],
    drives: { npu: ['int8', 'fp16'] },
    fusion: 'compiler',
  },
  'litert-tensor': {
    name: 'LiteRT on the Tensor TPU',
    aliases: ['LiteRT Tensor NPU (Edge TPU dispatch)'],
    drives: { npu: ['int8', 'int8-w8a16', 'fp16'] },
    fusion: 'compiler',
  },
})
