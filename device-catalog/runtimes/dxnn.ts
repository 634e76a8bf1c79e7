/** DXNN. */
import { defineRuntimes } from './define.ts'

export const dxnnRuntimes = defineRuntimes({
  dxnn: {
    name: 'DXNN',
    aliases: ['DXNN SDK (DX-COM, DX-RT)'],
    drives: { npu: ['int8'] },
    fusion: 'compiler',
    measure: [
      {
        tool: 'run_model',
        source: 'https://github.com/DEEPX-AI/dx_rt',
        needs: 'DX-RT, and {model}.dxnn',
        commands: ['run_model -m {model}.dxnn -b -l 200'],
        reads: '1000 divided by FPS',
      },
    ],
  },
})
