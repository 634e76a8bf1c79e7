/** Shape rules that differ between operator-set versions or have corners; figures follow the ONNX operator documentation. */
import { describe, expect, test } from 'vitest'
import { inferOperator, shapeOf } from './build-graph.ts'

const vector = (elements: readonly number[], dtype: 'int64' | 'float32' = 'int64') => ({
  shape: [elements.length],
  elements,
  dtype,
})
const x = (...shape: (number | string | null)[]) => ({ shape })

describe('reshape', () => {
  test('0 copies, −1 takes the rest, and allowzero makes 0 a size', () => {
    expect(shapeOf('Reshape', [x(2, 3, 4), vector([0, -1])])).toEqual([2, 12])
    expect(shapeOf('Reshape', [x(0, 3), vector([3, 0])], { allowzero: 1 })).toEqual([3, 0])
  })

  test('symbols cancel on both sides of −1', () => {
    expect(shapeOf('Reshape', [x('n', 3, 4), vector([0, -1])])).toEqual(['n', 12])
    expect(shapeOf('Reshape', [x('n', 3, 4), vector([-1, 12])])).toEqual([null, 12])
  })

  test('a different number of elements is refused', () => {
    expect(() => shapeOf('Reshape', [x(2, 3), vector([4])])).toThrow('shape-mismatch')
    expect(() => shapeOf('Reshape', [x(2, 3), vector([4, -1])])).toThrow('shape-mismatch')
  })

  test('without the content of the target its length is the rank', () => {
    expect(shapeOf('Reshape', [x(2, 3), { shape: [3], dtype: 'int64' }])).toEqual([null, null, null])
  })
})

describe('axes', () => {
  test('squeeze and unsqueeze take them as attribute before opset 13 and as input after', () => {
    expect(shapeOf('Squeeze', [x(1, 3, 1)], { axes: [0, 2] }, { opset: 11 })).toEqual([3])
    expect(shapeOf('Squeeze', [x(1, 3, 1), vector([-1])])).toEqual([1, 3])
    expect(shapeOf('Squeeze', [x(1, 3, 1)])).toEqual([3])
    expect(shapeOf('Unsqueeze', [x(3, 4)], { axes: [0, 3] }, { opset: 11 })).toEqual([1, 3, 4, 1])
    expect(shapeOf('Unsqueeze', [x(3, 4), vector([-1])])).toEqual([3, 4, 1])
  })

  test('a reduction without axes takes all, unless told to do nothing', () => {
    expect(shapeOf('ReduceSum', [x(2, 3)])).toEqual([1, 1])
    expect(shapeOf('ReduceSum', [x(2, 3)], { keepdims: 0 })).toEqual([])
    expect(shapeOf('ReduceSum', [x(2, 3)], { noop_with_empty_axes: 1 })).toEqual([2, 3])
    expect(shapeOf('ReduceMean', [x(2, 3, 4)], { axes: [-1], keepdims: 0 }, { opset: 11 })).toEqual([2, 3])
  })

  test('an axis outside the rank is refused', () => {
    expect(() => shapeOf('Concat', [x(2, 3), x(2, 3)], { axis: 2 })).toThrow('shape-mismatch')
  })
})

describe('sizes by value', () => {
  test('upsample scales are an attribute in opset 7 and an input in opset 9', () => {
    expect(shapeOf('Upsample', [x(1, 3, 4, 4)], { scales: [1, 1, 2, 2] }, { opset: 7 })).toEqual([1, 3, 8, 8])
    expect(shapeOf('Upsample', [x(1, 3, 4, 4), vector([1, 1, 2, 3], 'float32')], {}, { opset: 9 })).toEqual([
      1, 3, 8, 12,
    ])
  })

  test('resize takes scales in opset 10, and scales or sizes behind the region from opset 11', () => {
    const scales = vector([1, 1, 0.5, 0.6], 'float32')
    expect(shapeOf('Resize', [x(1, 3, 9, 9), scales], {}, { opset: 10 })).toEqual([1, 3, 4, 5])
    expect(shapeOf('Resize', [x(1, 3, 9, 9), null, scales])).toEqual([1, 3, 4, 5])
    expect(shapeOf('Resize', [x(1, 3, 9, 9), null, null, vector([1, 3, 7, 8])])).toEqual([1, 3, 7, 8])
  })

  test('resize keeps the aspect ratio of the listed axes when asked', () => {
    const sizes = [x(1, 3, 10, 20), null, null, vector([7, 8])]
    expect(shapeOf('Resize', sizes, { axes: [2, 3], keep_aspect_ratio_policy: 'not_larger' })).toEqual([1, 3, 4, 8])
    expect(shapeOf('Resize', sizes, { axes: [2, 3], keep_aspect_ratio_policy: 'not_smaller' })).toEqual([1, 3, 7, 14])
  })

  test('pads are an attribute before opset 11, an input after, and may be for some axes only', () => {
    expect(shapeOf('Pad', [x(1, 3, 4)], { pads: [0, 0, 1, 0, 0, 2] }, { opset: 10 })).toEqual([1, 3, 7])
    expect(shapeOf('Pad', [x(1, 3, 4), vector([1, 2]), null, vector([2])])).toEqual([1, 3, 7])
  })

  test('an uneven split leaves the last part smaller', () => {
    const parts = inferOperator('Split', [x(7)], { num_outputs: 3 }, { outputs: 3 })
    expect(parts.map((part) => part.shape)).toEqual([[3], [3], [1]])
  })

  test('the largest k come with their indices', () => {
    const parts = inferOperator('TopK', [x(2, 9), vector([4])], {}, { outputs: 2 })
    expect(parts).toMatchObject([
      { dtype: 'float32', shape: [2, 4] },
      { dtype: 'int64', shape: [2, 4] },
    ])
  })
})

describe('products', () => {
  test('matmul broadcasts batches and drops the axis it gave to a vector', () => {
    expect(shapeOf('MatMul', [x(2, 1, 3, 4), x(5, 4, 6)])).toEqual([2, 5, 3, 6])
    expect(shapeOf('MatMul', [x(4), x(4)])).toEqual([])
    expect(shapeOf('MatMul', [x(3, 4), x(4)])).toEqual([3])
    expect(() => shapeOf('MatMul', [x(3, 4), x(5, 6)])).toThrow('shape-mismatch')
  })

  test('gemm transposes by attribute', () => {
    expect(shapeOf('Gemm', [x(4, 3), x(5, 4)], { transA: 1, transB: 1 })).toEqual([3, 5])
  })

  test('einsum understands batches, traces, ellipses and implied outputs', () => {
    expect(shapeOf('Einsum', [x(2, 3, 4), x(2, 4, 5)], { equation: 'bij,bjk->bik' })).toEqual([2, 3, 5])
    expect(shapeOf('Einsum', [x(3, 3)], { equation: 'ii->i' })).toEqual([3])
    expect(shapeOf('Einsum', [x(2, 7, 3, 4), x(7, 4, 5)], { equation: '...ij,...jk->...ik' })).toEqual([2, 7, 3, 5])
    expect(shapeOf('Einsum', [x(3, 4), x(4, 5)], { equation: 'ij,jk' })).toEqual([3, 5])
  })

  test('quantized products take the type of the output zero point', () => {
    const scale = { shape: [] }
    const zero = { shape: [], dtype: 'uint8' as const }
    const [y] = inferOperator('QLinearConv', [
      { shape: [1, 3, 8, 8], dtype: 'uint8' },
      scale,
      zero,
      { shape: [4, 3, 3, 3], dtype: 'int8' },
      scale,
      { shape: [], dtype: 'int8' },
      scale,
      zero,
    ])
    expect(y).toMatchObject({ dtype: 'uint8', shape: [1, 4, 6, 6] })
    expect(inferOperator('MatMulInteger', [x(2, 3), x(3, 4)])[0]?.dtype).toBe('int32')
  })
})

describe('types', () => {
  test('a cast names its target by code, and by word in the oldest opsets', () => {
    const target = (to: number | string) => inferOperator('Cast', [x(2)], { to })[0]?.dtype
    expect([target(7), target(10), target(17), target('DOUBLE'), target('INT32'), target(999)]).toEqual([
      'int64',
      'float16',
      'float8e4m3fn',
      'float64',
      'int32',
      null,
    ])
  })
})

describe('layers', () => {
  test('a bidirectional LSTM gives a sequence for both directions and the last states', () => {
    const outputs = inferOperator(
      'LSTM',
      [x(10, 4, 16), x(2, 128, 16), x(2, 128, 32)],
      { hidden_size: 32, direction: 'bidirectional' },
      { outputs: 3 },
    )
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [10, 2, 4, 32],
      [2, 4, 32],
      [2, 4, 32],
    ])
  })

  test('attention with packed heads and a cache returns the grown cache', () => {
    const outputs = inferOperator(
      'Attention',
      [x(2, 4, 24), x(2, 6, 24), x(2, 6, 24), null, x(2, 3, 12, 8), x(2, 3, 12, 8)],
      { q_num_heads: 3, kv_num_heads: 3 },
      { opset: 23, outputs: 4 },
    )
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [2, 4, 24],
      [2, 3, 18, 8],
      [2, 3, 18, 8],
      [2, 3, 4, 18],
    ])
  })

  test('before opset 7 an operand is aligned at an axis and never widens the result', () => {
    expect(shapeOf('Add', [x(2, 3, 4, 5), x(3)], { broadcast: 1, axis: 1 }, { opset: 6 })).toEqual([2, 3, 4, 5])
  })

  test('a dropout mask is boolean from opset 10', () => {
    const mask = (opset: number) => inferOperator('Dropout', [x(2)], {}, { opset, outputs: 2 })[1]?.dtype
    expect([mask(7), mask(12)]).toEqual(['float32', 'bool'])
  })
})

/** Operators that no runtime here executes: figures follow onnxruntime docs/ContribOperators.md. */
describe('operators that onnxruntime adds for other processors', () => {
  test('the fusions of diffusion models keep the shape, and one halves its last axis', () => {
    const image = x(2, 16, 16, 320)
    expect(shapeOf('com.microsoft.BiasAdd', [x(2, 256, 320), x(320), x(2, 256, 320)])).toEqual([2, 256, 320])
    expect(shapeOf('com.microsoft.BiasSplitGelu', [x(2, 256, 2560), x(2560)])).toEqual([2, 256, 1280])
    expect(shapeOf('com.microsoft.GroupNorm', [image, x(320), x(320)], { groups: 32 })).toEqual([2, 16, 16, 320])
    const [normed, added] = inferOperator(
      'com.microsoft.SkipGroupNorm',
      [image, x(320), x(320), image],
      { groups: 32 },
      { outputs: 2 },
    )
    expect([normed?.shape, added?.shape]).toEqual([
      [2, 16, 16, 320],
      [2, 16, 16, 320],
    ])
    expect(shapeOf('com.microsoft.BiasSoftmax', [x(2, 8, 64, 64), x(2, 1, 1, 64)])).toEqual([2, 8, 64, 64])
  })

  test('keys and values may lie inside the query or the key', () => {
    const heads = { num_heads: 2 }
    expect(shapeOf('com.microsoft.MultiHeadAttention', [x(2, 5, 2, 3, 4)], heads)).toEqual([2, 5, 8])
    expect(shapeOf('com.microsoft.MultiHeadAttention', [x(2, 5, 8), x(2, 7, 2, 2, 4)], heads)).toEqual([2, 5, 8])
  })

  test('a quantized mean has its axes as an attribute', () => {
    const operands = [{ shape: [2, 5, 7], dtype: 'uint8' as const }, x(), x(), x(), x()]
    const mean = (keepdims: number) =>
      inferOperator('com.microsoft.QLinearReduceMean', operands, { axes: [-1], keepdims })[0]
    expect(mean(0)).toMatchObject({ dtype: 'uint8', shape: [2, 5] })
    expect(mean(1)).toMatchObject({ dtype: 'uint8', shape: [2, 5, 1] })
  })

  test('a product with its activation is a product', () => {
    expect(shapeOf('com.microsoft.GemmFastGelu', [x(2, 3, 8), x(8, 5), x(5)])).toEqual([2, 3, 5])
  })
})

describe('absurd models', () => {
  test('negative sizes, strides of nothing and groups of nothing are refused', () => {
    expect(() => shapeOf('ConstantOfShape', [vector([-5])])).toThrow('shape-mismatch')
    expect(() => shapeOf('Conv', [x(1, 3, 8, 8), x(4, 3, 3, 3)], { strides: [0, 0] })).toThrow('shape-mismatch')
    expect(() => shapeOf('Conv', [x(1, 3, 8, 8), x(4, 3, 3, 3)], { group: 0 })).toThrow('shape-mismatch')
    expect(() => shapeOf('Expand', [x(1), vector([-1])])).toThrow('shape-mismatch')
  })

  test('a range that would fill the memory has a size and no content', () => {
    const scalar = (value: number) => ({ shape: [], elements: [value], dtype: 'int64' as const })
    const [y] = inferOperator('Range', [scalar(0), scalar(1e15), scalar(1)])
    expect(y).toMatchObject({ shape: [1e15], elements: null })
  })
})
