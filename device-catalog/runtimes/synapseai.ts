/** SynapseAI. */
import { defineRuntimes } from './define.ts'

export const synapseaiRuntimes = defineRuntimes({
  synapseai: {
    name: 'SynapseAI',
    aliases: ['SynapseAI / PyTorch-HPU', 'SynapseAI / PyTorch-HPU, OpenVINO no'],
    drives: { systolic: ['bf16', 'fp8', 'fp32'] },
    fusion: 'compiler',
  },
})
