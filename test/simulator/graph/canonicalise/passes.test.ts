/** Each pass on the smallest graph that shows it: what a file spells out, and the operator that it is. */
import { describe, expect, test } from 'vitest'
import { GraphBuilder, type Tensor } from '../../../../simulator/build/builder.ts'
import { bindShapes } from '../../../../simulator/graph/infer.ts'
import { summarize } from '../../../../simulator/graph/summarize.ts'
import type { GraphSummary } from '../../../../simulator/graph/summary.ts'

type Build = (g: GraphBuilder, x: Tensor) => Tensor

const image = [1, 8, 6, 6]

function summaryOf(build: Build, shape: readonly number[] = image): GraphSummary {
  const g = new GraphBuilder('case')
  return summarize(bindShapes(g.finish({ y: build(g, g.input('x', shape)) }), {}), 'case')
}

const operatorsOf = (build: Build, shape?: readonly number[]) => summaryOf(build, shape).operators.map(({ op }) => op)

/** Around the case, so that it neither reads an input nor gives an output. */
const between =
  (build: Build): Build =>
  (g, x) =>
    g.conv(build(g, g.conv(x, { out: 8, kernel: 3 })), { out: 8, kernel: 3 })

const shifted = (g: GraphBuilder, x: Tensor) => g.clip(g.add(x, g.scalar(3)), 0, 6)
const cube = (g: GraphBuilder, x: Tensor) => g.node('Pow', [x, g.scalar(3)])

describe('activations that are spelled out', () => {
  const cases: readonly (readonly [name: string, op: string, build: Build])[] = [
    ['x · σ(x)', 'Swish', (g, x) => g.mul(x, g.sigmoid(x))],
    ['x · hard σ(x)', 'HardSwish', (g, x) => g.mul(x, g.node('HardSigmoid', [x]))],
    ['x · clip(x + 3) / 6', 'HardSwish', (g, x) => g.div(g.mul(x, shifted(g, x)), g.scalar(6))],
    ['x · (clip(x + 3) / 6)', 'HardSwish', (g, x) => g.mul(x, g.div(shifted(g, x), g.scalar(6)))],
    ['clip(x + 3) / 6', 'HardSigmoid', (g, x) => g.div(shifted(g, x), g.scalar(6))],
    ['x · tanh(softplus(x))', 'Mish', (g, x) => g.mul(x, g.tanh(g.node('Softplus', [x])))],
    [
      'GELU by erf',
      'Gelu',
      (g, x) => g.scale(g.mul(x, g.add(g.node('Erf', [g.div(x, g.scalar(Math.SQRT2))]), g.scalar(1))), 0.5),
    ],
    [
      'GELU by erf, half first',
      'Gelu',
      (g, x) => g.mul(g.scale(x, 0.5), g.add(g.node('Erf', [g.div(x, g.scalar(Math.SQRT2))]), g.scalar(1))),
    ],
    [
      'GELU by tanh',
      'Gelu',
      (g, x) => {
        const inner = g.scale(g.add(x, g.scale(cube(g, x), 0.044715)), 0.79788)
        return g.mul(g.scale(x, 0.5), g.add(g.tanh(inner), g.scalar(1)))
      },
    ],
    [
      'GELU by tanh, the cube as products',
      'Gelu',
      (g, x) => {
        const inner = g.scale(g.add(x, g.scale(g.mul(g.mul(x, x), x), 0.044715)), 0.79788)
        return g.mul(x, g.scale(g.add(g.tanh(inner), g.scalar(1)), 0.5))
      },
    ],
    ['GELU by σ', 'Swish', (g, x) => g.mul(x, g.sigmoid(g.scale(x, 1.702)))],
  ]

  test.for(cases)('%s is %s', ([, op, build]) => {
    expect(operatorsOf(between(build))).toEqual(['Conv', op, 'Conv'])
  })

  test('what is read elsewhere too stays as it is', () => {
    const shared: Build = (g, x) => {
      const gate = g.sigmoid(x)
      return g.add(g.mul(x, gate), gate)
    }
    expect(operatorsOf(between(shared))).toEqual(['Conv', 'Sigmoid', 'Mul', 'Add', 'Conv'])
  })
})

describe('normalisations that are spelled out', () => {
  const tokens = [1, 16, 32]
  const mean = (g: GraphBuilder, x: Tensor) => g.reduceMean(x, [-1])
  const root = (g: GraphBuilder, square: Tensor) => g.node('Sqrt', [g.add(mean(g, square), g.scalar(1e-5))])
  const cases: readonly (readonly [name: string, op: string, build: Build])[] = [
    [
      'layer normalisation',
      'LayerNormalization',
      (g, x) => {
        const centred = g.sub(x, mean(g, x))
        const normal = g.div(centred, root(g, g.node('Pow', [centred, g.scalar(2)])))
        return g.add(g.mul(normal, g.weight([32])), g.weight([32]))
      },
    ],
    [
      'layer normalisation, centred twice',
      'LayerNormalization',
      (g, x) => {
        const average = mean(g, x)
        const square = g.node('Pow', [g.sub(x, average), g.scalar(2)])
        return g.mul(g.div(g.sub(x, average), root(g, square)), g.weight([32]))
      },
    ],
    [
      'RMS normalisation',
      'RMSNormalization',
      (g, x) => g.mul(g.mul(x, g.node('Reciprocal', [root(g, g.mul(x, x))])), g.weight([32])),
    ],
  ]

  test.for(cases)('%s is %s', ([, op, build]) => {
    const around: Build = (g, x) => g.matmul(build(g, g.matmul(x, g.weight([32, 32]))), g.weight([32, 32]))
    expect(operatorsOf(around, tokens)).toEqual(['MatMul', op, 'MatMul'])
  })
})

describe('affine maps', () => {
  test('after a product are its bias', () => {
    const plain = summaryOf((g, x) => g.conv(x, { out: 4, kernel: 3 }))
    const unfolded = summaryOf((g, x) => g.batchNorm(g.conv(x, { out: 4, kernel: 3, bias: false })))
    const scaled = summaryOf((g, x) =>
      g.add(g.mul(g.conv(x, { out: 4, kernel: 3, bias: false }), g.weight([1, 4, 1, 1])), g.weight([1, 4, 1, 1])),
    )
    for (const { operators, constants } of [unfolded, scaled]) {
      expect(operators.map(({ op, vectorOps, gemm }) => ({ op, vectorOps, gemm }))).toEqual(
        plain.operators.map(({ op, vectorOps, gemm }) => ({ op, vectorOps, gemm })),
      )
      expect(constants).toEqual(plain.constants)
    }
    expect(unfolded.operators[0]?.origins).toEqual(['Conv', 'BatchNormalization'])
  })

  test('stay where nothing multiplies before them, and where the sizes are no channels', () => {
    expect(operatorsOf((g, x) => g.conv(g.batchNorm(x), { out: 4, kernel: 3 }))).toEqual(['BatchNormalization', 'Conv'])
    expect(operatorsOf((g, x) => g.mul(g.conv(x, { out: 4, kernel: 3 }), g.weight([1, 1, 6, 6])))).toEqual([
      'Conv',
      'Mul',
    ])
  })

  test('a scale before a product of activations is part of it', () => {
    expect(operatorsOf((g, x) => g.matmul(g.scale(g.relu(x), 0.125), g.relu(x)))).toEqual(['Relu', 'Relu', 'MatMul'])
  })
})

describe('layout', () => {
  const last = [0, 2, 3, 1]
  const first = [0, 3, 1, 2]

  test('an image that comes with its channels last is the same image', () => {
    const build: Build = (g, x) => g.transpose(g.conv(g.transpose(x, first), { out: 4, kernel: 3 }), last)
    expect(operatorsOf(build, [1, 6, 6, 8])).toEqual(['Conv'])
  })

  test('transposes that undo each other go, also one after another', () => {
    const back = between((g, x) => g.transpose(g.transpose(x, last), first))
    expect(operatorsOf(back)).toEqual(['Conv', 'Conv'])
    const twice: Build = (g, x) => g.relu(g.transpose(g.transpose(g.relu(x), [0, 1, 3, 2]), [0, 2, 1, 3]))
    expect(operatorsOf(twice)).toEqual(['Relu', 'Transpose', 'Relu'])
  })

  test('one that moves tokens stays', () => {
    expect(operatorsOf(between((g, x) => g.transpose(x, [0, 1, 3, 2])))).toEqual(['Conv', 'Transpose', 'Conv'])
  })
})

test('zeros around an image belong to the window that slides over them', () => {
  const padded: Build = (g, x) => g.conv(g.padZeros(x, [0, 0, 1, 1], [0, 0, 1, 1]), { out: 4, kernel: 3, pad: 0 })
  const own = summaryOf((g, x) => g.conv(x, { out: 4, kernel: 3, pad: 1 }))
  expect(summaryOf(padded).operators.map(({ op, gemm }) => [op, gemm])).toEqual(
    own.operators.map(({ op, gemm }) => [op, gemm]),
  )
})

test('a mean over an image is global average pooling', () => {
  const spellings: readonly Build[] = [
    (g, x) => g.globalAveragePool(x),
    (g, x) => g.reduceMean(x, [2, 3]),
    (g, x) => g.averagePool(x, { kernel: 6, stride: 6 }),
  ]
  for (const build of spellings) {
    expect(summaryOf(build).operators.map(({ op, class: kind, vectorOps }) => [op, kind, vectorOps])).toEqual([
      ['GlobalAveragePool', 'pooling', 288],
    ])
  }
  expect(operatorsOf((g, x) => g.reduceMean(x, [1]))).toEqual(['ReduceMean'])
})

test('operators stand in the order of need, not of the file', () => {
  const build: Build = (g, x) => {
    const late = g.sigmoid(x)
    const early = g.tanh(x)
    return g.add(early, late)
  }
  expect(operatorsOf(build)).toEqual(['Tanh', 'Sigmoid', 'Add'])
})

describe('quantization', () => {
  const pair = (g: GraphBuilder, x: Tensor) => {
    const [scale, zero] = [g.scalar(0.1), g.constant([0], [], 'int8')]
    return g.node('DequantizeLinear', [g.node('QuantizeLinear', [x, scale, zero]), scale, zero])
  }

  test('by pairs is a type of the tensors between', () => {
    const build: Build = (g, x) => pair(g, g.relu(pair(g, g.conv(pair(g, x), { out: 8, kernel: 3 }))))
    const { operators, tensors } = summaryOf(build)
    expect(operators.map(({ op }) => op)).toEqual(['Conv', 'Relu'])
    expect(tensors.map(({ role, dtype }) => [role, dtype])).toEqual([
      ['input', 'float32'],
      ['activation', 'int8'],
      ['output', 'float32'],
    ])
  })

  test('a value that is read in floating point too stays in it', () => {
    const build: Build = (g, x) => {
      const shared = g.conv(pair(g, x), { out: 8, kernel: 3 })
      return g.add(g.conv(pair(g, shared), { out: 8, kernel: 3 }), shared)
    }
    const { operators, tensors } = summaryOf(build)
    expect(operators.map(({ op }) => op)).toEqual(['Conv', 'Conv', 'Add'])
    expect(tensors[operators[0]?.outputs[0] ?? -1]?.dtype).toBe('float32')
  })
})
