/** Shapes of ML Program operations, after the MIL operator reference, and work of both kinds of Core ML model. */
import { describe, expect, test } from 'vitest'
import type { Attribute, Dim } from '../../../simulator/graph/graph.ts'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import { GraphBuilder, inferOperator, type Operand, shapeOf } from './build-graph.ts'

type Shape = readonly (number | null)[]
type Row = readonly [
  what: string,
  key: string,
  operands: readonly (Shape | Operand)[],
  settings: Record<string, Attribute>,
  expected: Shape,
]

/** Shapes of all outputs. */
const shapesOf = (...operator: Parameters<typeof inferOperator>) => inferOperator(...operator).map(({ shape }) => shape)

const x = (...shape: number[]): Shape => shape
const operand = (given: Shape | Operand): Operand => ('shape' in given ? given : { shape: given })

function check([, key, operands, settings, expected]: Row): void {
  expect(shapeOf(key, operands.map(operand), settings)).toEqual(expected)
}

describe('an operation of a program', () => {
  const same = { pad_type: 'same' }
  test.each<Row>([
    ['a convolution in one dimension', 'conv', [x(1, 4, 10), x(6, 2, 3)], { groups: 2, strides: [2] }, x(1, 6, 4)],
    [
      'a convolution that keeps the size',
      'conv',
      [x(1, 4, 9, 9), x(6, 4, 3, 3)],
      { ...same, strides: [2, 2] },
      x(1, 6, 5, 5),
    ],
    [
      'a transposed convolution',
      'conv_transpose',
      [x(1, 4, 5, 5), x(4, 3, 4, 4)],
      { pad_type: 'custom', pad: [1, 1, 1, 1], strides: [2, 2], groups: 2 },
      x(1, 6, 10, 10),
    ],
    [
      'a transposed one of given size',
      'conv_transpose',
      [x(1, 4, 5, 5), x(4, 6, 3, 3)],
      { output_shape: [1, 6, 11, 11], strides: [2, 2] },
      x(1, 6, 11, 11),
    ],
    ['a linear layer', 'linear', [x(2, 7, 5), x(3, 5)], {}, x(2, 7, 3)],
    ['a product', 'matmul', [x(2, 5, 7), x(2, 5, 3)], { transpose_x: 1 }, x(2, 7, 3)],
    ['a contraction', 'einsum', [x(2, 3, 4), x(2, 4, 5)], { equation: 'bij,bjk->bik' }, x(2, 3, 5)],
    [
      'attention',
      'scaled_dot_product_attention',
      [x(2, 8, 10, 64), x(2, 8, 12, 64), x(2, 8, 12, 32)],
      {},
      x(2, 8, 10, 32),
    ],
    [
      'attention of one head',
      'scaled_dot_product_attention',
      [x(8, 10, 64), x(8, 12, 64), x(8, 12, 64)],
      {},
      x(8, 10, 64),
    ],
    [
      'an average pooling',
      'avg_pool',
      [x(1, 4, 8, 8)],
      { kernel_sizes: [2, 2], strides: [2, 2], pad_type: 'valid' },
      x(1, 4, 4, 4),
    ],
    [
      'a pooling rounded up',
      'max_pool',
      [x(1, 4, 6, 6)],
      { kernel_sizes: [3, 3], strides: [2, 2], pad_type: 'custom', pad: [0, 0, 0, 0], ceil_mode: 1 },
      x(1, 4, 3, 3),
    ],
    ['a reduction of all', 'reduce_mean', [x(2, 3)], {}, x()],
    ['a reduction that keeps axes', 'reduce_max', [x(2, 3)], { axes: [-1], keep_dims: 1 }, x(2, 1)],
    ['a gather', 'gather', [x(10, 4), x(3)], { axis: 1 }, x(10, 3)],
    ['a gather in batches', 'gather', [x(2, 10, 4), x(2, 3)], { axis: 1, batch_dims: 1 }, x(2, 3, 4)],
    ['a gather of elements', 'gather_nd', [x(10, 4), x(3, 1)], {}, x(3, 4)],
    [
      'a slice by index',
      'slice_by_index',
      [x(4, 5)],
      { begin: [0, -1], end: [4, 0], squeeze_mask: [0, 1], begin_mask: [1, 0], end_mask: [1, 0] },
      x(4),
    ],
    ['a slice by size', 'slice_by_size', [x(4, 5)], { begin: [1, 2], size: [2, -1] }, x(2, 3)],
    [
      'a slice by size from somewhere',
      'slice_by_size',
      [x(4, 5), { shape: [2], dtype: 'int64' }],
      { size: [2, 1] },
      x(2, 1),
    ],
    ['sliding windows', 'sliding_windows', [x(2, 10)], { axis: 1, size: 4, stride: 2 }, x(2, 4, 4)],
    ['a padding of the last axes', 'pad', [x(1, 2, 3, 4)], { pad: [1, 1, 2, 0] }, x(1, 2, 5, 6)],
    ['a crop', 'crop', [x(1, 2, 8, 9)], { crop_height: [1, 2], crop_width: [0, 3] }, x(1, 2, 5, 6)],
    ['a shuffle of pixels', 'pixel_shuffle', [x(1, 9, 4, 4)], { upscale_factor: 3 }, x(1, 1, 12, 12)],
    ['pixels into channels', 'pixel_unshuffle', [x(1, 1, 12, 12)], { downscale_factor: 3 }, x(1, 9, 4, 4)],
    [
      'space to batch',
      'space_to_batch',
      [x(1, 3, 4, 4)],
      { block_shape: [2, 2], paddings: [0, 0, 0, 0] },
      x(4, 3, 2, 2),
    ],
    ['batch to space', 'batch_to_space', [x(4, 3, 2, 2)], { block_shape: [2, 2], crops: [0, 0, 0, 1] }, x(1, 3, 4, 3)],
    [
      'an enlargement',
      'upsample_nearest_neighbor',
      [x(1, 3, 4, 5)],
      { scale_factor_height: 2, scale_factor_width: 3 },
      x(1, 3, 8, 15),
    ],
    [
      'an interpolation',
      'resize_bilinear',
      [x(1, 3, 4, 5)],
      { target_size_height: 7, target_size_width: 9 },
      x(1, 3, 7, 9),
    ],
    ['a resize of the last axes', 'resize', [x(1, 3, 4, 5)], { shape: [7, 0] }, x(1, 3, 7, 5)],
    ['a resampling', 'resample', [x(1, 3, 4, 5), x(1, 6, 7, 2)], {}, x(1, 3, 6, 7)],
    ['an affine image', 'affine', [x(1, 3, 4, 5), x(1, 6)], { output_height: 8, output_width: 9 }, x(1, 3, 8, 9)],
    [
      'regions of an image',
      'crop_resize',
      [x(2, 3, 8, 8), x(5, 1, 4, 1, 1)],
      { target_height: 3, target_width: 4 },
      x(5, 2, 3, 3, 4),
    ],
    ['a reshape that keeps an axis', 'reshape', [x(2, 3, 4)], { shape: [0, -1] }, x(2, 12)],
    [
      'a reshape like others',
      'reshape_like',
      [x(6, 4), x(2, 3), x(4, 9)],
      { begins: [0, 0], ends: [2, 1], end_masks: [0, 0] },
      x(2, 3, 4),
    ],
    ['a squeeze of all', 'squeeze', [x(1, 3, 1)], {}, x(3)],
    ['new axes', 'expand_dims', [x(3)], { axes: [0] }, x(1, 3)],
    ['a matrix', 'flatten2d', [x(2, 3, 4)], {}, x(2, 12)],
    ['a range', 'range_1d', [], { start: 0, end: 5, step: 2 }, x(3)],
    ['a filled value', 'fill', [], { shape: [2, 3], value: 0 }, x(2, 3)],
    ['a one-hot vector', 'one_hot', [x(3)], { one_hot_vector_size: 5 }, x(3, 5)],
    ['the largest elements', 'topk', [x(2, 9)], { k: 3, axis: 1 }, x(2, 3)],
    ['positions of what is not zero', 'non_zero', [x(2, 9)], {}, [null, 2]],
    ['weights of a table', 'constexpr_lut_to_dense', [x(6, 4), x(16)], {}, x(6, 4)],
    ['weights in blocks', 'constexpr_blockwise_shift_scale', [x(6, 32), x(6, 2)], {}, x(6, 32)],
    ['a recurrence', 'gru', [x(5, 2, 4), x(2, 6), x(18, 4), x(18, 6)], { output_sequence: 1 }, x(5, 2, 6)],
  ])('%s', (...row) => check([row[0], `mil.${row[1]}`, row[2], row[3], row[4]]))

  test('an LSTM both ways has its states side by side', () => {
    const operands = [x(5, 2, 4), x(2, 12), x(2, 12), x(24, 4), x(24, 6)].map(operand)
    const settings = { direction: 'bidirectional', output_sequence: 1 }
    expect(shapesOf('mil.lstm', operands, settings, { outputs: 3 })).toEqual([
      [5, 2, 12],
      [2, 12],
      [2, 12],
    ])
  })

  test('a split by sizes and by number', () => {
    expect(shapesOf('mil.split', [{ shape: [2, 9] }], { axis: 1, split_sizes: [2, 7] }, { outputs: 2 })).toEqual([
      [2, 2],
      [2, 7],
    ])
    expect(shapesOf('mil.split', [{ shape: [2, 8] }], { axis: 1, num_splits: 2 }, { outputs: 2 })).toEqual([
      [2, 4],
      [2, 4],
    ])
  })

  test('a suppression gives boxes, scores, positions and their number', () => {
    const operands = [{ shape: [1, 100, 4] }, { shape: [1, 100, 5] }]
    expect(shapesOf('mil.non_maximum_suppression', operands, { max_boxes: 10 }, { outputs: 4 })).toEqual([
      [1, 10, 4],
      [1, 10, 5],
      [1, 10],
      [1],
    ])
  })
})

describe('work', () => {
  const workOf = (
    key: string,
    operands: readonly Shape[],
    settings: Record<string, Attribute>,
    weights: readonly number[],
  ) => {
    const graph = new GraphBuilder()
    const names = operands.map((shape, index) =>
      weights.includes(index)
        ? graph.weight(`w${index}`, shape.map(Number))
        : graph.input(`x${index}`, shape as readonly Dim[]),
    )
    graph.node(key, names, settings, ['y'])
    const [node] = inferShapes(graph.output('y').build(), {}).nodes
    return { class: node?.class, macs: node?.work.macs, groups: node?.work.window?.groups }
  }

  test('of a depthwise convolution, in both kinds of model', () => {
    const expected = { class: 'depthwise-convolution', macs: 8 * 6 * 6 * 9, groups: 8 }
    const layer = { outputChannels: 8, kernelChannels: 1, nGroups: 8, kernelSize: [3, 3] }
    expect(workOf('coreml.convolution', [x(1, 8, 8, 8), x(8, 1, 3, 3)], layer, [1])).toEqual(expected)
    expect(workOf('mil.conv', [x(1, 8, 8, 8), x(8, 1, 3, 3)], { groups: 8 }, [1])).toEqual(expected)
  })

  test('of products with weights and without', () => {
    const layer = { inputChannels: 5, outputChannels: 3 }
    expect(workOf('coreml.innerProduct', [x(2, 5, 1, 1), x(3, 5)], layer, [1])).toMatchObject({
      class: 'fully-connected',
      macs: 30,
    })
    expect(workOf('mil.linear', [x(2, 7, 5), x(3, 5)], {}, [1])).toMatchObject({ class: 'fully-connected', macs: 210 })
    expect(workOf('mil.matmul', [x(4, 2, 3), x(4, 3, 5)], {}, [])).toMatchObject({ class: 'matmul', macs: 120 })
  })

  test('of attention: scores and their product with the values', () => {
    expect(
      workOf('mil.scaled_dot_product_attention', [x(2, 8, 10, 64), x(2, 8, 12, 64), x(2, 8, 12, 32)], {}, []),
    ).toMatchObject({ class: 'attention', macs: 16 * 10 * 12 * (64 + 32) })
  })

  test('of recurrences: all gates, every step, both ways', () => {
    const settings = { inputVectorSize: 4, outputVectorSize: 6, sequenceOutput: 1 }
    expect(workOf('coreml.uniDirectionalLSTM', [x(5, 4, 1, 1)], settings, [])).toMatchObject({ macs: 5 * 4 * 6 * 10 })
    expect(workOf('coreml.biDirectionalLSTM', [x(5, 4, 1, 1)], settings, [])).toMatchObject({ macs: 10 * 4 * 6 * 10 })
    const operands = [x(5, 1, 4), x(1, 6), x(18, 4), x(18, 6)]
    expect(workOf('mil.gru', operands, {}, [2, 3])).toMatchObject({ macs: 5 * 3 * 6 * 10 })
  })
})
