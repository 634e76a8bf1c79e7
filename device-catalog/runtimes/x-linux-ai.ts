/** X-LINUX-AI. */
import { defineRuntimes } from './define.ts'

export const xLinuxAiRuntimes = defineRuntimes({
  'x-linux-ai': {
    name: 'X-LINUX-AI',
    aliases: ['OpenVX/stai_mpu', 'STAI_MPU (X-LINUX-AI)'],
    drives: { npu: ['int8'], gpu: ['fp16'] },
    fusion: 'compiler',
  },
})
