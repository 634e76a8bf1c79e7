/**
 * What a kernel is like, finer than its operator class: the rows of the calibrated times (docs/method/calibration.md).
 *
 * Every kernel has one category, which comes first, and any of the marks. Libraries have separate code for most of
 * these (a stem with three channels, a depthwise window wider than 3), so they err separately.
 */
import { factsOf } from '../graph/operators.ts'
import type { OperatorClass, OperatorSummary, Window } from '../graph/summary.ts'

const categories = [
  'pointwise',
  'window-3',
  'window-3-strided',
  'window-wide',
  'window-narrow', // 1×n and n×1
  'window-grouped',
  'window-dilated',
  'window-volume', // over time as well
  'stem',
  'depthwise-3',
  'depthwise-3-strided',
  'depthwise-wide',
  'transposed-convolution',
  'fully-connected',
  'matmul',
  'attention',
  'recurrent',
  'elementwise',
  'activation',
  'normalization',
  'softmax',
  'pooling',
  'reduction',
  'resize',
  'transpose',
  'layout',
  'gather',
  'other',
] as const

/** `smooth`: an activation with an exponential is fused in; `few-rows`: products of at most 64 rows; `few-channels`: 16. */
const marks = ['smooth', 'few-rows', 'few-channels', 'residual'] as const

export const kernelTraits = [...categories, ...marks] as const
type KernelTrait = (typeof kernelTraits)[number]

const indexOfTrait = new Map<string, number>(kernelTraits.map((trait, index) => [trait, index]))

const fewRows = 64
const fewChannels = 16
const stemChannels = 4

/** Indices into `kernelTraits`, the category first. `members`: the fused operators, the anchor first. */
export function traitsOf(anchor: OperatorSummary, members: readonly OperatorSummary[]): readonly number[] {
  const traits: KernelTrait[] = [categoryOf(anchor)]
  const fused = members.filter((member) => member !== anchor)
  if (fused.some(({ op }) => factsOf(op).curve !== null)) traits.push('smooth')
  if (fused.some(({ op, inputs }) => factsOf(op).fusion === 'addition' && inputs.length > 1)) traits.push('residual')
  const { window, gemm } = anchor
  if (gemm !== null && gemm.m <= fewRows) traits.push('few-rows')
  if (window !== null && gemm !== null) {
    const channels = Math.min(window.inputChannels, window.outputChannels)
    if (channels <= fewChannels && window.inputChannels > stemChannels) traits.push('few-channels')
  }
  return traits.map((trait) => indexOfTrait.get(trait) ?? 0)
}

function categoryOf({ class: operatorClass, op, window }: OperatorSummary): KernelTrait {
  if (operatorClass === 'layout') return factsOf(op).support === 'transpose' ? 'transpose' : 'layout'
  if (window !== null && isConvolution(operatorClass)) return windowCategory(operatorClass, window)
  return categories.find((category) => category === operatorClass) ?? 'other'
}

function isConvolution(operatorClass: OperatorClass): boolean {
  return operatorClass === 'convolution' || operatorClass === 'depthwise-convolution'
}

function windowCategory(operatorClass: OperatorClass, window: Window): KernelTrait {
  const { kernel, stride, dilation, groups, inputChannels } = window
  const widest = Math.max(...kernel)
  const isStrided = stride.some((step) => step > 1)
  if (kernel.length > 2) return 'window-volume'
  if (operatorClass === 'depthwise-convolution') {
    if (widest > 3) return 'depthwise-wide'
    return isStrided ? 'depthwise-3-strided' : 'depthwise-3'
  }
  if (dilation.some((step) => step > 1)) return 'window-dilated'
  if (groups > 1) return 'window-grouped'
  if (inputChannels <= stemChannels) return 'stem'
  if (widest === 1) return 'pointwise'
  if (new Set(kernel).size > 1) return 'window-narrow'
  if (widest > 3) return 'window-wide'
  return isStrided ? 'window-3-strided' : 'window-3'
}
