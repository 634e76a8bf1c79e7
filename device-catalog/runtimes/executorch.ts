/** ExecuTorch with XNNPACK, ExecuTorch with XNNPACK and KleidiAI, ExecuTorch with Vulkan, ExecuTorch with NeuroPilot, ExecuTorch with ENN. */
import { defineRuntimes } from './define.ts'
import type { MeasureTool } from './measure.ts'
import { sparseXnnpack } from './tflite.ts'

const executorRunnerTool: MeasureTool = {
  tool: 'executor_runner',
  source: 'https://docs.pytorch.org/executorch/stable/running-a-model-cpp-tutorial.html',
  needs: 'executor_runner with the backend, and {model}.pte',
  commands: ['executor_runner --model_path={model}.pte --num_executions=200'],
  reads: 'the printed time divided by the executions',
}

export const executorchRuntimes = defineRuntimes({
  'executorch-xnnpack': {
    name: 'ExecuTorch with XNNPACK',
    aliases: ['executorch-xnnpack'],
    drives: { 'cpu-simd': ['fp32', 'int8', 'int4-w4a8'] },
    fusion: 'interpreter',
    baseMb: 4,
    overheads: {
      'cpu-simd': { reach: 0.7 },
    },
    preparation: 'packs-weights',
    sparsity: [sparseXnnpack],
    measure: [executorRunnerTool],
  },
  'executorch-xnnpack-kleidiai': {
    name: 'ExecuTorch with XNNPACK and KleidiAI',
    drives: { 'cpu-simd': ['int4-w4a8', 'bf16'] },
    fusion: 'interpreter',
    baseMb: 4,
    overheads: {
      'cpu-simd': { reach: 0.7 },
    },
    measure: [executorRunnerTool],
  },
  'executorch-vulkan': {
    name: 'ExecuTorch with Vulkan',
    drives: { gpu: ['int4-w4f16', 'int4'] },
    fusion: 'compiler',
    overheads: {
      gpu: { perKernelUs: 20, perInferenceUs: 800, reach: 0.4 },
    },
    measure: [executorRunnerTool],
  },
  'executorch-mediatek': {
    name: 'ExecuTorch with NeuroPilot',
    aliases: ['executorch-mediatek'],
    drives: { npu: ['int8', 'fp16'] },
    fusion: 'compiler',
  },
  'executorch-samsung': {
    name: 'ExecuTorch with ENN',
    aliases: ['executorch-samsung'],
    drives: { npu: ['int8', 'fp16'] },
    fusion: 'compiler',
  },
})
