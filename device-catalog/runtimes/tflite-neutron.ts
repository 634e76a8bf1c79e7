/** TensorFlow Lite with Neutron. */
import { defineRuntimes } from './define.ts'
import { tflite } from './measure.ts'

export const tfliteNeutronRuntimes = defineRuntimes({
  'tflite-neutron': {
    name: 'TensorFlow Lite with Neutron',
    aliases: ['tflite-neutron-delegate', 'onnxruntime-neutron (newer BSP)'],
    drives: { npu: ['int8'] },
    fusion: 'compiler',
    measure: [tflite('--external_delegate_path=/usr/lib/libneutron_delegate.so')],
  },
})
