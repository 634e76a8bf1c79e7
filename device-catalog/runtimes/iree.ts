/**
 * IREE.
 *
 * Portable: iree.dev "Deployment configurations".
 */
import { defineRuntimes } from './define.ts'

export const ireeRuntimes = defineRuntimes({
  iree: {
    name: 'IREE',
    drives: {},
    portableTo: ['cpu-simd', 'gpu'],
    fusion: 'compiler',
    baseMb: 2,
    overheads: {
      gpu: { perKernelUs: 6, perInferenceUs: 80, reach: 0.7 },
      'cpu-simd': { perKernelUs: 2, perInferenceUs: 30, reach: 0.8 },
    },
  },
})
