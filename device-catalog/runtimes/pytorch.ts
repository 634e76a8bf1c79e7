/** PyTorch eager, PyTorch eager, NCHW, PyTorch eager, NHWC, PyTorch compiled, NCHW, TorchScript. */
import { defineRuntimes } from './define.ts'
import { type MeasureTool, torch } from './measure.ts'

const torchUtilsBenchmarkTool: MeasureTool = torch("torch.load('{model}.pt', weights_only=False)", ['cpu-simd'], 'cpu')

const torchUtilsBenchmarkTool2: MeasureTool = torch("torch.load('{model}.pt', weights_only=False)", ['gpu'], 'cuda')

export const pytorchRuntimes = defineRuntimes({
  'pytorch-eager': {
    name: 'PyTorch eager',
    aliases: ['pytorch-cpu', 'oneDNN/PyTorch', 'pytorch-xpu', 'pytorch-rocm(limited)', 'pytorch-cuda', 'PyTorch'],
    drives: { gpu: ['fp16', 'fp32', 'bf16'], 'cpu-simd': ['fp32', 'bf16'] },
    fusion: 'eager',
    baseMb: 200,
    overheads: {
      gpu: { perKernelUs: 8, perInferenceUs: 60 },
      'cpu-simd': { perKernelUs: 15, perInferenceUs: 200, reach: 0.4 },
    },
    measure: [torchUtilsBenchmarkTool, torchUtilsBenchmarkTool2],
  },
  'pytorch-eager-nchw': {
    name: 'PyTorch eager, NCHW',
    drives: { gpu: ['fp16', 'fp32'] },
    fusion: 'eager',
    baseMb: 500,
    winograd: true,
    overheads: {
      gpu: { perKernelUs: 8, perInferenceUs: 60 },
    },
    measure: [torchUtilsBenchmarkTool, torchUtilsBenchmarkTool2],
  },
  'pytorch-eager-nhwc': {
    name: 'PyTorch eager, NHWC',
    drives: { gpu: ['fp16', 'fp32'] },
    fusion: 'eager',
    baseMb: 500,
    overheads: {
      gpu: { perKernelUs: 8, perInferenceUs: 60 },
    },
  },
  'pytorch-compile-nchw': {
    name: 'PyTorch compiled, NCHW',
    drives: { gpu: ['fp16', 'fp32'] },
    fusion: 'compiler',
    overheads: {
      gpu: { perKernelUs: 4, perInferenceUs: 60 },
    },
  },
  torchscript: {
    name: 'TorchScript',
    drives: { gpu: ['fp32', 'fp16'], 'cpu-simd': ['fp32'] },
    fusion: 'graph',
    baseMb: 200,
    overheads: {
      gpu: { perKernelUs: 6, perInferenceUs: 60 },
      'cpu-simd': { reach: 0.7 },
    },
    measure: [
      torch("torch.jit.load('{model}.pt')", ['cpu-simd'], 'cpu'),
      torch("torch.jit.load('{model}.pt')", ['gpu'], 'cuda'),
    ],
  },
})
