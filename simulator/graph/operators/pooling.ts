/** Pooling over windows and over whole feature maps. x [B, C, …] → [B, C, …]. */
import type { DType } from '../dtype.ts'
import type { Dim, Shape } from '../graph.ts'
import { type Operator, type OperatorContext, scaled, unknownWork, vectorWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { elementCount, mapDim } from '../shape.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'
import { slide, windowGeometry } from '../window.ts'

export function pool(
  types: (context: OperatorContext) => readonly (DType | null)[],
  opsPerOutput = 0,
  opsPerTap = 1,
): Operator {
  return {
    class: 'pooling',
    infer(context) {
      const shape = poolShape(context)
      return types(context).map((dtype) => tensor(dtype, shape))
    },
    work(context) {
      const kernel = context.numberList('kernel_shape')
      const outputs = context.outputCount
      if (kernel === null || outputs === null) return unknownWork
      const geometry = windowGeometry(context, kernel)
      const channels = context.shape(0)?.[1]
      if (typeof channels !== 'number') return unknownWork
      const taps = kernel.reduce((product, size) => product * size, 1)
      return {
        macs: 0,
        vectorOps: outputs * (taps * opsPerTap + opsPerOutput),
        gemm: null,
        window: {
          kernel,
          stride: geometry.stride,
          dilation: geometry.dilation,
          groups: channels,
          inputChannels: channels,
          outputChannels: channels,
        },
      }
    },
  }
}

function poolShape(context: OperatorContext): Shape {
  const input = context.shape(0)
  const kernel = context.numberList('kernel_shape')
  if (input === null || kernel === null) return null
  return [...input.slice(0, 2), ...slide(input.slice(2), windowGeometry(context, kernel))]
}

function globalPool(opsPerInput: number): Operator {
  return {
    class: 'pooling',
    infer(context) {
      const input = context.shape(0)
      const shape = input === null ? null : input.map((dim, axis) => (axis < 2 ? dim : 1))
      return [tensor(context.dtype(0), shape)]
    },
    work: (context) => vectorWork(scaled(context.count(0), opsPerInput)),
  }
}

/** Undoes MaxPool with its indices; `output_shape` rules over the window arithmetic. */
const maxUnpool: Operator = {
  class: 'pooling',
  infer(context) {
    const input = context.shape(0)
    const kernel = context.numberList('kernel_shape')
    const given = context.numbers(2)
    if (given !== null) return [tensor(context.dtype(0), given)]
    if (context.has(2) || input === null || kernel === null) return [tensor(context.dtype(0), null)]
    const { stride, pads } = windowGeometry(context, kernel)
    const spatial = input.slice(2).map((size, axis) => {
      const padding = (pads[axis] ?? 0) + (pads[axis + kernel.length] ?? 0)
      return typeof size === 'number' ? (size - 1) * (stride[axis] ?? 1) + (kernel[axis] ?? 1) - padding : null
    })
    return [tensor(context.dtype(0), [...input.slice(0, 2), ...spatial])]
  },
  work: (context) => vectorWork(context.count(0)),
}

/**
 * Maximum or average inside regions of interest. Without a fixed number of sampling points per axis of an output there is
 * one per element of the part of the region under it; at worst a region covers the whole input.
 */
const roiPool: Operator = {
  class: 'pooling',
  infer(context) {
    const input = context.shape(0)
    const regions = context.shape(1)?.[0] ?? null
    const [height = null, width = null] = context.numberList('pooled_shape') ?? [
      context.number('output_height', 1),
      context.number('output_width', 1),
    ]
    return [tensor(context.dtype(0), [regions, input?.[1] ?? null, height, width])]
  },
  work(context) {
    const ratio = context.number('sampling_ratio', 0)
    const [, , ...size] = context.output(0).shape ?? []
    const points = context
      .shape(0)
      ?.slice(2)
      .map((dim, axis) => (ratio > 0 ? ratio : worstPoints(dim, size[axis] ?? null)))
    const perOutput = elementCount(points ?? null)
    return vectorWork(perOutput === null ? null : scaled(context.outputCount, perOutput * opsPerElement.bilinear))
  },
}

const worstPoints = (input: Dim, outputs: Dim): Dim =>
  typeof outputs === 'number' ? mapDim(input, (size) => Math.ceil(size / outputs)) : null

/** (x, initial value, window, strides, dilations of x, dilations of the window), without padding. */
const reduceWindow: Operator = {
  class: 'pooling',
  infer(context) {
    const [size, strides, spread, dilation] = [2, 3, 4, 5].map((index) => context.numbers(index))
    const dims = context.shape(0)?.map((dim, axis): Dim => {
      const [reach, step, gap, hole] = [size?.[axis], strides?.[axis], spread?.[axis], dilation?.[axis]]
      if (reach === undefined || step === undefined || gap === undefined || hole === undefined) return null
      return mapDim(dim, (count) => {
        const dilated = count === 0 ? 0 : (count - 1) * gap + 1
        return Math.max(0, Math.floor((dilated - ((reach - 1) * hole + 1)) / step) + 1)
      })
    })
    return [tensor(context.dtype(0), dims ?? null)]
  },
  work(context) {
    const taps = context.numbers(2)?.reduce((count, size) => count * size, 1)
    return taps === undefined ? unknownWork : vectorWork(scaled(context.outputCount, taps))
  },
}

const firstInput = (context: OperatorContext) => [context.dtype(0)]

export const poolingOperators: OperatorFamily = {
  MaxPool: entry(
    'max-pooling',
    pool((context) => [context.dtype(0), 'int64']),
    { prune: 'pooling' },
  ),
  AveragePool: entry('average-pooling', pool(firstInput, 1), { prune: 'pooling' }),
  LpPool: entry('lp-pooling', pool(firstInput, opsPerElement.squareRoot, 2), { prune: 'pooling' }),
  GlobalAveragePool: entry('average-pooling', globalPool(1), { prune: 'pooling' }),
  GlobalMaxPool: entry('max-pooling', globalPool(1), { prune: 'pooling' }),
  GlobalLpPool: entry('lp-pooling', globalPool(2)),
  MaxUnpool: entry('unpooling', maxUnpool),
  /** Without an operator in ai.onnx. */
  ReduceWindow: entry(null, reduceWindow),
  MaxRoiPool: entry('roi-pooling', roiPool),
  RoiAlign: entry('roi-pooling', roiPool),
}
