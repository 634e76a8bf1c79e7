/** MemryX SDK. */
import { defineRuntimes } from './define.ts'

export const memryxRuntimes = defineRuntimes({
  memryx: {
    name: 'MemryX SDK',
    aliases: ['MemryX SDK (DFP)'],
    drives: { dataflow: ['bf16', 'int8'] },
    fusion: 'compiler',
    measure: [
      {
        tool: 'mx_bench',
        source: 'https://developer.memryx.com/tools/benchmark.html',
        needs: 'the MemryX SDK, and {model}.dfp',
        commands: ['mx_bench -d {model}.dfp -f 1000'],
        reads: '“Latency” for one picture; “FPS” is the throughput',
      },
    ],
  },
})
