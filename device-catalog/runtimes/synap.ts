/** SyNAP. */
import { defineRuntimes } from './define.ts'

export const synapRuntimes = defineRuntimes({
  synap: {
    name: 'SyNAP',
    aliases: ['SyNAP (.synap)'],
    drives: { npu: ['int8', 'fp16'] },
    fusion: 'compiler',
    measure: [
      {
        tool: 'synap_cli',
        source: 'https://synaptics-synap.github.io/doc/v/latest/docs/manual/introduction.html',
        needs: 'SyNAP on the board, and {model}.synap',
        commands: ['synap_cli -m {model}.synap -r 200 random'],
        reads: 'the mean inference time',
      },
    ],
  },
})
