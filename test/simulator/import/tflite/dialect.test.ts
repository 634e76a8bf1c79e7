/** The dialect: what every operator of the schema is in the one vocabulary, and that both names cost the same. */
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { BoundNode } from '../../../../simulator/graph/bound.ts'
import type { Attribute } from '../../../../simulator/graph/graph.ts'
import { inferShapes } from '../../../../simulator/graph/infer.ts'
import { findOperator } from '../../../../simulator/graph/operators.ts'
import { builtinOperators } from '../../../../simulator/import/tflite/builtin-operators.ts'
import { tfliteDialect } from '../../../../simulator/import/tflite/dialect.ts'
import { optionsOf } from '../../../../simulator/import/tflite/options.ts'
import { GraphBuilder, graphAttribute } from '../../graph/build-graph.ts'

/** An operand by its shape: an activation, a weight, or a constant with content. */
type Operand =
  | { readonly x: readonly number[] }
  | { readonly w: readonly number[] }
  | { readonly list: readonly number[] }
  | { readonly scalar: number }
  | null

const x = (...shape: number[]): Operand => ({ x: shape })
const w = (...shape: number[]): Operand => ({ w: shape })
const list = (...elements: number[]): Operand => ({ list: elements })
const scalar = (value: number): Operand => ({ scalar: value })

function nodeOf(key: string, operands: readonly Operand[], attributes: Record<string, Attribute> = {}, outputs = 1) {
  const graph = new GraphBuilder(23)
  const names = operands.map((operand, index) => {
    const name = `operand${index}`
    if (operand === null) return null
    if ('x' in operand) return graph.input(name, operand.x)
    if ('w' in operand) return graph.weight(name, operand.w)
    if ('scalar' in operand) return graph.constant(name, [], [operand.scalar])
    return graph.constant(name, [operand.list.length], operand.list)
  })
  const results = Array.from({ length: outputs }, (_, index) => `y${index}`)
  graph.node(key, names, attributes, results)
  const { nodes, problems } = inferShapes(graph.output(...results).build(), {})
  expect(problems).toEqual([])
  const [node] = nodes
  if (node === undefined) throw new Error('no node')
  return node
}

function shapesOf({ outputs }: BoundNode): (readonly number[])[] {
  return outputs.map((output) => (output?.type.kind === 'tensor' ? (output.type.shape ?? []).map(Number) : []))
}

/** [B, H, W, C] as [B, C, H, W]. */
const channelsFirst = (shape: readonly number[]) => [shape[0] ?? 0, shape.at(-1) ?? 0, ...shape.slice(1, -1)]
const asItIs = (shape: readonly number[]) => shape

function expectSame(lowered: BoundNode, standard: BoundNode, shape: (dims: readonly number[]) => readonly number[]) {
  expect(lowered.op).toBe(standard.op)
  expect(lowered.class).toBe(standard.class)
  expect(shapesOf(lowered).map(shape)).toEqual(shapesOf(standard))
  expect(lowered.work).toEqual(standard.work)
}

describe('the dialect', () => {
  /** Never had a kernel, or stand for something else in a file. */
  const unknown: Readonly<Record<string, string>> = {
    CUSTOM: 'stands for an operator that has a name of its own',
    DELEGATE: 'made at run time, never in a file',
    PLACEHOLDER_FOR_GREATER_OP_CODES: 'marks how operators are numbered',
    CONCAT_EMBEDDINGS: 'without a kernel',
    SKIP_GRAM: 'without a kernel for tensors of numbers',
    STABLEHLO_CUSTOM_CALL: 'calls what only its target knows',
  }

  test('has every builtin operator of the schema, as an operator or as control flow', () => {
    const { operators, control } = tfliteDialect
    const missing = builtinOperators.filter((op) => !operators.has(`tflite.${op}`) && !control.has(`tflite.${op}`))
    expect(missing.toSorted()).toEqual(Object.keys(unknown).toSorted())
  })

  test('has no others but custom ones', () => {
    const keys = [
      ...tfliteDialect.operators.keys(),
      ...tfliteDialect.control.keys(),
      ...(tfliteDialect.integerBiases ?? []),
    ]
    const others = keys.filter((key) => !key.startsWith('tflite.custom.') && !builtinOperators.includes(key.slice(7)))
    expect(others).toEqual([])
  })

  test('every operator with options is one of the schema', () => {
    expect(Object.keys(optionsOf).filter((op) => !builtinOperators.includes(op))).toEqual([])
  })

  test.each([...tfliteDialect.operators].filter(([, { op }]) => typeof op === 'string'))(
    '%s is an operator of the registry',
    (_, { op }) => {
      expect(typeof op === 'string' && findOperator(op)).toBeTruthy()
    },
  )

  test('names what an operator is by its options where those decide', () => {
    const compared = (comparison_direction: number) =>
      nodeOf('tflite.STABLEHLO_COMPARE', [x(2), x(2)], { comparison_direction }).op
    expect([0, 1, 2, 3, 4, 5].map(compared)).toEqual([
      'Equal',
      'NotEqual',
      'GreaterOrEqual',
      'Greater',
      'LessOrEqual',
      'Less',
    ])
    const reduced = (op: string) => {
      const body = new GraphBuilder()
      const y = body.node(`tflite.${op}`, [body.input('a', []), body.input('b', [])])
      const attributes = { dimensions: [0], body: graphAttribute(body.output(y).build()) }
      return nodeOf('tflite.STABLEHLO_REDUCE', [x(4, 2), x()], attributes).op
    }
    expect(reduced('STABLEHLO_MAXIMUM')).toBe('ReduceMax')
    expect(reduced('STABLEHLO_ADD')).toBe('ReduceSum')
    const product = { lhs_contracting_dimensions: [1], rhs_contracting_dimensions: [0] }
    expect(nodeOf('tflite.STABLEHLO_DOT_GENERAL', [x(2, 3), x(3, 4)], product).op).toBe('MatMul')
    const other = { lhs_contracting_dimensions: [0], rhs_contracting_dimensions: [0] }
    expect(nodeOf('tflite.STABLEHLO_DOT_GENERAL', [x(3, 2), x(3, 4)], other).op).toBe('Einsum')
  })

  test('an activation on the result is part of the work of its node', () => {
    const options = (activation: string) => ({ padding: 'SAME', fused_activation_function: activation })
    const conv = (activation: string) => nodeOf('tflite.CONV_2D', [x(1, 4, 4, 2), w(8, 1, 1, 2)], options(activation))
    expect(conv('NONE').activation).toBeNull()
    for (const [name, op, perResult] of [
      ['RELU', 'Relu', 1],
      ['RELU6', 'Clip', 2],
      ['RELU_N1_TO_1', 'Clip', 2],
      ['TANH', 'Tanh', 10],
    ] as const) {
      const node = conv(name)
      expect(node.activation).toEqual({ op, vectorOps: 4 * 4 * 8 * perResult })
      expect(node.work.vectorOps).toBe(node.activation?.vectorOps)
    }
  })

  test('a detector ends in a sort and comparisons that are known, at worst all of them', () => {
    const operands = [x(1, 1917, 4), x(1, 1917, 91), w(1917, 4)]
    const ops = (options: Record<string, Attribute>) =>
      nodeOf('tflite.custom.TFLite_Detection_PostProcess', operands, options, 4)
    const detector = ops({ max_detections: 10 })
    expect([detector.op, detector.class]).toEqual(['DetectionPostProcess', 'detection'])
    expect(shapesOf(detector)).toEqual([[1, 10, 4], [1, 10], [1, 10], [1]])
    expect(detector.work).toMatchObject({ macs: 0, vectorOps: 1917 * (11 + 10 * 16 + 28 + 91) })
    const regular = ops({ max_detections: 10, use_regular_nms: 1, detections_per_class: 100 })
    expect(regular.work.vectorOps).toBe(1917 * (91 * (11 + 100 * 16) + 28 + 91))
  })

  test('a detector without a limit keeps every box at worst', () => {
    const graph = new GraphBuilder()
    const operands = [graph.input('b', [1, 100, 4]), graph.input('s', [1, 100, 3]), graph.weight('a', [100, 4])]
    graph.node('tflite.custom.TFLite_Detection_PostProcess', operands, {}, ['y'])
    const [node] = inferShapes(graph.output('y').build(), {}).nodes
    expect(node?.work.vectorOps).toBe(100 * (7 + 100 * 16 + 28 + 3))
  })

  test('what a compiler left of a model has work that nobody knows', () => {
    for (const op of ['edgetpu-custom-op', 'ethos-u']) {
      const graph = new GraphBuilder()
      graph.declare('y', [1, 10])
      graph.node(`tflite.custom.${op}`, [graph.input('x', [1, 8])], {}, ['y'])
      const [node] = inferShapes(graph.output('y').build(), {}).nodes
      expect(node).toMatchObject({ op: 'AcceleratorProgram', class: 'unknown', work: { macs: null, vectorOps: null } })
    }
  })
})

const size = (max: number, min = 1) => fc.integer({ min, max })
const window = fc.record({
  b: size(3),
  h: size(12, 7),
  w: size(12, 7),
  c: size(4, 2),
  o: size(5),
  groups: size(3),
  kh: size(3),
  kw: size(3),
  sh: size(3),
  sw: size(3),
  dh: size(2),
  dw: size(2),
  padding: fc.constantFrom('SAME', 'VALID'),
  bias: fc.boolean(),
})
const tensor = fc.record({ a: size(6), b: size(6), c: size(6), d: size(6) })

const autoPad = (padding: string) => (padding === 'SAME' ? 'SAME_UPPER' : 'VALID')

describe('an operator costs the same by either name', () => {
  property.prop([window])('convolutions', ({ b, h, w: width, c, o, groups, kh, kw, sh, sw, dh, dw, padding, bias }) => {
    const options = { padding, stride_h: sh, stride_w: sw, dilation_h_factor: dh, dilation_w_factor: dw }
    const attributes = { auto_pad: autoPad(padding), strides: [sh, sw], dilations: [dh, dw], group: groups }
    const [inputs, outputs] = [c * groups, o * groups]
    expectSame(
      nodeOf('tflite.CONV_2D', [x(b, h, width, inputs), w(outputs, kh, kw, c), bias ? w(outputs) : null], options),
      nodeOf('Conv', [x(b, inputs, h, width), w(outputs, c, kh, kw), bias ? w(outputs) : null], attributes),
      channelsFirst,
    )
    const each = c * o
    expectSame(
      nodeOf('tflite.DEPTHWISE_CONV_2D', [x(b, h, width, c), w(1, kh, kw, each), bias ? w(each) : null], options),
      nodeOf('Conv', [x(b, c, h, width), w(each, 1, kh, kw), bias ? w(each) : null], { ...attributes, group: c }),
      channelsFirst,
    )
  })

  property.prop([window])('convolutions in space and time', ({ b, h, w: width, c, o, kh, kw, sh, padding }) => {
    expectSame(
      nodeOf('tflite.CONV_3D', [x(b, 8, h, width, c), w(2, kh, kw, c, o)], { padding, stride_d: 2, stride_h: sh }),
      nodeOf('Conv', [x(b, c, 8, h, width), w(o, c, 2, kh, kw)], { auto_pad: autoPad(padding), strides: [2, sh, 1] }),
      channelsFirst,
    )
  })

  property.prop([window])('transposed convolutions', ({ b, h, w: width, c, o, sh, sw, padding, bias }) => {
    const standard = nodeOf('ConvTranspose', [x(b, c, h, width), w(c, o, 3, 3), bias ? w(o) : null], {
      auto_pad: autoPad(padding),
      strides: [sh, sw],
    })
    const [[, , high = 0, wide = 0] = []] = shapesOf(standard)
    const operands = [list(b, high, wide, o), w(o, 3, 3, c), x(b, h, width, c), bias ? w(o) : null]
    const options = { padding, stride_h: sh, stride_w: sw }
    expectSame(nodeOf('tflite.TRANSPOSE_CONV', operands, options), standard, channelsFirst)
  })

  property.prop([window])('poolings', ({ b, h, w: width, c, kh, kw, sh, sw, padding }) => {
    const options = { padding, stride_h: sh, stride_w: sw, filter_height: kh, filter_width: kw }
    const attributes = { auto_pad: autoPad(padding), strides: [sh, sw], kernel_shape: [kh, kw] }
    for (const [tflite, onnx] of [
      ['MAX_POOL_2D', 'MaxPool'],
      ['AVERAGE_POOL_2D', 'AveragePool'],
      ['L2_POOL_2D', 'LpPool'],
    ] as const) {
      const lowered = nodeOf(`tflite.${tflite}`, [x(b, h, width, c)], options)
      expectSame(lowered, nodeOf(onnx, [x(b, c, h, width)], attributes), channelsFirst)
    }
  })

  property.prop([tensor, fc.boolean()])('products', ({ a, b, c, d }, bias) => {
    expectSame(
      nodeOf('tflite.FULLY_CONNECTED', [x(a, b), w(c, b), bias ? w(c) : null]),
      nodeOf('Gemm', [x(a, b), w(c, b), bias ? w(c) : null], { transB: 1 }),
      asItIs,
    )
    expectSame(
      nodeOf('tflite.BATCH_MATMUL', [x(a, b, d), x(a, c, d)], { adj_y: 1 }),
      nodeOf('MatMul', [x(a, b, d), x(a, d, c)]),
      asItIs,
    )
    const inner = {
      lhs_batching_dimensions: [0],
      rhs_batching_dimensions: [0],
      lhs_contracting_dimensions: [2],
      rhs_contracting_dimensions: [1],
    }
    const [lowered, standard] = ['tflite.STABLEHLO_DOT_GENERAL', 'MatMul'].map((key) =>
      nodeOf(key, [x(a + 1, b, d), x(a + 1, d, c)], key === 'MatMul' ? {} : inner),
    )
    if (lowered !== undefined && standard !== undefined) expectSame(lowered, standard, asItIs)
  })

  property.prop([tensor])('recurrent layers', ({ a: steps, b: batch, c: inputs, d: units }) => {
    const gates = (...shape: number[]) => new Array<Operand>(4).fill(w(...shape))
    const operands = [x(steps, batch, inputs), ...gates(units, inputs), ...gates(units, units)]
    const lowered = nodeOf('tflite.UNIDIRECTIONAL_SEQUENCE_LSTM', operands, { time_major: 1 })
    const weights = [w(1, 4 * units, inputs), w(1, 4 * units, units)]
    const standard = nodeOf('LSTM', [x(steps, batch, inputs), ...weights], { hidden_size: units })
    expect([lowered.op, lowered.class, lowered.work]).toEqual([standard.op, standard.class, standard.work])
  })

  property.prop([tensor])('reductions and selections', ({ a, b, c, d }) => {
    const input = x(a, b, c, d)
    expectSame(
      nodeOf('tflite.MEAN', [input, list(1, 2)], { keep_dims: 1 }),
      nodeOf('ReduceMean', [input, list(1, 2)]),
      asItIs,
    )
    expectSame(
      nodeOf('tflite.ARG_MAX', [input, scalar(3)]),
      nodeOf('ArgMax', [input], { axis: 3, keepdims: 0 }),
      asItIs,
    )
    expectSame(nodeOf('tflite.TOPK_V2', [input, scalar(1)], {}, 2), nodeOf('TopK', [input, list(1)], {}, 2), asItIs)
  })

  property.prop([tensor])('moves', ({ a, b, c, d }) => {
    const input = x(a, b, c, d)
    const pairs: readonly (readonly [BoundNode, BoundNode])[] = [
      [
        nodeOf('tflite.CONCATENATION', [input, x(a, b, c, 3)], { axis: 3 }),
        nodeOf('Concat', [input, x(a, b, c, 3)], { axis: 3 }),
      ],
      [
        nodeOf('tflite.SLICE', [input, list(0, 0, 0, 0), list(-1, 1, -1, -1)]),
        nodeOf('Slice', [input, list(0), list(1), list(1)]),
      ],
      [
        nodeOf('tflite.STRIDED_SLICE', [input, list(0, 0), list(a, b), list(2, 2)]),
        nodeOf('Slice', [input, list(0, 0), list(a, b), list(0, 1), list(2, 2)]),
      ],
      [nodeOf('tflite.TRANSPOSE', [input, list(0, 3, 1, 2)]), nodeOf('Transpose', [input], { perm: [0, 3, 1, 2] })],
      [
        nodeOf('tflite.GATHER', [input, list(0, 0, 0)], { axis: 1 }),
        nodeOf('Gather', [input, list(0, 0, 0)], { axis: 1 }),
      ],
      [nodeOf('tflite.EMBEDDING_LOOKUP', [list(0, 0), input]), nodeOf('Gather', [input, list(0, 0)])],
      [nodeOf('tflite.RESHAPE', [input, list(-1, d)]), nodeOf('Reshape', [input, list(-1, d)])],
      [nodeOf('tflite.EXPAND_DIMS', [input, scalar(0)]), nodeOf('Unsqueeze', [input, list(0)])],
      [
        nodeOf('tflite.SPLIT', [scalar(0), x(2 * a, b)], { num_splits: 2 }, 2),
        nodeOf('Split', [x(2 * a, b)], { axis: 0 }, 2),
      ],
    ]
    for (const [lowered, standard] of pairs) expectSame(lowered, standard, asItIs)
    expectSame(
      nodeOf('tflite.SPACE_TO_DEPTH', [x(a, 2 * b, 2 * c, d)], { block_size: 2 }),
      nodeOf('SpaceToDepth', [x(a, d, 2 * b, 2 * c)], { blocksize: 2 }),
      channelsFirst,
    )
    const sizes = list(a, d, 2 * b, 2 * c)
    expectSame(
      nodeOf('tflite.RESIZE_BILINEAR', [input, list(2 * b, 2 * c)]),
      nodeOf('Resize', [x(a, d, b, c), null, null, sizes], { mode: 'linear' }),
      channelsFirst,
    )
  })

  property.prop([tensor])('functions of elements', ({ a, b, c }) => {
    const names: readonly (readonly [string, string, number])[] = [
      ['ADD', 'Add', 2],
      ['DIV', 'Div', 2],
      ['ADD_N', 'Sum', 3],
      ['SELECT_V2', 'Where', 3],
      ['LOGISTIC', 'Sigmoid', 1],
      ['RELU6', 'Clip', 1],
      ['HARD_SWISH', 'HardSwish', 1],
      ['GELU', 'Gelu', 1],
      ['LEAKY_RELU', 'LeakyRelu', 1],
      ['SOFTMAX', 'Softmax', 1],
      ['L2_NORMALIZATION', 'LpNormalization', 1],
      ['FLOOR_MOD', 'Mod', 2],
      ['STABLEHLO_CLAMP', 'Clip', 3],
    ]
    for (const [tflite, onnx, operands] of names) {
      const inputs = new Array<Operand>(operands).fill(x(a, b, c))
      expectSame(nodeOf(`tflite.${tflite}`, inputs), nodeOf(onnx, inputs), asItIs)
    }
  })
})
