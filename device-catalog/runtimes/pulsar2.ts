/** Pulsar2 (AXEngine). */
import { defineRuntimes } from './define.ts'

export const pulsar2Runtimes = defineRuntimes({
  pulsar2: {
    name: 'Pulsar2 (AXEngine)',
    aliases: ['Pulsar2 / AXEngine (axmodel)', 'Pulsar / joint'],
    drives: { npu: ['int8', 'int8-w8a16'] },
    fusion: 'compiler',
    measure: [
      {
        tool: 'ax_run_model',
        source: 'https://pulsar2-docs.readthedocs.io/en/latest/user_guides_runtime/runtime_arm.html',
        needs: 'ax_run_model on the board, and {model}.axmodel',
        commands: ['ax_run_model -m {model}.axmodel -w 20 -r 200'],
        reads: 'avg',
      },
    ],
  },
})
