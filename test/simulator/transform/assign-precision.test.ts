import { describe, expect, test } from 'vitest'
import { fusionProfiles } from '../../../device-catalog/runtimes/fusion.ts'
import { buildPreset } from '../../../model-zoo/index.ts'
import { GraphBuilder } from '../../../simulator/build/builder.ts'
import { countWork } from '../../../simulator/cost/workload.ts'
import { writeOnnx } from '../../../simulator/export/onnx.ts'
import { dtypes } from '../../../simulator/graph/dtype.ts'
import type { Graph } from '../../../simulator/graph/graph.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { assignPrecision } from '../../../simulator/transform/assign-precision.ts'
import { isNumberFormatId, numberFormats, w4a16 } from '../../../simulator/transform/number-formats.ts'
import { runOnnx } from '../../model-zoo/run-onnx.ts'

const { fp16, bf16, int8, w8a16 } = numberFormats
const perTensor = numberFormats['int8-per-tensor']

function summaryOf(graph: Graph) {
  return summarize(bindShapes(graph, {}), '')
}

/** Elements of the constants by type. */
function stored(graph: Graph): Record<string, number> {
  const elements: Record<string, number> = {}
  for (const constant of summaryOf(graph).constants) {
    elements[constant.dtype] = (elements[constant.dtype] ?? 0) + constant.elements
  }
  return elements
}

const macsOf = (graph: Graph) => summaryOf(graph).operators.reduce((sum, { macs }) => sum + (macs ?? Number.NaN), 0)

/** One 3×3 convolution of 4 → 8 channels and a linear layer of 8 → 10. */
function small(): Graph {
  const g = new GraphBuilder('small')
  const x = g.conv(g.input('image', [1, 4, 8, 8]), { out: 8, kernel: 3, activation: 'relu' })
  return g.finish({ logits: g.gemm(g.flatten(g.globalAveragePool(x)), { out: 10 }) })
}

describe('floating-point formats', () => {
  test.for([
    { format: fp16, dtype: 'float16' },
    { format: bf16, dtype: 'bfloat16' },
  ] as const)(
    '$dtype stores every weight in half the bytes and keeps the types of inputs and outputs',
    ({ format, dtype }) => {
      const graph = assignPrecision(small(), { format })
      expect(stored(graph)).toEqual({ [dtype]: 8 * 4 * 9 + 8 + 10 * 8 + 10 })
      const bound = bindShapes(graph, {})
      for (const { type } of [...bound.inputs, ...bound.outputs].flatMap((value) => value ?? [])) {
        expect(type.kind === 'tensor' && type.dtype).toBe('float32')
      }
    },
  )

  test('fp32 changes nothing', () => {
    expect(summaryOf(assignPrecision(small(), {}))).toEqual(summaryOf(small()))
  })

  test('values that choose sizes stay float32', () => {
    const g = new GraphBuilder('resize')
    const x = g.input('image', [1, 3, 4, 4])
    const scales = g.constant([1, 1, 2, 2], [4], 'float32')
    const graph = assignPrecision(g.finish({ map: g.node('Resize', [x, null, scales], { mode: 'nearest' }) }), {
      format: fp16,
    })
    expect(graph.constants.get(scales.name)?.dtype).toBe('float32')
  })
})

describe('integer formats', () => {
  test('int8 has one scale per output channel', () => {
    expect(stored(assignPrecision(small(), { format: int8 }))).toMatchObject({ int8: 8 * 4 * 9 + 10 * 8 })
    const scales = [...assignPrecision(small(), { format: int8 }).constants.values()].filter(
      ({ name, dims }) => name.endsWith('scale') && dims.length > 0,
    )
    expect(scales.map(({ dims }) => dims)).toEqual([[8], [10]])
  })

  test('int8 per tensor has one scale per weight', () => {
    const graph = assignPrecision(small(), { format: perTensor })
    for (const { name, dims } of graph.constants.values()) if (name.endsWith('scale')) expect(dims).toEqual([])
  })

  test('w4a16 has one scale per block of inputs, the last block being what is left', () => {
    const g = new GraphBuilder('linear')
    const graph = assignPrecision(g.finish({ y: g.linear(g.input('x', [1, 5, 100]), { out: 24 }) }), {
      format: w4a16(32),
    })
    const [weight, scale] = [...graph.constants.values()].filter(({ name }) => name.includes('int4'))
    expect(weight).toMatchObject({ dtype: 'int4', dims: [100, 24] })
    expect(scale).toMatchObject({ dtype: 'float16', dims: [4, 24] })
  })

  test('activations between operators are kept as integers, whatever precision runs', () => {
    const summary = summaryOf(assignPrecision(buildPreset('resnet18'), { format: int8 }))
    const float = summaryOf(buildPreset('resnet18'))
    const peak = (of: typeof summary, precision: 'fp32' | 'int8') =>
      countWork(of, precision, fusionProfiles.graph, 1).peakActivationBytes
    expect(peak(summary, 'int8')).toBe(peak(float, 'int8'))
    // The image that the caller feeds stays in floating point.
    const [image = { shape: [] }] = float.tensors
    const pixels = image.shape.reduce((product, size) => product * size, 1)
    expect(peak(summary, 'fp32')).toBeLessThanOrEqual(peak(float, 'int8') + 3 * pixels)
    expect(peak(float, 'fp32')).toBe(4 * peak(float, 'int8'))
  })

  test('16-bit activations double the traffic between operators', () => {
    const traffic = (graph: Graph) => {
      const { kernels } = countWork(summaryOf(graph), 'fp32', fusionProfiles.graph, 1)
      return kernels.slice(1, -2).reduce((sum, { inputBytes }) => sum + inputBytes, 0)
    }
    const preset = buildPreset('resnet18')
    const [eight, sixteen] = [int8, w8a16].map((format) => traffic(assignPrecision(preset, { format })))
    expect(sixteen).toBe(2 * (eight ?? 0))
  })

  test('an older operator set is refused', () => {
    const graph = { ...small(), opsets: { '': 17 } }
    expect(() => assignPrecision(graph, { format: int8 })).toThrow(/unsupported-opset/)
    expect(() => assignPrecision(graph, { format: fp16 })).not.toThrow()
  })
})

describe('formats by operator', () => {
  test('a class can keep its precision while the rest is quantized', () => {
    const graph = assignPrecision(small(), { format: int8, byClass: { 'fully-connected': numberFormats.fp32 } })
    expect(stored(graph)).toMatchObject({ int8: 8 * 4 * 9 })
    expect(stored(graph).float32).toBeGreaterThan(10 * 8)
  })

  test('a name wins over its class', () => {
    const { name } = small().nodes.find(({ op }) => op === 'Gemm') ?? { name: '' }
    const graph = assignPrecision(small(), { byClass: { 'fully-connected': fp16 }, byName: { [name]: int8 } })
    expect(stored(graph)).not.toHaveProperty('float16')
    expect(stored(graph)).toMatchObject({ int8: expect.any(Number) })
  })

  test('a name that no node has is refused', () => {
    expect(() => assignPrecision(small(), { byName: { nowhere: fp16 } })).toThrow(/invalid-field/)
  })

  test('where formats meet there is one conversion per value', () => {
    const g = new GraphBuilder('fork')
    const x = g.conv(g.input('image', [1, 3, 8, 8]), { out: 8, kernel: 3 })
    const graph = g.finish({ sum: g.add(g.sigmoid(x), g.tanh(x)) })
    const casts = assignPrecision(graph, { byClass: { activation: fp16 } }).nodes.filter(({ op }) => op === 'Cast')
    expect(casts.map(({ inputs }) => inputs[0])).toHaveLength(3)
  })
})

const ids = ['resnet8-ic', 'mobilenet-v2-0.35', 'vit-tiny-patch16', 'segformer-b0', 'shufflenet-v2-x0-5', 'yolov8n']

describe('whole networks', () => {
  test.for(ids.flatMap((id) => Object.keys(numberFormats).map((format) => ({ id, format }))))(
    '$id in $format is a graph whose shapes follow, with the same MACs',
    ({ id, format }) => {
      if (!isNumberFormatId(format)) throw new Error(format)
      const before = buildPreset(id)
      const after = assignPrecision(before, { format: numberFormats[format] })
      expect(bindShapes(after, {}).problems).toEqual([])
      expect(macsOf(after)).toBe(macsOf(before))
      for (const { dtype } of after.constants.values()) expect(dtypes[dtype]).toBeDefined()
    },
  )

  test.for(['fp16', 'int8', 'int8-per-tensor', 'w8a16'] as const)(
    'resnet8-ic in %s runs in onnxruntime',
    { timeout: 60_000 },
    async (format) => {
      const before = buildPreset('resnet8-ic')
      const graph = assignPrecision(before, { format: numberFormats[format] })
      const { shapes, values } = await runOnnx(writeOnnx(graph, { seed: 1 }), graph)
      expect(shapes).toEqual(Object.fromEntries(before.outputs.map((name) => [name, before.values.get(name)?.shape])))
      expect(Object.values(values).flat().every(Number.isFinite)).toBe(true)
    },
  )
})
