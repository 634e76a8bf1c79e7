/** Syntiant TDK. */
import { defineRuntimes } from './define.ts'

export const syntiantRuntimes = defineRuntimes({
  syntiant: {
    name: 'Syntiant TDK',
    aliases: ['Syntiant TDK'],
    drives: { 'mcu-npu': ['int8'] },
    fusion: 'compiler',
  },
})
