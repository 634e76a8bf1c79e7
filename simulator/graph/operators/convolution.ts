/**
 * Convolutions: direct, transposed, deformable, causal.
 *
 * x [B, C_i, …], w [C_o, C_i/g, K…] → y [B, C_o, …]. Per group the GEMM view is M = B·H_o·W_o, N = C_o/g, K = K_h·K_w·C_i/g.
 */
import type { DType } from '../dtype.ts'
import type { Dim, Shape } from '../graph.ts'
import { type Operator, type OperatorContext, unknownWork, type Work } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { elementCount, isStatic, mapDim, mismatch, perAxis, unifyDim } from '../shape.ts'
import type { OperatorClass } from '../summary.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'
import { slide, type WindowGeometry, windowGeometry } from '../window.ts'

/** Where the operands of a variant sit, and what its output is made of. */
interface Variant {
  readonly weight: number
  readonly bias: number
  readonly output: (context: OperatorContext) => DType | null
  /** Vector operations per output element beyond the bias. */
  readonly opsPerOutput?: number
}

interface Convolution {
  readonly input: readonly Dim[]
  readonly weight: readonly number[]
  readonly groups: number
  readonly window: WindowGeometry
}

function convolution(context: OperatorContext, weightIndex: number): Convolution | null {
  const input = context.shape(0)
  const weight = context.shape(weightIndex)
  if (input === null || !isStatic(weight)) return null
  if (input.length !== weight.length || input.length < 3) {
    throw mismatch(`input and weight of one rank ≥ 3`, `ranks ${input.length} and ${weight.length}`)
  }
  const kernel = context.numberList('kernel_shape') ?? weight.slice(2)
  const groups = context.number('group', 1)
  if (!(groups >= 1)) throw mismatch('at least one group', `${groups}`)
  return { input, weight, groups, window: windowGeometry(context, kernel) }
}

function isDepthwise(groups: number, weight: readonly number[]): boolean {
  return groups > 1 && weight[1] === 1
}

function convolutionClass(weightIndex: number) {
  return (context: OperatorContext): OperatorClass => {
    const weight = context.shape(weightIndex)
    return isStatic(weight) && isDepthwise(context.number('group', 1), weight) ? 'depthwise-convolution' : 'convolution'
  }
}

function convolutionShape(context: OperatorContext, weightIndex: number): Shape {
  const conv = convolution(context, weightIndex)
  if (conv === null) return null
  const [outputChannels = 0, channelsPerGroup = 0] = conv.weight
  unifyDim(conv.input[1] ?? null, channelsPerGroup * conv.groups, 'input channels of the convolution')
  return [conv.input[0] ?? null, outputChannels, ...slide(conv.input.slice(2), conv.window)]
}

function convolutionWork(context: OperatorContext, weightIndex: number, opsPerOutput: number): Work {
  const conv = convolution(context, weightIndex)
  const outputs = context.outputCount
  if (conv === null || outputs === null) return unknownWork
  const [outputChannels = 0, channelsPerGroup = 0] = conv.weight
  const { groups } = conv
  const k = channelsPerGroup * elements(conv.window.kernel)
  return {
    macs: outputs * k,
    vectorOps: outputs * opsPerOutput,
    gemm: { m: outputChannels === 0 ? 0 : outputs / outputChannels, n: outputChannels / groups, k, repeat: groups },
    window: {
      kernel: conv.window.kernel,
      stride: conv.window.stride,
      dilation: conv.window.dilation,
      groups,
      inputChannels: channelsPerGroup * groups,
      outputChannels,
    },
  }
}

const elements = (kernel: readonly number[]): number => kernel.reduce((product, size) => product * size, 1)

export function directConvolution({ weight, bias, output, opsPerOutput = 0 }: Variant): Operator {
  return {
    class: convolutionClass(weight),
    infer: (context) => [tensor(output(context), convolutionShape(context, weight))],
    work: (context) => convolutionWork(context, weight, opsPerOutput + (context.has(bias) ? 1 : 0)),
  }
}

/** y spatial = s(H − 1) + output padding + d(K − 1) + 1 − p, or `output_shape`; w [C_i, C_o/g, K…]. */
function transposedSpatial(context: OperatorContext, conv: Convolution): Dim[] {
  const { kernel, stride, dilation, pads, autoPad } = conv.window
  const given = context.numberList('output_shape')
  const rank = kernel.length
  const extra = perAxis(context.numberList('output_padding'), rank, 0)
  return conv.input.slice(2).map((size, axis) => {
    const explicit = given?.[given.length - rank + axis]
    if (explicit !== undefined) return explicit
    if (typeof size !== 'number') return null
    const step = stride[axis] ?? 1
    if (autoPad.startsWith('SAME')) return size * step
    const reach = (dilation[axis] ?? 1) * ((kernel[axis] ?? 1) - 1) + 1
    const padding = autoPad === 'VALID' ? 0 : (pads[axis] ?? 0) + (pads[axis + rank] ?? 0)
    return step * (size - 1) + (extra[axis] ?? 0) + reach - padding
  })
}

const transposedConvolution: Operator = {
  class: 'transposed-convolution',
  infer(context) {
    const conv = convolution(context, 1)
    if (conv === null) return [tensor(context.dtype(0), null)]
    unifyDim(conv.input[1] ?? null, conv.weight[0] ?? null, 'input channels of the transposed convolution')
    const outputChannels = (conv.weight[1] ?? 0) * conv.groups
    return [tensor(context.dtype(0), [conv.input[0] ?? null, outputChannels, ...transposedSpatial(context, conv)])]
  },
  /** Each input element meets every tap of its group: M = B·H_i·W_i, N = K_h·K_w·C_o/g, K = C_i/g. */
  work(context) {
    const conv = convolution(context, 1)
    const inputs = context.count(0)
    const outputs = context.outputCount
    if (conv === null || inputs === null || outputs === null) return unknownWork
    const [inputChannels = 0, outputChannelsPerGroup = 0] = conv.weight
    const { groups, window } = conv
    const n = outputChannelsPerGroup * elements(window.kernel)
    return {
      macs: inputs * n,
      vectorOps: context.has(2) ? outputs : 0,
      gemm: { m: inputChannels === 0 ? 0 : inputs / inputChannels, n, k: inputChannels / groups, repeat: groups },
      window: {
        kernel: window.kernel,
        stride: window.stride,
        dilation: window.dilation,
        groups,
        inputChannels,
        outputChannels: outputChannelsPerGroup * groups,
      },
    }
  },
}

/** Bilinear sampling at learned offsets before each tap. */
const deformableConvolution: Operator = {
  class: 'convolution',
  infer: (context) => [tensor(context.dtype(0), convolutionShape(context, 1))],
  work(context) {
    const work = convolutionWork(context, 1, context.has(3) ? 1 : 0)
    const [batch, , ...spatial] = context.output(0).shape ?? [null]
    const taps = elementCount([batch ?? null, context.shape(0)?.[1] ?? null, ...spatial])
    const kernel = work.window === null ? null : elements(work.window.kernel)
    if (work.vectorOps === null || taps === null || kernel === null) return unknownWork
    return { ...work, vectorOps: work.vectorOps + taps * kernel * opsPerElement.bilinear }
  },
}

/**
 * x [B, C, T], w [C, 1, K] and a state [B, C, (K − 1) · dilation] of earlier samples: depthwise, causal, same length.
 * By attribute also x [B, T, C] with its state turned likewise.
 */
const causalConvolution: Operator = {
  class: 'depthwise-convolution',
  infer(context) {
    const shape = context.shape(0)
    const isTurned = context.number('channels_last', 0) === 1
    const batch = shape?.[0] ?? null
    const channels = (isTurned ? shape?.at(-1) : shape?.[1]) ?? null
    const dilation = context.number('dilation', 1)
    const history = mapDim(context.shape(1)?.[2] ?? null, (kernel) => (kernel - 1) * dilation)
    const dtype = context.dtype(0)
    return [tensor(dtype, shape), tensor(dtype, isTurned ? [batch, history, channels] : [batch, channels, history])]
  },
  work(context) {
    const outputs = context.outputCount
    const weight = context.shape(1)
    if (outputs === null || !isStatic(weight)) return unknownWork
    const [channels = 0, , kernel = 0] = weight
    const activation = context.text('activation', 'none') === 'none' ? 0 : opsPerElement.swish
    return {
      macs: outputs * kernel,
      vectorOps: outputs * ((context.has(2) ? 1 : 0) + activation),
      gemm: { m: channels === 0 ? 0 : outputs / channels, n: 1, k: kernel, repeat: channels },
      window: {
        kernel: [kernel],
        stride: [1],
        dilation: [context.number('dilation', 1)],
        groups: channels,
        inputChannels: channels,
        outputChannels: channels,
      },
    }
  },
}

const sameAsInput = (context: OperatorContext): DType | null => context.dtype(0)
export const convolutionOperators: OperatorFamily = {
  Conv: entry('convolution', directConvolution({ weight: 1, bias: 2, output: sameAsInput }), { prune: 'convolution' }),
  ConvInteger: entry('integer-convolution', directConvolution({ weight: 1, bias: -1, output: () => 'int32' })),
  ConvTranspose: entry('transposed-convolution', transposedConvolution, { prune: 'transposed-convolution' }),
  DeformConv: entry('deformable-convolution', deformableConvolution),
  CausalConvWithState: entry(null, causalConvolution),
}
