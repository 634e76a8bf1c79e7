/** TIM-VX. */
import { defineRuntimes } from './define.ts'

export const timVxRuntimes = defineRuntimes({
  'tim-vx': {
    name: 'TIM-VX',
    aliases: ['onnxruntime(nnapi/vsi, older BSP)', 'onnxruntime-vsinpu', 'TIM-VX'],
    drives: { npu: ['int8', 'fp16'] },
    fusion: 'compiler',
  },
})
