/** OpenExplorer (hbDNN). */
import { defineRuntimes } from './define.ts'

export const horizonBpuRuntimes = defineRuntimes({
  'horizon-bpu': {
    name: 'OpenExplorer (hbDNN)',
    aliases: ['hbDNN / OpenExplorer (bin)', 'OpenExplorer (hbm), hbUCP', 'OpenExplorer'],
    drives: { npu: ['int8'] },
    fusion: 'compiler',
    measure: [
      {
        tool: 'hrt_model_exec',
        source:
          'https://developer.d-robotics.cc/rdk_doc/en/Advanced_development/toolchain_development/expert/runtime_sample',
        needs: 'hrt_model_exec on the board, and {model}.bin (or .hbm)',
        commands: ['hrt_model_exec perf --model_file {model}.bin --core_id 1 --frame_count 200 --thread_num 1'],
        reads: '“Average latency”',
      },
    ],
  },
})
