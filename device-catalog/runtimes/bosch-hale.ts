/** Bosch HALE. */
import { defineRuntimes } from './define.ts'

export const boschHaleRuntimes = defineRuntimes({
  'bosch-hale': {
    name: 'Bosch HALE',
    drives: { 'mcu-cpu': ['int8', 'fp32'] },
    fusion: 'compiler',
    takes: {
      network: 'other',
      source: 'https://github.com/tensorflow/tflite-micro (README: devices with only kilobytes of memory)',
    },
  },
})
