/** ONNC. */
import { defineRuntimes } from './define.ts'

export const onncRuntimes = defineRuntimes({
  onnc: {
    name: 'ONNC',
    drives: { 'mcu-cpu': ['int8'] },
    fusion: 'compiler',
    overheads: {
      'mcu-cpu': { reach: 0.6 },
    },
    takes: {
      network: 'other',
      source: 'https://github.com/tensorflow/tflite-micro (README: devices with only kilobytes of memory)',
    },
  },
})
