/**
 * Convolutions with the channels last: x [B, H, W, C_i], w [C_o, K_h, K_w, C_i/g] → y [B, H_o, W_o, C_o]; depthwise
 * w [1, K_h, K_w, C_o]; in space and time w [K_d, K_h, K_w, C_i/g, C_o]. Transposed ones take the output's shape first.
 */
import type { Dim, Shape } from '../../../graph/graph.ts'
import { type OperatorContext, unknownWork } from '../../../graph/operator.ts'
import { isStatic, mapDim, mismatch, openShape, unifyDim } from '../../../graph/shape.ts'
import type { Window } from '../../../graph/summary.ts'
import { tensor } from '../../../graph/value-type.ts'
import { slide, type WindowGeometry } from '../../../graph/window.ts'
import { fusing, type LoweredRule, type LoweredTable, lowered } from './rule.ts'

/** Strides and dilations of an operator's options, spatial axes in order: h and w, or d, h and w. */
export function windowOf(context: OperatorContext, kernel: readonly number[]): WindowGeometry {
  const axes = ['d', 'h', 'w'].slice(-kernel.length)
  return {
    kernel,
    stride: axes.map((axis) => context.number(`stride_${axis}`, 1)),
    dilation: axes.map((axis) => context.number(`dilation_${axis}_factor`, 1)),
    pads: [],
    autoPad: context.text('padding', 'SAME'),
    ceil: false,
  }
}

export function describeWindow(
  { kernel, stride, dilation }: WindowGeometry,
  groups: number,
  inputChannels: number,
  outputChannels: number,
): Window {
  return { kernel, stride, dilation, groups, inputChannels, outputChannels }
}

export const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1)

/** What the weights say, whatever their layout. */
interface Filter {
  readonly kernel: readonly number[]
  readonly inputChannelsPerGroup: number
  readonly outputChannels: number
  readonly groups: number
}

/** `null` while a size that decides the filter is open. */
type ReadFilter = (weight: readonly number[], inputChannels: Dim) => Filter | null

const planar: ReadFilter = ([outputChannels = 0, height = 0, width = 0, perGroup = 0], channels) =>
  grouped({ kernel: [height, width], inputChannelsPerGroup: perGroup, outputChannels }, channels)

const spatial: ReadFilter = ([depth = 0, height = 0, width = 0, perGroup = 0, outputChannels = 0], channels) =>
  grouped({ kernel: [depth, height, width], inputChannelsPerGroup: perGroup, outputChannels }, channels)

function grouped(filter: Omit<Filter, 'groups'>, channels: Dim): Filter {
  const { inputChannelsPerGroup: perGroup } = filter
  if (typeof channels !== 'number') return { ...filter, groups: 1 }
  if (perGroup === 0 || channels % perGroup !== 0) throw mismatch(`a multiple of ${perGroup} channels`, `${channels}`)
  return { ...filter, groups: channels / perGroup }
}

/** In both layouts of ordinary convolutions. */
const perGroupAxis = 3

/** One channel each; a multiplier gives each several results. */
const depthwise: ReadFilter = ([, height = 0, width = 0, outputChannels = 0], channels) => {
  if (typeof channels !== 'number') return null
  if (channels === 0 || outputChannels % channels !== 0)
    throw mismatch(`a multiple of ${channels}`, `${outputChannels}`)
  return { kernel: [height, width], inputChannelsPerGroup: 1, outputChannels, groups: channels }
}

function direct(read: ReadFilter, rank: number): LoweredRule {
  const filterOf = (context: OperatorContext): Filter | null => {
    const [input, weight] = [context.shape(0), context.shape(1)]
    if (input === null || !isStatic(weight)) return null
    if (input.length !== rank || weight.length !== rank) {
      throw mismatch(`input and weight of rank ${rank}`, `ranks ${input.length} and ${weight.length}`)
    }
    return read(weight, input.at(-1) ?? null)
  }
  return fusing({
    /** One input channel per group, and more than one group. */
    class(context) {
      const [channels, weight] = [context.shape(0)?.at(-1), context.shape(1)]
      const perGroup = read === depthwise ? 1 : weight?.[perGroupAxis]
      return perGroup === 1 && typeof channels === 'number' && channels > 1 ? 'depthwise-convolution' : 'convolution'
    },
    infer(context) {
      const filter = filterOf(context)
      const input = context.shape(0)
      if (filter === null || input === null) return [tensor(context.declaredType(0), openShape(rank))]
      const steps = slide(input.slice(1, -1), windowOf(context, filter.kernel))
      return [tensor(context.declaredType(0), [input[0] ?? null, ...steps, filter.outputChannels])]
    },
    work(context) {
      const filter = filterOf(context)
      const outputs = context.outputCount
      if (filter === null || outputs === null) return unknownWork
      const { kernel, inputChannelsPerGroup, outputChannels, groups } = filter
      const k = product(kernel) * inputChannelsPerGroup
      const m = outputChannels === 0 ? 0 : outputs / outputChannels
      return {
        macs: outputs * k,
        vectorOps: context.has(2) ? outputs : 0,
        gemm: { m, n: outputChannels / groups, k, repeat: groups },
        window: describeWindow(windowOf(context, kernel), groups, inputChannelsPerGroup * groups, outputChannels),
      }
    },
  })
}

/** Axes of the weights: kernel, output and input channels. */
interface TransposedLayout {
  readonly kernel: (weight: readonly number[]) => readonly number[]
  readonly outputChannels: number
}

const planarTransposed: TransposedLayout = { kernel: (weight) => weight.slice(1, 3), outputChannels: 0 }
const spatialTransposed: TransposedLayout = { kernel: (weight) => weight.slice(0, 3), outputChannels: 3 }

/** Where the operands of a transposed convolution stand; `shape: null` = the output's shape follows from the window. */
interface TransposedOperands {
  readonly shape: number | null
  readonly weight: number
  readonly input: number
  readonly bias: number
}

/** Each input element meets every tap: M = B·H_i·W_i, N = K_h·K_w·C_o, K = C_i. */
function transposed({ shape, weight, input, bias }: TransposedOperands, layout: TransposedLayout): LoweredRule {
  return fusing({
    class: 'transposed-convolution',
    infer(context) {
      const given = shape === null ? null : context.elements(shape)
      return [tensor(context.declaredType(0), given ?? transposedShape(context, { weight, input }, layout))]
    },
    work(context) {
      const [sizes, count, outputs] = [context.shape(weight), context.count(input), context.outputCount]
      if (!isStatic(sizes) || count === null || outputs === null) return unknownWork
      const kernel = layout.kernel(sizes)
      const [outputChannels = 0, inputChannels = 0] = [sizes[layout.outputChannels], sizes.at(-1)]
      const n = product(kernel) * outputChannels
      return {
        macs: count * n,
        vectorOps: context.has(bias) ? outputs : 0,
        gemm: { m: inputChannels === 0 ? 0 : count / inputChannels, n, k: inputChannels, repeat: 1 },
        window: describeWindow(windowOf(context, kernel), 1, inputChannels, outputChannels),
      }
    },
  })
}

/** SAME multiplies the size by the stride; VALID adds what the kernel reaches beyond it. */
function transposedShape(
  context: OperatorContext,
  { weight, input }: Pick<TransposedOperands, 'weight' | 'input'>,
  layout: TransposedLayout,
): Shape {
  const [sizes, shape] = [context.shape(weight), context.shape(input)]
  if (shape === null || !isStatic(sizes)) return null
  unifyDim(shape.at(-1) ?? null, sizes.at(-1) ?? null, 'input channels of the transposed convolution')
  const { kernel, stride, autoPad } = windowOf(context, layout.kernel(sizes))
  const steps = shape.slice(1, -1).map((dim, axis) =>
    mapDim(dim, (size) => {
      const [step, reach] = [stride[axis] ?? 1, kernel[axis] ?? 1]
      return size * step + (autoPad === 'VALID' ? Math.max(0, reach - step) : 0)
    }),
  )
  return [shape[0] ?? null, ...steps, sizes[layout.outputChannels] ?? null]
}

/**
 * MediaPipe's custom transposed convolution with a bias: x, w [C_o, K_h, K_w, C_i], bias. Its strides are in an opaque
 * option, so its shape is the one that the file declares. Source: mediapipe/util/tflite/operations/transpose_conv_bias.cc.
 */
export const transposedWithBias = lowered('ConvTranspose', {
  ...transposed({ shape: null, weight: 1, input: 0, bias: 2 }, planarTransposed),
  infer: (context) => [tensor(context.declaredType(0), null)],
})

const shapeFirst = { shape: 0, weight: 1, input: 2, bias: 3 }

export const convolutions: LoweredTable = {
  CONV_2D: lowered('Conv', direct(planar, 4)),
  DEPTHWISE_CONV_2D: lowered('Conv', direct(depthwise, 4)),
  CONV_3D: lowered('Conv', direct(spatial, 5)),
  TRANSPOSE_CONV: lowered('ConvTranspose', transposed(shapeFirst, planarTransposed)),
  CONV_3D_TRANSPOSE: lowered('ConvTranspose', transposed(shapeFirst, spatialTransposed)),
}
