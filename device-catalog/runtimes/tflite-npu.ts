/** TensorFlow Lite with the VX delegate. */
import { defineRuntimes } from './define.ts'
import { tflite } from './measure.ts'

export const tfliteNpuRuntimes = defineRuntimes({
  'tflite-npu': {
    name: 'TensorFlow Lite with the VX delegate',
    aliases: ['tflite-vx-delegate'],
    drives: { npu: ['int8'] },
    fusion: 'compiler',
    baseMb: 10,
    measure: [tflite('--external_delegate_path=/usr/lib/libvx_delegate.so')],
  },
})
