/** Sophon BMRuntime. */
import { defineRuntimes } from './define.ts'

export const sophonBmrtRuntimes = defineRuntimes({
  'sophon-bmrt': {
    name: 'Sophon BMRuntime',
    aliases: ['TPU-MLIR / sophon-sail (bmodel)', 'BMNNSDK'],
    drives: { npu: ['int8', 'fp32', 'fp16', 'bf16', 'int4-w4f16', 'int4'] },
    fusion: 'compiler',
    measure: [
      {
        tool: 'bmrt_test',
        source:
          'https://doc.sophgo.com/sdk-docs/v23.09.01-lts/docs_latest_release/docs/tpu-runtime/reference/html/3_bmrt_test.html',
        needs: 'libsophon on the board, and {model}.bmodel',
        commands: ['bmrt_test --bmodel {model}.bmodel --loopnum 200'],
        reads: '“INFO:net[…] calculate time”',
      },
    ],
  },
})
