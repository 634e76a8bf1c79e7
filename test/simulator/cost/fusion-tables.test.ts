import { describe, expect, test } from 'vitest'
import { buildPreset } from '../../../model-zoo/index.ts'
import { GraphBuilder, type Tensor } from '../../../simulator/build/builder.ts'
import { fuse } from '../../../simulator/cost/fuse.ts'
import {
  type FusionProfileId,
  fusionProfileIds,
  fusionProfiles,
  runtimeTableIds,
} from '../../../simulator/cost/fusion-profiles.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'

/** Operators of each kernel, joined: `Conv+Relu`. */
function kernels(build: (g: GraphBuilder, x: Tensor) => Tensor, id: FusionProfileId): string[] {
  const g = new GraphBuilder('case')
  const graph = g.finish({ y: build(g, g.input('x', [1, 8, 6, 6])) })
  const summary = summarize(bindShapes(graph, {}), 'case')
  return fuse(summary, 'fp32', fusionProfiles[id]).map(({ operators }) =>
    operators.map((index) => summary.operators[index]?.op).join('+'),
  )
}

const conv = { out: 8, kernel: 3 } as const

describe('tables of runtimes', () => {
  test('every rule says where it is stated', () => {
    for (const id of runtimeTableIds) {
      const { rules, fanOut, foldPad, concatInPlace } = fusionProfiles[id]
      expect(rules.length).toBeGreaterThan(0)
      for (const source of [...rules.map((rule) => rule.source), fanOut, foldPad, concatInPlace]) {
        if (source !== null) expect(source.length, id).toBeGreaterThan(10)
      }
    }
  })

  test.for([
    { id: 'tflite-xnnpack', kernels: ['Conv+Relu', 'Conv', 'Add+Relu'] },
    { id: 'onnxruntime', kernels: ['Conv+Relu', 'Conv+Add+Relu'] },
    { id: 'tensorrt', kernels: ['Conv+Relu', 'Conv+Add+Relu'] },
    { id: 'qnn-htp', kernels: ['Conv+Relu', 'Conv+Add+Relu'] },
    { id: 'tvm', kernels: ['Conv+Relu', 'Conv+Add+Relu'] },
    { id: 'xla', kernels: ['Conv+Relu', 'Conv+Add+Relu'] },
  ] as const)('a residual block on $id is $kernels', ({ id, kernels: expected }) => {
    const block = (g: GraphBuilder, x: Tensor) =>
      g.relu(g.add(g.conv(g.conv(x, { ...conv, activation: 'relu' }), conv), x))
    expect(kernels(block, id)).toEqual(expected)
  })

  test.for([
    { id: 'tflite-xnnpack', kernels: ['Conv', 'Swish'] },
    { id: 'onnxruntime', kernels: ['Conv', 'Swish'] },
    { id: 'tensorrt', kernels: ['Conv+Swish'] },
    { id: 'xla', kernels: ['Conv+Swish'] },
  ] as const)('a SiLU spelled out on $id is $kernels', ({ id, kernels: expected }) => {
    expect(kernels((g, x) => g.conv(x, { ...conv, activation: 'silu' }), id)).toEqual(expected)
  })

  test('a skip connection and its layer norm are one kernel where the table says so', () => {
    const skip = (g: GraphBuilder, x: Tensor) => g.layerNorm(g.add(g.maxPool(x, { kernel: 3 }), x))
    expect(kernels(skip, 'onnxruntime')).toEqual(['MaxPool', 'Add+LayerNormalization'])
    expect(kernels(skip, 'tensorrt')).toEqual(['MaxPool', 'Add', 'LayerNormalization'])
  })

  test('a reduction ends the element operations before it', () => {
    const reduced = (g: GraphBuilder, x: Tensor) => g.reduceMean(g.mul(g.tanh(x), g.sigmoid(x)), [1])
    expect(kernels(reduced, 'xla').at(-1)).toMatch(/Mul\+ReduceMean$/)
    expect(kernels(reduced, 'tflite-xnnpack')).toHaveLength(4)
  })
})

describe('every table', () => {
  test.for(['resnet50', 'efficientnet-b0', 'vit-tiny-patch16', 'yolov8n', 'ddrnet23-slim'])(
    '%s keeps its MACs, and every operator is in at most one kernel, after what it reads',
    (preset) => {
      const summary = summarize(bindShapes(buildPreset(preset), {}), preset)
      const total = summary.operators.reduce((sum, { macs }) => sum + (macs ?? Number.NaN), 0)
      for (const id of fusionProfileIds) {
        const fused = fuse(summary, 'fp32', fusionProfiles[id])
        expect(fused.reduce((sum, { macs }) => sum + (macs ?? Number.NaN), 0)).toBe(total)
        const members = fused.flatMap(({ operators }) => operators)
        expect(new Set(members).size).toBe(members.length)
        // What no kernel makes is an input, or lies in place where its parts were written.
        const kernelOf = new Map(fused.flatMap(({ writes }, kernel) => writes.map((tensor) => [tensor, kernel])))
        fused.forEach(({ reads }, kernel) => {
          for (const read of reads) expect(kernelOf.get(read) ?? -1, id).toBeLessThan(kernel)
        })
      }
    },
  )
})
