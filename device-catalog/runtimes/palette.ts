/** SiMa Palette. */
import { defineRuntimes } from './define.ts'

export const paletteRuntimes = defineRuntimes({
  palette: {
    name: 'SiMa Palette',
    aliases: ['Palette SDK', 'Palette / LLiMa'],
    drives: { npu: ['int8', 'bf16'] },
    fusion: 'compiler',
  },
})
