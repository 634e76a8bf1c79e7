/** ONNX Runtime, ONNX Runtime on processors, ONNX Runtime with CUDA, ONNX Runtime with DirectML. */
import { defineRuntimes } from './define.ts'
import { type MeasureTool, ort } from './measure.ts'

const onnxruntimePerfTestTool: MeasureTool = ort('cpu', ' -x {threads}')

export const onnxruntimeRuntimes = defineRuntimes({
  onnxruntime: {
    name: 'ONNX Runtime',
    drives: { 'cpu-simd': ['fp32'], gpu: ['fp32'] },
    fusion: 'graph',
    baseMb: 25,
    overheads: {
      'cpu-simd': { reach: 0.7 },
    },
    measure: [onnxruntimePerfTestTool],
  },
  'onnxruntime-cpu': {
    name: 'ONNX Runtime on processors',
    aliases: ['onnxruntime-cpu', 'ONNX Runtime', 'any native (ONNX Runtime, TFLite, llama.cpp) in container <=10 GB'],
    drives: { 'cpu-simd': ['fp32', 'int8'] },
    fusion: 'graph',
    baseMb: 25,
    overheads: {
      'cpu-simd': { reach: 0.7 },
    },
    measure: [onnxruntimePerfTestTool],
  },
  'onnxruntime-cuda': {
    name: 'ONNX Runtime with CUDA',
    aliases: ['onnxruntime-cuda', 'ONNX Runtime (CUDA/TRT EP)', 'container'],
    drives: { gpu: ['fp32', 'fp16'] },
    fusion: 'graph',
    baseMb: 500,
    overheads: {
      gpu: { perKernelUs: 6, perInferenceUs: 60 },
    },
    measure: [ort('cuda')],
  },
  'onnxruntime-directml': {
    name: 'ONNX Runtime with DirectML',
    aliases: ['onnxruntime-directml', 'WindowsML/DirectML(MCDM)'],
    drives: { npu: ['fp16'], gpu: ['fp16', 'fp32'] },
    fusion: 'compiler',
    overheads: {
      gpu: { perKernelUs: 8, perInferenceUs: 150, reach: 0.7 },
    },
    measure: [ort('dml')],
  },
})
