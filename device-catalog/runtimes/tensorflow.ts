/** TensorFlow frozen graph, TensorFlow SavedModel. */
import { defineRuntimes } from './define.ts'

export const tensorflowRuntimes = defineRuntimes({
  'tf-graphdef': {
    name: 'TensorFlow frozen graph',
    drives: { 'cpu-simd': ['fp32'] },
    fusion: 'graph',
    baseMb: 250,
    overheads: {
      'cpu-simd': { perKernelUs: 10, perInferenceUs: 500, reach: 0.7 },
    },
  },
  'tf-savedmodel': {
    name: 'TensorFlow SavedModel',
    drives: { 'cpu-simd': ['fp32'] },
    fusion: 'graph',
    baseMb: 250,
    overheads: {
      'cpu-simd': { perKernelUs: 10, perInferenceUs: 500, reach: 0.7 },
    },
  },
})
