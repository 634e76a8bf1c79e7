/** Settings that Core ML operators share: windows with their padding, leading axes that all count as batch. */
import type { Attribute, Dim, Shape } from '../../../graph/graph.ts'
import type { OperatorContext } from '../../../graph/operator.ts'
import { productOf } from '../../../graph/shape.ts'
import { type TensorType, tensor, type ValueType } from '../../../graph/value-type.ts'

/** start and end of each axis in turn → all starts, then all ends. */
export function padsOf(pairs: readonly number[]): number[] {
  return [...pairs.filter((_, index) => index % 2 === 0), ...pairs.filter((_, index) => index % 2 === 1)]
}

/** Padding of an ML Program operation by `pad_type` and `pad`. */
export function programPadding(context: OperatorContext): Record<string, Attribute> {
  const type = context.text('pad_type', 'valid')
  if (type === 'custom') return { pads: padsOf(context.numberList('pad') ?? []) }
  if (type.startsWith('same')) return { auto_pad: type === 'same_lower' ? 'SAME_LOWER' : 'SAME_UPPER' }
  return { auto_pad: 'VALID' }
}

/** Padding of a network layer: amounts per border, or what keeps the size. */
export function layerPadding(context: OperatorContext): Record<string, Attribute> {
  if (context.text('padding', 'valid') === 'same') return { auto_pad: 'SAME_UPPER' }
  return { pads: padsOf(context.numberList('paddingAmounts') ?? []) }
}

/** Padding of a three-dimensional layer. */
export function volumePadding(context: OperatorContext): Record<string, Attribute> {
  const type = context.text('paddingType', 'custom')
  if (type !== 'custom') return { auto_pad: type === 'same' ? 'SAME_UPPER' : 'VALID' }
  const amounts = (...names: readonly string[]) => names.map((name) => context.number(`customPadding${name}`, 0))
  return { pads: [...amounts('Front', 'Top', 'Left'), ...amounts('Back', 'Bottom', 'Right')] }
}

/** `name` for depth, height and width. */
export function volume(context: OperatorContext, name: string, fallback: number): number[] {
  return ['Depth', 'Height', 'Width'].map((axis) => context.number(`${name}${axis}`, 0) || fallback)
}

/** A list of the layer, `fallback` where the file leaves it out. */
export function listOr(context: OperatorContext, name: string, fallback: readonly number[]): readonly number[] {
  const given = context.numberList(name)
  return given === null || given.length === 0 ? fallback : given
}

/** Axes before the last `inner` ones as one. */
export function foldLeading(type: TensorType, inner: number): TensorType {
  const { shape } = type
  if (shape === null || shape.length <= inner + 1) return type
  return tensor(type.dtype, [productOf(shape, 0, shape.length - inner), ...shape.slice(-inner)])
}

/** The leading axes of `input` back in front of the last `inner` ones of each output. */
export function unfoldLeading(outputs: readonly ValueType[], input: Shape, inner: number): readonly ValueType[] {
  if (input === null || input.length <= inner + 1) return outputs
  const leading = input.slice(0, input.length - inner)
  return outputs.map((output) => {
    if (output.kind !== 'tensor' || output.shape === null) return output
    return tensor(output.dtype, [...leading, ...output.shape.slice(-inner)])
  })
}

/** A number that is a setting, or the content of an operand. */
export function scalarFrom(context: OperatorContext, setting: string, operand: number, fallback: Dim): Dim {
  if (context.has(operand)) return context.elements(operand)?.[0] ?? null
  return context.number(setting) ?? fallback
}

/** A list that is a setting, or the content of an operand; entries may be unknown. */
export function dimsFrom(context: OperatorContext, setting: string, operand: number): readonly Dim[] | null {
  return context.has(operand) ? context.elements(operand) : context.numberList(setting)
}
