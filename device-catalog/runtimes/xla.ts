/** XLA. */
import { defineRuntimes } from './define.ts'

export const xlaRuntimes = defineRuntimes({
  xla: {
    name: 'XLA',
    aliases: ['XLA: JAX, TF, PyTorch/XLA'],
    drives: { systolic: ['int8', 'bf16', 'fp32', 'fp8'] },
    portableTo: ['cpu-simd', 'gpu', 'systolic'],
    fusion: 'compiler',
    baseMb: 100,
    overheads: {
      gpu: { perKernelUs: 6, perInferenceUs: 80, reach: 0.7 },
      'cpu-simd': { perKernelUs: 2, perInferenceUs: 30, reach: 0.8 },
    },
  },
})
