/** Plumerai. */
import { defineRuntimes } from './define.ts'

export const plumeraiRuntimes = defineRuntimes({
  plumerai: {
    name: 'Plumerai',
    aliases: ['plumerai'],
    drives: { 'mcu-cpu': ['int8'] },
    fusion: 'graph',
    baseKib: 24,
    takes: {
      network: 'other',
      source: 'https://github.com/tensorflow/tflite-micro (README: devices with only kilobytes of memory)',
    },
  },
})
