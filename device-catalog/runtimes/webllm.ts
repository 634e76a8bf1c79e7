/** WebLLM. */
import { defineRuntimes } from './define.ts'

export const webllmRuntimes = defineRuntimes({
  webllm: {
    name: 'WebLLM',
    aliases: ['WebLLM (WebGPU)'],
    drives: { gpu: ['int4-w4a16'] },
    fusion: 'compiler',
    overheads: {
      gpu: { perKernelUs: 40, perInferenceUs: 1000, reach: 0.4 },
    },
    takes: { network: 'language', source: 'https://github.com/mlc-ai/web-llm' },
  },
})
