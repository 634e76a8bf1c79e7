/** MLX. */
import { defineRuntimes } from './define.ts'
import { promptReads } from './measure.ts'

export const mlxRuntimes = defineRuntimes({
  mlx: {
    name: 'MLX',
    aliases: ['MLX'],
    drives: { gpu: ['fp16', 'int4-w4a16'] },
    fusion: 'compiler',
    takes: { network: 'language', source: 'https://github.com/ml-explore/mlx-lm' },
    measure: [
      {
        tool: 'mlx_lm.benchmark',
        source: 'https://github.com/ml-explore/mlx-lm',
        needs: 'mlx-lm (pip install mlx-lm), and the model’s name or folder',
        commands: ['mlx_lm.benchmark --model {model} -p {tokens} -g 1 -b {batch}'],
        reads: `${promptReads} prompt_tps`,
      },
    ],
  },
})
