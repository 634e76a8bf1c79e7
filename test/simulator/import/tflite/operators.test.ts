/** Shape and work rules of TFLite builtins; figures follow the TensorFlow documentation of the operator they stand for. */
import { describe, expect, test } from 'vitest'
import type { Attribute } from '../../../../simulator/graph/graph.ts'
import { inferShapes } from '../../../../simulator/graph/infer.ts'
import { GraphBuilder, inferOperator, type Operand, shapeOf } from '../../graph/build-graph.ts'

type Options = Record<string, Attribute>

const x = (...shape: (number | string | null)[]): Operand => ({ shape })
const ints = (...elements: number[]): Operand => ({ shape: [elements.length], elements, dtype: 'int32' })
const scalar = (value: number): Operand => ({ shape: [], elements: [value], dtype: 'int32' })
/** The shape of an operand whose content only the run knows. */
const later = (...shape: number[]): Operand => ({ shape, dtype: 'int32' })
const pairs = (...elements: number[]): Operand => ({ shape: [elements.length / 2, 2], elements, dtype: 'int32' })

const shape = (op: string, operands: readonly (Operand | null)[], options: Options = {}) =>
  shapeOf(`tflite.${op}`, operands, options)
const shapes = (op: string, operands: readonly (Operand | null)[], outputs: number, options: Options = {}) =>
  inferOperator(`tflite.${op}`, operands, options, { outputs }).map((type) => type.shape)
const content = (op: string, operands: readonly (Operand | null)[], options: Options = {}) =>
  inferOperator(`tflite.${op}`, operands, options)[0]?.elements

/** One node with constant weights from the second operand on. */
function nodeOf(
  op: string,
  input: readonly number[],
  weights: readonly (readonly number[] | null)[],
  options: Options = {},
) {
  const graph = new GraphBuilder()
  const operands = weights.map((dims, index) => (dims === null ? null : graph.weight(`w${index}`, dims)))
  const y = graph.node(`tflite.${op}`, [graph.input('x', input), ...operands], options)
  const [node] = inferShapes(graph.output(y).build(), {}).nodes
  if (node === undefined) throw new Error('no node')
  return node
}

const workOf = (...node: Parameters<typeof nodeOf>) => nodeOf(...node).work

describe('windows', () => {
  const strided = { padding: 'SAME', stride_h: 2, stride_w: 1 }

  test('a convolution has its channels last and its weights by output channel', () => {
    expect(shape('CONV_2D', [x(2, 9, 8, 3), x(16, 3, 3, 3)], strided)).toEqual([2, 5, 8, 16])
    expect(shape('CONV_2D', [x('batch', 9, 8, 3), x(16, 3, 3, 3)], { padding: 'VALID' })).toEqual(['batch', 7, 6, 16])
    const dilated = { padding: 'VALID', dilation_h_factor: 2, dilation_w_factor: 3 }
    expect(shape('CONV_2D', [x(1, 9, 9, 3), x(16, 3, 3, 3)], dilated)).toEqual([1, 5, 3, 16])
    expect(() => shape('CONV_2D', [x(1, 9, 9, 5), x(16, 3, 3, 3)])).toThrow('shape-mismatch')
  })

  test('every result of a convolution meets every tap; groups share the input', () => {
    const { macs, gemm, window } = workOf('CONV_2D', [1, 8, 8, 4], [[16, 3, 3, 4], [16]], { padding: 'SAME' })
    expect(macs).toBe(64 * 16 * 36)
    expect(gemm).toEqual({ m: 64, n: 16, k: 36, repeat: 1 })
    expect(window).toMatchObject({ kernel: [3, 3], groups: 1, inputChannels: 4, outputChannels: 16 })
    expect(workOf('CONV_2D', [1, 8, 8, 4], [[16, 3, 3, 2], null], { padding: 'SAME' }).gemm).toEqual({
      m: 64,
      n: 8,
      k: 18,
      repeat: 2,
    })
  })

  test('a depthwise convolution multiplies channels, and with one channel is an ordinary one', () => {
    const node = nodeOf('DEPTHWISE_CONV_2D', [1, 8, 8, 4], [[1, 3, 3, 8], [8]], { padding: 'SAME' })
    expect(node.class).toBe('depthwise-convolution')
    expect(node.work).toMatchObject({ macs: 64 * 8 * 9, gemm: { m: 64, n: 2, k: 9, repeat: 4 } })
    expect(nodeOf('DEPTHWISE_CONV_2D', [1, 8, 8, 1], [[1, 3, 3, 8], null], { padding: 'SAME' }).class).toBe(
      'convolution',
    )
  })

  test('bias, activation and scaling back of quantized results are element operations', () => {
    const options = (activation: string) => ({ padding: 'SAME', fused_activation_function: activation })
    const ops = (activation: string, bias: readonly number[] | null) =>
      workOf('CONV_2D', [1, 1, 1, 1], [[1, 1, 1, 1], bias], options(activation)).vectorOps
    expect([ops('NONE', null), ops('NONE', [1]), ops('RELU', [1]), ops('RELU6', [1])]).toEqual([0, 1, 2, 3])
  })

  test('in space and time', () => {
    const volume = { padding: 'VALID', stride_d: 1, stride_h: 2, stride_w: 2 }
    expect(shape('CONV_3D', [x(1, 4, 9, 9, 3), x(2, 3, 3, 3, 8)], volume)).toEqual([1, 3, 4, 4, 8])
    expect(workOf('CONV_3D', [1, 4, 9, 9, 3], [[2, 3, 3, 3, 8]], volume).macs).toBe(3 * 4 * 4 * 8 * 2 * 9 * 3)
  })

  test('a transposed convolution takes its shape as an operand, or from the window', () => {
    const doubled = { padding: 'SAME', stride_h: 2, stride_w: 2 }
    expect(shape('TRANSPOSE_CONV', [ints(1, 17, 17, 8), x(8, 3, 3, 4), x(1, 9, 9, 4)], doubled)).toEqual([1, 17, 17, 8])
    expect(shape('TRANSPOSE_CONV', [later(4), x(8, 3, 3, 4), x(1, 9, 9, 4)], doubled)).toEqual([1, 18, 18, 8])
    const valid = { ...doubled, padding: 'VALID' }
    expect(shape('TRANSPOSE_CONV', [later(4), x(8, 3, 3, 4), x(1, 9, 9, 4)], valid)).toEqual([1, 19, 19, 8])
    const graph = new GraphBuilder()
    const operands = [graph.constant('s', [4], [1, 18, 18, 8], 'int32'), graph.weight('w', [8, 3, 3, 4])]
    const y = graph.node('tflite.TRANSPOSE_CONV', [...operands, graph.input('x', [1, 9, 9, 4])], doubled)
    expect(inferShapes(graph.output(y).build(), {}).nodes[0]?.work.macs).toBe(9 * 9 * 4 * 9 * 8)
  })

  test('pools', () => {
    const pool = { padding: 'VALID', stride_h: 2, stride_w: 2, filter_height: 3, filter_width: 2 }
    expect(shape('MAX_POOL_2D', [x(1, 9, 9, 4)], pool)).toEqual([1, 4, 4, 4])
    expect(workOf('AVERAGE_POOL_2D', [1, 9, 9, 4], [], pool)).toMatchObject({ macs: 0, vectorOps: 64 * (6 + 1) })
  })
})

describe('products', () => {
  test('a layer multiplies rows of as many elements as its weights have columns', () => {
    expect(shape('FULLY_CONNECTED', [x('batch', 8), x(4, 8)])).toEqual(['batch', 4])
    expect(shape('FULLY_CONNECTED', [x(2, 3, 8), x(4, 8)])).toEqual([6, 4])
    expect(shape('FULLY_CONNECTED', [x(2, 3, 8), x(4, 8)], { keep_num_dims: 1 })).toEqual([2, 3, 4])
    expect(shape('FULLY_CONNECTED', [x(2, 2, 2, 2), x(4, 8)])).toEqual([2, 4])
    expect(() => shape('FULLY_CONNECTED', [x(2, 7), x(4, 8)])).toThrow('shape-mismatch')
    expect(workOf('FULLY_CONNECTED', [2, 3, 8], [[4, 8], [4]])).toMatchObject({
      macs: 6 * 4 * 8,
      gemm: { m: 6, n: 4, k: 8 },
    })
  })

  test('batches of matrices, each transposed or not', () => {
    const operands = [x(2, 5, 8, 3), x(2, 5, 4, 8)]
    expect(shape('BATCH_MATMUL', operands, { adj_x: 1, adj_y: 1 })).toEqual([2, 5, 3, 4])
    expect(workOf('BATCH_MATMUL', [10, 3, 8], [[8, 4]]).macs).toBe(10 * 3 * 4 * 8)
  })
})

describe('recurrent layers', () => {
  /** x [1, 28, 16] and 20 units: four input and four recurrent weights, then what may be left out. */
  const gates = (count: number, dims: readonly number[]) => new Array(count).fill(dims)

  test('an LSTM over a sequence reads all its weights at every step', () => {
    const node = nodeOf('UNIDIRECTIONAL_SEQUENCE_LSTM', [1, 28, 16], [...gates(4, [20, 16]), ...gates(4, [20, 20])])
    expect(node.work.macs).toBe(28 * 4 * (20 * 16 + 20 * 20))
    expect(node.work.gemm).toEqual({ m: 1, n: 80, k: 36, repeat: 28 })
    expect(node.outputs[0]?.type).toMatchObject({ shape: [1, 28, 20] })
  })

  test('without an input gate and with a projection it has other weights', () => {
    const weights = [null, ...gates(3, [20, 16]), null, ...gates(3, [20, 8]), ...gates(7, [20]), [8, 20]]
    const node = nodeOf('UNIDIRECTIONAL_SEQUENCE_LSTM', [1, 28, 16], weights)
    expect(node.work.macs).toBe(28 * (3 * (20 * 16 + 20 * 8) + 8 * 20))
    expect(node.outputs[0]?.type).toMatchObject({ shape: [1, 28, 8] })
  })

  test('time may come first', () => {
    const node = nodeOf(
      'UNIDIRECTIONAL_SEQUENCE_RNN',
      [28, 2, 16],
      [
        [20, 16],
        [20, 20],
      ],
      { time_major: 1 },
    )
    expect(node.work).toMatchObject({ macs: 28 * 2 * (20 * 16 + 20 * 20), gemm: { m: 2, n: 20, k: 36, repeat: 28 } })
    expect(node.outputs[0]?.type).toMatchObject({ shape: [28, 2, 20] })
  })

  test('two directions give two results, or one of both', () => {
    const operands = [x(1, 5, 4), x(6, 4), x(6, 6), x(6), x(1, 6), x(7, 4), x(7, 7), x(7), x(1, 7)]
    expect(shapes('BIDIRECTIONAL_SEQUENCE_RNN', operands, 2)).toEqual([
      [1, 5, 6],
      [1, 5, 7],
    ])
    expect(shape('BIDIRECTIONAL_SEQUENCE_RNN', operands, { merge_outputs: 1 })).toEqual([1, 5, 13])
  })

  test('SVDF filters features, then time', () => {
    const node = nodeOf('SVDF', [1, 40], [[64, 40], [64, 8], [32]], { rank: 2 })
    expect(node.work.macs).toBe(64 * 40 + 64 * 8)
    expect(node.outputs[0]?.type).toMatchObject({ shape: [1, 32] })
  })
})

describe('slices', () => {
  test('masks leave ends open, keep, drop and insert axes', () => {
    const slice = (begin: number[], end: number[], options: Options = {}, strides = begin.map(() => 1)) =>
      shape('STRIDED_SLICE', [x(4, 5, 6), ints(...begin), ints(...end), ints(...strides)], options)
    expect(slice([1, 0, 0], [3, 5, 6])).toEqual([2, 5, 6])
    expect(slice([1], [3])).toEqual([2, 5, 6])
    expect(slice([0, 0, 0], [0, 0, 0], { begin_mask: 7, end_mask: 7 })).toEqual([4, 5, 6])
    expect(slice([-1, 0], [0, 5], { shrink_axis_mask: 1 })).toEqual([5, 6])
    expect(slice([0, 2], [0, 4], { ellipsis_mask: 1 })).toEqual([4, 5, 2])
    expect(slice([0, 0, 2], [0, 0, 4], { new_axis_mask: 1, begin_mask: 2, end_mask: 2 })).toEqual([1, 4, 2, 6])
    expect(slice([0, 0, 0], [0, 0, 0], { begin_mask: 7, end_mask: 7 }, [1, -2, 4])).toEqual([4, 3, 2])
    expect(slice([1, 1, 1], [2, 3, 1], { offset: 1 })).toEqual([2, 3, 1])
  })

  test('sizes of -1 take what is left', () => {
    expect(shape('SLICE', [x(4, 5, 6), ints(1, 0, 2), ints(2, -1, -1)])).toEqual([2, 5, 4])
    expect(shape('SLICE', [x(4, 5), later(2), later(2)])).toBeNull()
    expect(shapes('SPLIT_V', [x(4, 9), ints(2, -1, 3), scalar(1)], 3)).toEqual([
      [4, 2],
      [4, 4],
      [4, 3],
    ])
    expect(shapes('SPLIT', [scalar(-1), x(4, 9)], 3, { num_splits: 3 })).toEqual([
      [4, 3],
      [4, 3],
      [4, 3],
    ])
  })

  test('pads come in pairs by axis', () => {
    expect(shape('PAD', [x(1, 4, 5), pairs(0, 0, 1, 2, 3, 0)])).toEqual([1, 7, 8])
    expect(shape('MIRROR_PAD', [x(1, 4), later(2, 2)])).toBeNull()
  })

  test('blocks move between space and batch, or space and depth', () => {
    expect(shape('SPACE_TO_BATCH_ND', [x(2, 7, 8, 3), ints(2, 4), pairs(0, 1, 0, 0)])).toEqual([16, 4, 2, 3])
    expect(shape('BATCH_TO_SPACE_ND', [x(16, 4, 2, 3), ints(2, 4), pairs(0, 1, 0, 0)])).toEqual([2, 7, 8, 3])
    expect(shape('SPACE_TO_DEPTH', [x(1, 4, 6, 3)], { block_size: 2 })).toEqual([1, 2, 3, 12])
    expect(shape('DEPTH_TO_SPACE', [x(1, 2, 3, 12)], { block_size: 2 })).toEqual([1, 4, 6, 3])
    expect(shape('DILATE', [x(3, 4), ints(2, 1), scalar(0)])).toEqual([5, 4])
  })
})

describe('axes and shapes', () => {
  test('a shape is an operand, an option, or taken from the old way to write a scalar', () => {
    expect(shape('RESHAPE', [x(2, 3, 4), ints(-1, 4)])).toEqual([6, 4])
    expect(shape('RESHAPE', [x(2, 3, 4)], { new_shape: [4, 6] })).toEqual([4, 6])
    expect(shape('RESHAPE', [x(1)], { new_shape: [0] })).toEqual([])
    expect(shape('RESHAPE', [x(2, 3), later(3)])).toEqual([null, null, null])
    expect(shape('SQUEEZE', [x(1, 3, 1)], { squeeze_dims: [] })).toEqual([3])
    expect(shape('SQUEEZE', [x(1, 3, 1)], { squeeze_dims: [-1] })).toEqual([1, 3])
    expect(shape('EXPAND_DIMS', [x(3, 4), scalar(-1)])).toEqual([3, 4, 1])
  })

  test('reductions name their axes and drop them unless told', () => {
    expect(shape('MEAN', [x(1, 7, 7, 8), ints(1, 2)])).toEqual([1, 8])
    expect(shape('MEAN', [x(1, 7, 7, 8), ints(1, 2)], { keep_dims: 1 })).toEqual([1, 1, 1, 8])
    expect(shape('ARG_MAX', [x(1, 7, 8), scalar(-1)])).toEqual([1, 7])
    expect(shape('REDUCE_WINDOW', [x(9, 9), scalar(0), ints(3, 3), ints(2, 1), ints(1, 1), ints(1, 2)])).toEqual([4, 5])
    expect(shape('UNSORTED_SEGMENT_SUM', [x(6, 4), later(6), scalar(3)])).toEqual([3, 4])
  })

  test('packs and unpacks, transposes and tiles', () => {
    expect(shape('PACK', [x(3, 4), x(3, 4)], { axis: 1 })).toEqual([3, 2, 4])
    expect(shapes('UNPACK', [x(3, 2, 4)], 2, { axis: 1, num: 2 })).toEqual([
      [3, 4],
      [3, 4],
    ])
    expect(shape('TRANSPOSE', [x(1, 2, 3), ints(2, 0, 1)])).toEqual([3, 1, 2])
    expect(shape('TILE', [x(2, 3), ints(2, 1)])).toEqual([4, 3])
    expect(shape('BROADCAST_TO', [x(1, 3), ints(2, 3)])).toEqual([2, 3])
  })

  test('look-ups', () => {
    expect(shape('GATHER', [x(10, 4), later(2, 3)], { axis: 0 })).toEqual([2, 3, 4])
    expect(shape('GATHER', [x(2, 10, 4), later(2, 3)], { axis: 1, batch_dims: 1 })).toEqual([2, 3, 4])
    expect(shape('GATHER_ND', [x(10, 4, 5), later(7, 2)])).toEqual([7, 5])
    expect(shape('EMBEDDING_LOOKUP', [later(6), x(100, 16)])).toEqual([6, 16])
    expect(shape('ONE_HOT', [later(6), scalar(10), x(), x()], { axis: -1 })).toEqual([6, 10])
    expect(shape('SCATTER_ND', [later(3, 1), x(3, 4), ints(8, 4)])).toEqual([8, 4])
    expect(shape('WHERE', [x(4, 5)])).toEqual([null, 2])
  })

  test('images and boxes', () => {
    expect(shape('RESIZE_BILINEAR', [x(1, 8, 8, 3), ints(16, 20)])).toEqual([1, 16, 20, 3])
    expect(shapes('TOPK_V2', [x(2, 9), scalar(4)], 2)).toEqual([
      [2, 4],
      [2, 4],
    ])
    const boxes = [x(50, 4), x(50), scalar(10), x(), x()]
    expect(shapes('NON_MAX_SUPPRESSION_V4', boxes, 2)).toEqual([[10], []])
    expect(shapes('NON_MAX_SUPPRESSION_V5', [...boxes, x()], 3)).toEqual([[10], [10], []])
    expect(shape('RFFT2D', [x(1, 512, 512), ints(512, 512)])).toEqual([1, 512, 257])
  })
})

describe('shape arithmetic folds', () => {
  test('through the operators that converters write it with', () => {
    expect(content('SHAPE', [x(2, 3)])).toEqual([2, 3])
    expect(content('RANK', [x(2, 3)])).toEqual([2])
    expect(content('PACK', [scalar(2), scalar(7)], { axis: 0 })).toEqual([2, 7])
    expect(content('CONCATENATION', [ints(1, 2), ints(3)], { axis: 0 })).toEqual([1, 2, 3])
    expect(content('STRIDED_SLICE', [ints(5, 6, 7), ints(1), ints(2), ints(1)], { shrink_axis_mask: 1 })).toEqual([6])
    expect(content('FLOOR_DIV', [scalar(-7), scalar(2)])).toEqual([-4])
    expect(content('FLOOR_MOD', [scalar(-7), scalar(4)])).toEqual([1])
    expect(content('REDUCE_PROD', [ints(2, 3, 4), ints(0)])).toEqual([24])
    expect(content('FILL', [ints(3), scalar(9)])).toEqual([9, 9, 9])
    expect(content('RANGE', [scalar(1), scalar(7), scalar(2)])).toEqual([1, 3, 5])
    expect(content('GATHER', [ints(5, 6, 7), ints(2, 0)], { axis: 0 })).toEqual([7, 5])
    expect(content('SPLIT', [scalar(0), ints(4, 5)], { num_splits: 1 })).toEqual([4, 5])
    expect(content('MAXIMUM', [ints(1, 5), ints(3, 2)])).toEqual([3, 5])
    expect(content('SELECT_V2', [ints(1, 0), ints(3, 3), ints(4, 4)])).toEqual([3, 4])
    expect(content('LESS', [scalar(1), scalar(2)])).toEqual([1])
    expect(content('BROADCAST_ARGS', [ints(1, 3), ints(2, 1)])).toEqual([2, 3])
    expect(content('NOT_EQUAL', [scalar(1), scalar(2)])).toEqual([1])
  })

  test('unpacked rows keep their content', () => {
    const graph = new GraphBuilder()
    const source = graph.constant('c', [2, 2], [1, 2, 3, 4], 'int32')
    graph.node('tflite.UNPACK', [source], { axis: 1, num: 2 }, ['a', 'b'])
    const { outputs } = inferShapes(graph.output('a', 'b').build(), {})
    expect(outputs.map((value) => value?.type)).toMatchObject([{ elements: [1, 3] }, { elements: [2, 4] }])
  })
})

describe('StableHLO', () => {
  test('a general dot has batch axes first, then what each side keeps', () => {
    const dot = {
      lhs_batching_dimensions: [0],
      rhs_batching_dimensions: [0],
      lhs_contracting_dimensions: [2],
      rhs_contracting_dimensions: [1],
    }
    expect(shape('STABLEHLO_DOT_GENERAL', [x(5, 6, 7), x(5, 7, 8)], dot)).toEqual([5, 6, 8])
    expect(workOf('STABLEHLO_DOT_GENERAL', [5, 6, 7], [[5, 7, 8]], dot)).toMatchObject({
      macs: 5 * 6 * 8 * 7,
      gemm: { m: 6, n: 8, k: 7, repeat: 5 },
    })
  })

  test('slices, pads and reductions carry their sizes as options', () => {
    const sliced = { start_indices: [1, 0], limit_indices: [4, 6], strides: [1, 2] }
    expect(shape('STABLEHLO_SLICE', [x(5, 6)], sliced)).toEqual([3, 3])
    const padded = { edge_padding_low: [1, 0], edge_padding_high: [0, -1], interior_padding: [1, 0] }
    expect(shape('STABLEHLO_PAD', [x(3, 4), x()], padded)).toEqual([6, 3])
    expect(shape('STABLEHLO_REDUCE', [x(3, 4, 5), x()], { dimensions: [0, 2] })).toEqual([4])
    expect(shape('STABLEHLO_TRANSPOSE', [x(3, 4, 5)], { permutation: [2, 0, 1] })).toEqual([5, 3, 4])
  })

  test('a convolution counts the taps that its dimension numbers name', () => {
    const graph = new GraphBuilder()
    graph.declare('y', [1, 8, 8, 16])
    const operands = [graph.input('x', [1, 8, 8, 4]), graph.weight('w', [3, 3, 4, 16])]
    const numbers = {
      kernel_spatial_dimensions: [0, 1],
      kernel_input_feature_dimension: 2,
      kernel_output_feature_dimension: 3,
      feature_group_count: 1,
    }
    graph.node('tflite.STABLEHLO_CONVOLUTION', operands, numbers, ['y'])
    expect(inferShapes(graph.output('y').build(), {}).nodes[0]?.work.macs).toBe(64 * 16 * 36)
  })
})

describe('what runs keep', () => {
  test('a variable is no weight, so what is computed from it is computed in every run', () => {
    const graph = new GraphBuilder()
    graph.declare('value', [4])
    const handle = graph.node('tflite.VAR_HANDLE', [], { shared_name: 'state' })
    graph.node('tflite.READ_VARIABLE', [handle], {}, ['value'])
    const next = graph.node('tflite.ADD', ['value', graph.weight('w', [4])])
    graph.node('tflite.ASSIGN_VARIABLE', [handle, next], {}, [])
    const { nodes } = inferShapes(graph.output(next).build(), {})
    expect(nodes.map(({ isWeight }) => isWeight)).toEqual([false, false, false, false])
    expect(nodes[2]?.work.vectorOps).toBe(4)
  })

  test('random numbers of a constant shape are drawn in every run', () => {
    const graph = new GraphBuilder()
    const y = graph.node('tflite.RANDOM_UNIFORM', [graph.constant('s', [2], [3, 4], 'int32')])
    const [node] = inferShapes(graph.output(y).build(), {}).nodes
    expect(node?.isWeight).toBe(false)
    expect(node?.outputs[0]?.type).toMatchObject({ shape: [3, 4] })
  })
})
