/**
 * Sliding windows: the sizes that convolutions and poolings leave behind.
 *
 *   H_o = ⌊(H_i + p − d(K − 1) − 1) / s⌋ + 1        p: padding before and after together
 *
 * SAME padding gives ⌈H_i / s⌉ whatever the kernel; ceil mode rounds up but starts no window inside the end padding.
 */
import type { Dim } from './graph.ts'
import type { OperatorContext } from './operator.ts'
import { mapDim, perAxis } from './shape.ts'

export interface WindowGeometry {
  readonly kernel: readonly number[]
  readonly stride: readonly number[]
  readonly dilation: readonly number[]
  /** All starts, then all ends. */
  readonly pads: readonly number[]
  readonly autoPad: string
  readonly ceil: boolean
}

/** Attributes shared by Conv, ConvTranspose and the poolings. */
export function windowGeometry(context: OperatorContext, kernel: readonly number[]): WindowGeometry {
  const rank = kernel.length
  return {
    kernel,
    stride: perAxis(context.numberList('strides'), rank, 1),
    dilation: perAxis(context.numberList('dilations'), rank, 1),
    pads: perAxis(context.numberList('pads'), 2 * rank, 0),
    autoPad: context.text('auto_pad', 'NOTSET'),
    ceil: context.number('ceil_mode', 0) !== 0,
  }
}

/** Output sizes for the spatial sizes `input`. */
export function slide(input: readonly Dim[], window: WindowGeometry): Dim[] {
  return input.map((size, axis) => mapDim(size, (known) => slideAxis(known, axis, window)))
}

function slideAxis(size: number, axis: number, window: WindowGeometry): number {
  const stride = window.stride[axis] ?? 1
  const reach = (window.dilation[axis] ?? 1) * ((window.kernel[axis] ?? 1) - 1) + 1
  if (window.autoPad.startsWith('SAME')) return Math.ceil(size / stride)
  if (window.autoPad === 'VALID') return Math.max(0, Math.ceil((size - reach + 1) / stride))
  const before = window.pads[axis] ?? 0
  const after = window.pads[axis + window.kernel.length] ?? 0
  const steps = (size + before + after - reach) / stride
  if (!window.ceil) return Math.max(0, Math.floor(steps) + 1)
  const windows = Math.ceil(steps) + 1
  const lastStart = (windows - 1) * stride
  return Math.max(0, lastStart >= size + before ? windows - 1 : windows)
}
