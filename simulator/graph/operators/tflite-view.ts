/** Operators that rename dimensions and move nothing. */
import type { Shape } from '../graph.ts'
import type { OperatorContext, OperatorTable } from '../operator.ts'
import { openShape } from '../shape.ts'
import { like, withOptions } from './tflite-rule.ts'
import { reshape, squeezeShape, unsqueezeShape, view } from './view.ts'

/** As an operand, or else as an option, in which [0] is how old converters wrote a scalar. */
function reshapeShape(context: OperatorContext): Shape {
  const option = context.numberList('new_shape') ?? []
  const isScalar = option.length === 1 && option[0] === 0
  const target = context.has(1) ? (context.elements(1) ?? openShape(context.shape(1)?.[0])) : isScalar ? [] : option
  return target === null ? null : reshape(context.shape(0), target, true)
}

export const tfliteViews: OperatorTable = {
  RESHAPE: like(view(reshapeShape), withOptions),
  SQUEEZE: like(view(squeezeShape), (context) => {
    const axes = context.numberList('squeeze_dims') ?? []
    return axes.length === 0 ? {} : { attributes: { axes } }
  }),
  EXPAND_DIMS: like(view(unsqueezeShape), (context) => {
    const axes = context.numbers(1)
    return axes === null ? null : { inputs: [context.tensor(0)], attributes: { axes } }
  }),
  DENSIFY: like(view((context) => context.shape(0))),
}
