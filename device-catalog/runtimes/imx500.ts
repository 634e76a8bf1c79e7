/** IMX500 converter. */
import { defineRuntimes } from './define.ts'

export const imx500Runtimes = defineRuntimes({
  imx500: {
    name: 'IMX500 converter',
    aliases: ['Sony MCT + IMX500 converter', 'picamera2'],
    drives: { npu: ['int8'] },
    fusion: 'compiler',
  },
})
