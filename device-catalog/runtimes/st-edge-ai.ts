/** X-CUBE-AI, ST Edge AI Core. */
import { defineRuntimes } from './define.ts'
import type { MeasureTool } from './measure.ts'

const stedgeaiTool: MeasureTool = {
  tool: 'stedgeai',
  source: 'https://stedgeai-dc.st.com/assets/embedded-docs/command_line_interface.html',
  needs: 'ST Edge AI Core with the board on USB, and {model}.tflite or .onnx',
  commands: ['stedgeai validate --model {model}.tflite --target {flags} --mode target --desc serial:921600'],
  kindFlags: { 'mcu-cpu': 'stm32', 'mcu-npu': 'stm32n6' },
  reads: 'the average duration',
}

export const stEdgeAiRuntimes = defineRuntimes({
  'cube-ai': {
    name: 'X-CUBE-AI',
    aliases: ['X-CUBE-AI'],
    drives: { 'mcu-cpu': ['int8', 'fp32'] },
    fusion: 'graph',
    baseKib: 24,
    takes: {
      network: 'other',
      source: 'https://github.com/tensorflow/tflite-micro (README: devices with only kilobytes of memory)',
    },
    measure: [stedgeaiTool],
  },
  stedgeai: {
    name: 'ST Edge AI Core',
    aliases: ['ST Edge AI Core (stedgeai), X-CUBE-AI 10'],
    drives: { 'mcu-npu': ['int8'] },
    fusion: 'compiler',
    baseKib: 24,
    takes: {
      network: 'other',
      source: 'https://github.com/tensorflow/tflite-micro (README: devices with only kilobytes of memory)',
    },
    measure: [stedgeaiTool],
  },
})
