/** Published multiply-accumulate counts, and closed forms where nobody published one. */
import { describe, expect, test } from 'vitest'
import { boundLifetimes } from '../../../simulator/graph/bound-lifetimes.ts'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import { countParameters } from '../../../simulator/graph/parameters.ts'
import { GraphBuilder, type Operand } from './build-graph.ts'

type Attributes = Parameters<GraphBuilder['node']>[2]

function operatorOf(key: string, inputs: readonly Operand[], weights: readonly Operand[], attributes: Attributes = {}) {
  const graph = new GraphBuilder()
  const names = [
    ...inputs.map(({ shape, dtype }, i) => graph.input(`x${i}`, shape, dtype ?? 'float32')),
    ...weights.map(({ shape, dtype }, i) => graph.weight(`w${i}`, (shape ?? []).map(Number), dtype ?? 'float32')),
  ]
  graph.output(graph.node(key, names, attributes))
  const [node] = inferShapes(graph.build(), {}).nodes
  if (node === undefined) throw new Error('no node')
  return node
}

const x = (...shape: number[]): Operand => ({ shape })

describe('AlexNet, two towers [krizhevsky-2012], layer by layer as published in Eyeriss [chen-2017, table III]', () => {
  const layers: readonly [number, number[], number[], number, number, number][] = [
    // MACs, input, weight, stride, padding, groups
    [105_415_200, [1, 3, 227, 227], [96, 3, 11, 11], 4, 0, 1],
    [223_948_800, [1, 96, 27, 27], [256, 48, 5, 5], 1, 2, 2],
    [149_520_384, [1, 256, 13, 13], [384, 256, 3, 3], 1, 1, 1],
    [112_140_288, [1, 384, 13, 13], [384, 192, 3, 3], 1, 1, 2],
    [74_760_192, [1, 384, 13, 13], [256, 192, 3, 3], 1, 1, 2],
  ]
  test.each(layers)('%i MACs: input %j, weight %j', (macs, input, weight, stride, pad, group) => {
    const node = operatorOf('Conv', [x(...input)], [x(...weight)], {
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
      group,
    })
    expect(node.work.macs).toBe(macs)
    const { m = 0, n = 0, k = 0, repeat = 0 } = node.work.gemm ?? {}
    expect(m * n * k * repeat).toBe(macs)
    expect(node.work.window).toMatchObject({ groups: group, outputChannels: weight[0] })
  })

  test('fully connected layers: 37.7 M, 16.8 M and 4.1 M', () => {
    const fc = (inputs: number, outputs: number) =>
      operatorOf('Gemm', [x(1, inputs)], [x(outputs, inputs), x(outputs)], { transB: 1 })
    expect(fc(9216, 4096).work.macs).toBe(37_748_736)
    expect(fc(4096, 4096).work.macs).toBe(16_777_216)
    expect(fc(4096, 1000).work).toMatchObject({ macs: 4_096_000, gemm: { m: 1, n: 1000, k: 4096, repeat: 1 } })
    expect(fc(4096, 1000).class).toBe('fully-connected')
  })
})

test('VGG-16 has 138,357,544 parameters and 15.47 GMACs [simonyan-2015; torchvision], and peaks at its second convolution', () => {
  const graph = new GraphBuilder()
  let at = graph.input('image', [1, 3, 224, 224])
  let channels = 3
  const conv = (outputs: number) => {
    const index = graph.nodes.length
    const operands = [at, graph.weight(`w${index}`, [outputs, channels, 3, 3]), graph.weight(`b${index}`, [outputs])]
    at = graph.node('Relu', [graph.node('Conv', operands, { pads: [1, 1, 1, 1] })])
    channels = outputs
  }
  for (const stage of [
    [64, 64],
    [128, 128],
    [256, 256, 256],
    [512, 512, 512],
    [512, 512, 512],
  ]) {
    for (const outputs of stage) conv(outputs)
    at = graph.node('MaxPool', [at], { kernel_shape: [2, 2], strides: [2, 2] })
  }
  at = graph.node('Flatten', [at])
  for (const [inputs, outputs] of [
    [25_088, 4096],
    [4096, 4096],
    [4096, 1000],
  ] as const) {
    const weights = [
      graph.weight(`fc${inputs}${outputs}`, [outputs, inputs]),
      graph.weight(`fb${inputs}${outputs}`, [outputs]),
    ]
    at = graph.node('Gemm', [at, ...weights], { transB: 1 })
  }
  const bound = inferShapes(graph.output(at).build(), {})
  expect(bound.nodes.reduce((total, { work }) => total + (work.macs ?? Number.NaN), 0)).toBe(15_470_264_320)
  expect(countParameters(bound)).toBe(138_357_544)
  const lifetimes = boundLifetimes(bound, { viewsAreFree: false, weightsFold: true })
  expect(lifetimes?.peakBytes).toBe(2 * 64 * 224 * 224 * 4)
})

describe('closed forms', () => {
  test('a transposed convolution multiplies every input by every tap of its group', () => {
    const node = operatorOf('ConvTranspose', [x(1, 64, 8, 8)], [x(64, 16, 4, 4)], { group: 2, strides: [2, 2] })
    expect(node.work.macs).toBe(64 * 8 * 8 * 16 * 4 * 4)
  })

  test('a recurrent layer costs steps × batch × all its weights', () => {
    const node = operatorOf('LSTM', [x(28, 2, 16)], [x(2, 80, 16), x(2, 80, 20)], {
      hidden_size: 20,
      direction: 'bidirectional',
    })
    expect(node.work.macs).toBe(28 * 2 * (2 * 80 * 16 + 2 * 80 * 20))
  })

  test('a batched product is one GEMM per batch, a product with a matrix one tall GEMM', () => {
    expect(operatorOf('MatMul', [x(2, 12, 128, 64), x(2, 12, 64, 128)], []).work).toMatchObject({
      macs: 2 * 12 * 128 * 128 * 64,
      gemm: { m: 128, n: 128, k: 64, repeat: 24 },
    })
    const layer = operatorOf('MatMul', [x(2, 128, 768)], [x(768, 3072)])
    expect(layer.work.gemm).toEqual({ m: 256, n: 3072, k: 768, repeat: 1 })
    expect([layer.class, operatorOf('MatMul', [x(4, 4), x(4, 4)], []).class]).toEqual(['fully-connected', 'matmul'])
  })

  test('fused attention counts scores and their product with the values', () => {
    const operands = [x(2, 12, 128, 64), x(2, 12, 128, 64), x(2, 12, 128, 64)]
    expect(operatorOf('Attention', operands, []).work.macs).toBe(2 * 12 * 128 * 128 * (64 + 64))
    const packed = operatorOf('com.microsoft.Attention', [x(1, 128, 768)], [x(768, 2304), x(2304)], { num_heads: 12 })
    expect(packed.work.macs).toBe(128 * 768 * 2304 + 2 * 12 * 128 * 128 * 64)
  })

  test('a contraction in Einstein notation costs the product of its index ranges, a transposition nothing', () => {
    const product = operatorOf('Einsum', [x(2, 3, 4), x(2, 4, 5)], [], { equation: 'bij,bjk->bik' })
    expect(product.work.macs).toBe(2 * 3 * 4 * 5)
    expect(operatorOf('Einsum', [x(2, 3)], [], { equation: 'ij->ji' }).work.macs).toBe(0)
  })

  test('quantized operators count like their float originals', () => {
    const u8 = (...shape: number[]): Operand => ({ shape, dtype: 'uint8' })
    const graph = new GraphBuilder()
    const quantized = [graph.weight('s', []), graph.weight('z', [], 'uint8')]
    const a = [graph.input('a', u8(8, 16).shape, 'uint8'), ...quantized]
    const b = [graph.weight('b', [16, 4], 'uint8'), ...quantized]
    graph.output(graph.node('QLinearMatMul', [...a, ...b, ...quantized]))
    expect(inferShapes(graph.build(), {}).nodes[0]?.work.macs).toBe(8 * 16 * 4)
  })

  test('depthwise convolutions are a class of their own', () => {
    const depthwise = operatorOf('Conv', [x(1, 32, 112, 112)], [x(32, 1, 3, 3)], { group: 32, pads: [1, 1, 1, 1] })
    expect(depthwise.class).toBe('depthwise-convolution')
    expect(depthwise.work.macs).toBe(32 * 112 * 112 * 9)
    expect(operatorOf('Conv', [x(1, 32, 8, 8)], [x(32, 16, 3, 3)], { group: 2 }).class).toBe('convolution')
  })

  test('elementwise work is on the vector units and grows with the function', () => {
    const ops = (op: string) => operatorOf(op, [x(10)], []).work
    expect(ops('Relu')).toMatchObject({ macs: 0, vectorOps: 10 })
    expect(ops('HardSwish').vectorOps).toBe(40)
    expect(ops('Sigmoid').vectorOps).toBeGreaterThan(ops('HardSigmoid').vectorOps ?? 0)
  })

  test('moving and renaming is no arithmetic', () => {
    expect(operatorOf('Transpose', [x(2, 3)], []).work).toMatchObject({ macs: 0, vectorOps: 0 })
    expect(operatorOf('Flatten', [x(2, 3)], []).class).toBe('view')
  })
})
