/** DepthAI. */
import { defineRuntimes } from './define.ts'

export const depthaiRuntimes = defineRuntimes({
  depthai: {
    name: 'DepthAI',
    aliases: ['DepthAI', 'DepthAI (OpenVINO blob)'],
    drives: { npu: ['fp16'] },
    fusion: 'compiler',
  },
})
