/** nncase. */
import { defineRuntimes } from './define.ts'

export const nncaseRuntimes = defineRuntimes({
  nncase: {
    name: 'nncase',
    aliases: ['nncase (kmodel)'],
    drives: { 'mcu-npu': ['int8'] },
    fusion: 'compiler',
  },
})
