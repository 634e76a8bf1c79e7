/** Ambarella CVflow. */
import { defineRuntimes } from './define.ts'

export const cvflowRuntimes = defineRuntimes({
  cvflow: {
    name: 'Ambarella CVflow',
    aliases: ['Ambarella CNNGen / Cooper SDK', 'Ambarella SDK'],
    drives: { npu: ['int8'] },
    fusion: 'compiler',
  },
})
