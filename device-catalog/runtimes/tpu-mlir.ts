/** TPU-MLIR. */
import { defineRuntimes } from './define.ts'

export const tpuMlirRuntimes = defineRuntimes({
  'tpu-mlir': {
    name: 'TPU-MLIR',
    aliases: ['TPU-MLIR (cvimodel)'],
    drives: { npu: ['int8', 'bf16'] },
    fusion: 'compiler',
  },
})
