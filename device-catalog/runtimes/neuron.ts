/** AWS Neuron. */
import { defineRuntimes } from './define.ts'

export const neuronRuntimes = defineRuntimes({
  neuron: {
    name: 'AWS Neuron',
    aliases: ['Neuron SDK (torch-neuron, legacy)', 'Neuron SDK (torch-neuronx, JAX, vLLM-neuron)'],
    drives: { systolic: ['bf16', 'fp16', 'fp32'] },
    fusion: 'compiler',
  },
})
