/** GAPflow. */
import { defineRuntimes } from './define.ts'

export const gapflowRuntimes = defineRuntimes({
  gapflow: {
    name: 'GAPflow',
    aliases: ['GAPflow', 'GAPflow NNTool/AutoTiler', 'TFLite/ONNX via NNTool'],
    drives: { 'mcu-cpu': ['int8'], 'mcu-npu': ['int8', 'fp16'] },
    fusion: 'compiler',
  },
})
