/** ai8x (izer). */
import { defineRuntimes } from './define.ts'

export const ai8xRuntimes = defineRuntimes({
  ai8x: {
    name: 'ai8x (izer)',
    aliases: ['ai8x-training / ai8x-synthesis (izer)'],
    drives: { 'mcu-npu': ['int8', 'int4'] },
    fusion: 'compiler',
  },
})
