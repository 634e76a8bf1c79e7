/** MediaTek NeuroPilot. */
import { defineRuntimes } from './define.ts'

export const neuropilotRuntimes = defineRuntimes({
  neuropilot: {
    name: 'MediaTek NeuroPilot',
    aliases: ['MediaTek NeuroPilot (Neuron)'],
    drives: { npu: ['int8', 'int8-w8a16', 'fp16'] },
    fusion: 'compiler',
    measure: [
      {
        tool: 'neuronrt',
        source: 'https://genio.mediatek.com/doc/iot-aihub/latest/docs/doc/neuron_sdk/neuron_tools/neuron_runtime.html',
        needs: 'the Neuron SDK, {model}.dla of ncc-tflite, and input.bin',
        commands: ['neuronrt -m hw -a {model}.dla -i input.bin -c 200 -b 100'],
        reads: '“Avg. Inference Time”',
      },
    ],
  },
})
