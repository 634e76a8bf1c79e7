/** ESP-DL. */
import { defineRuntimes } from './define.ts'

export const espDlRuntimes = defineRuntimes({
  'esp-dl': {
    name: 'ESP-DL',
    aliases: ['ESP-DL'],
    drives: { 'mcu-cpu': ['int8'] },
    fusion: 'interpreter',
    baseKib: 24,
    takes: {
      network: 'other',
      source: 'https://github.com/tensorflow/tflite-micro (README: devices with only kilobytes of memory)',
    },
  },
})
