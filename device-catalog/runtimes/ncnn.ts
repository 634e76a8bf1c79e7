/** ncnn, ncnn with Vulkan. */
import { defineRuntimes } from './define.ts'
import type { MeasureTool } from './measure.ts'

const benchncnnTool: MeasureTool = {
  tool: 'benchncnn',
  source: 'https://github.com/Tencent/ncnn/tree/master/benchmark',
  needs: 'benchncnn of ncnn, and {model}.param',
  commands: ['benchncnn 64 {threads} 2 {flags} 1 param={model}.param shape=[{ncnnShape}]'],
  kindFlags: { 'cpu-simd': '-1', gpu: '0' },
  reads: 'avg',
}

export const ncnnRuntimes = defineRuntimes({
  ncnn: {
    name: 'ncnn',
    aliases: ['ncnn'],
    drives: { 'cpu-simd': ['fp32', 'int8', 'fp16'], gpu: ['fp32'] },
    fusion: 'graph',
    baseMb: 5,
    winograd: true,
    preparation: 'packs-weights',
    // Its published kernels go to F(6×6, 3×3) in floating point and F(4×4, 3×3) in integers.
    minimalFiltering: { floatShare: 64 / 324, integerShare: 36 / 144 },
    halvesFloats: true,
    measure: [benchncnnTool],
  },
  'ncnn-vulkan': {
    name: 'ncnn with Vulkan',
    aliases: ['ncnn-vulkan', 'ncnn-vulkan(MoltenVK)', 'ncnn-vulkan(panvk)', 'ncnn-vulkan(slow)'],
    drives: { gpu: ['fp16', 'fp32'], 'cpu-simd': ['int8'] },
    fusion: 'graph',
    baseMb: 40,
    winograd: true,
    overheads: {
      gpu: { perKernelUs: 20, perInferenceUs: 800, reach: 0.4 },
    },
    // Its published kernels go to F(6×6, 3×3) in floating point and F(4×4, 3×3) in integers.
    minimalFiltering: { floatShare: 64 / 324, integerShare: 36 / 144 },
    halvesFloats: true,
    measure: [benchncnnTool],
  },
})
