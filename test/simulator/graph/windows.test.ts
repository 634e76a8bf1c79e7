import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shapeOf } from './build-graph.ts'

/** Counts the positions at which a window of `reach` fits, one by one. */
function countPositions(size: number, reach: number, stride: number): number {
  let count = 0
  for (let start = 0; start + reach <= size; start += stride) count++
  return count
}

const axis = fc.record({
  size: fc.integer({ min: 1, max: 20 }),
  kernel: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 4 }),
  dilation: fc.integer({ min: 1, max: 3 }),
  before: fc.integer({ min: 0, max: 3 }),
  after: fc.integer({ min: 0, max: 3 }),
})

describe('convolution sizes', () => {
  property.prop([axis])('are the number of positions at which the kernel fits into the padded input', (a) => {
    const { size, kernel, stride, dilation, before, after } = a
    const shape = shapeOf('Conv', [{ shape: [1, 1, size] }, { shape: [1, 1, kernel] }], {
      strides: [stride],
      dilations: [dilation],
      pads: [before, after],
    })
    expect(shape?.[2]).toBe(countPositions(size + before + after, dilation * (kernel - 1) + 1, stride))
  })

  property.prop([axis])('a transposed convolution undoes the size of a convolution', (a) => {
    const { size, kernel, stride, dilation, before, after } = a
    const attributes = { strides: [stride], dilations: [dilation], pads: [before, after] }
    const reach = dilation * (kernel - 1) + 1
    const steps = size + before + after - reach
    fc.pre(steps >= 0)
    const forward = shapeOf('Conv', [{ shape: [1, 1, size] }, { shape: [1, 1, kernel] }], attributes)
    const back = shapeOf('ConvTranspose', [{ shape: forward }, { shape: [1, 1, kernel] }], {
      ...attributes,
      output_padding: [steps % stride],
    })
    expect(back?.[2]).toBe(size)
  })

  test.each([
    ['SAME_UPPER', 3, 112],
    ['SAME_LOWER', 3, 112],
    ['VALID', 3, 111],
  ] as const)('auto_pad %s of a %i-wide kernel at stride 2 makes 224 into %i', (autoPad, kernel, expected) => {
    const shape = shapeOf('Conv', [{ shape: [1, 3, 224, 224] }, { shape: [8, 3, kernel, kernel] }], {
      strides: [2, 2],
      auto_pad: autoPad,
    })
    expect(shape).toEqual([1, 8, expected, expected])
  })

  test('groups divide the input channels, and a wrong number of channels is refused', () => {
    const weight = { shape: [32, 1, 3, 3] }
    expect(shapeOf('Conv', [{ shape: [1, 32, 8, 8] }, weight], { group: 32 })).toEqual([1, 32, 6, 6])
    expect(() => shapeOf('Conv', [{ shape: [1, 16, 8, 8] }, weight], { group: 32 })).toThrow('shape-mismatch')
  })

  test('a transposed convolution takes an explicit output shape at its word', () => {
    const shape = shapeOf('ConvTranspose', [{ shape: [1, 1, 3, 3] }, { shape: [1, 2, 3, 3] }], {
      strides: [3, 2],
      output_shape: [10, 8],
    })
    expect(shape).toEqual([1, 2, 10, 8])
  })
})

describe('pooling sizes', () => {
  // Caffe rounds up, PyTorch down.
  test.each([
    [0, 54],
    [1, 55],
  ])('ceil_mode %i of 3×3 at stride 2 makes 110 into %i', (ceilMode, expected) => {
    const shape = shapeOf('MaxPool', [{ shape: [1, 1, 110, 110] }], {
      kernel_shape: [3, 3],
      strides: [2, 2],
      ceil_mode: ceilMode,
    })
    expect(shape).toEqual([1, 1, expected, expected])
  })

  test('ceil mode rounds up, but starts no window inside the end padding', () => {
    const pool = (size: number, pads: number[]) =>
      shapeOf('AveragePool', [{ shape: [1, 1, size] }], { kernel_shape: [3], strides: [3], pads, ceil_mode: 1 })?.[2]
    expect(pool(7, [0, 0])).toBe(3)
    expect(pool(6, [0, 1])).toBe(2)
  })

  test('global pooling keeps batch and channels', () => {
    expect(shapeOf('GlobalAveragePool', [{ shape: ['n', 64, 7, 7] }])).toEqual(['n', 64, 1, 1])
  })
})
