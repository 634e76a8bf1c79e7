/** vLLM, vLLM on TPUs. */
import { defineRuntimes } from './define.ts'
import type { MeasureTool } from './measure.ts'

const vllmBenchTool: MeasureTool = {
  tool: 'vllm bench',
  source: 'https://docs.vllm.ai/en/latest/cli/bench/latency.html',
  needs: 'vLLM, and the model’s name or folder',
  commands: ['vllm bench latency --model {model} --input-len {tokens} --output-len 1 --batch-size {batch}'],
  reads: 'the median (50% percentile) latency',
}

export const vllmRuntimes = defineRuntimes({
  vllm: {
    name: 'vLLM',
    aliases: ['vLLM'],
    drives: { gpu: ['bf16', 'fp8', 'fp16', 'int4-w4a16'] },
    fusion: 'compiler',
    takes: { network: 'language', source: 'https://docs.vllm.ai/en/latest/models/supported_models.html' },
    measure: [vllmBenchTool],
  },
  'vllm-tpu': {
    name: 'vLLM on TPUs',
    aliases: ['vLLM-TPU'],
    drives: { systolic: ['bf16', 'int8', 'fp8'] },
    fusion: 'compiler',
    takes: { network: 'language', source: 'https://github.com/vllm-project/tpu-inference' },
    measure: [vllmBenchTool],
  },
})
