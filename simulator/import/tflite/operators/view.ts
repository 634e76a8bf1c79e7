/** Operators that rename dimensions and move nothing. */
import type { Shape } from '../../../graph/graph.ts'
import type { OperatorContext } from '../../../graph/operator.ts'
import { reshape, squeezeShape, unsqueezeShape, view } from '../../../graph/operators/view.ts'
import { openShape } from '../../../graph/shape.ts'
import { type LoweredTable, like, lowered, withOptions } from './rule.ts'

/** As an operand, or else as an option, in which [0] is how old converters wrote a scalar. */
function reshapeShape(context: OperatorContext): Shape {
  const option = context.numberList('new_shape') ?? []
  const isScalar = option.length === 1 && option[0] === 0
  const target = context.has(1) ? (context.elements(1) ?? openShape(context.shape(1)?.[0])) : isScalar ? [] : option
  return target === null ? null : reshape(context.shape(0), target, true)
}

const squeezed = like(view(squeezeShape), (context) => {
  const axes = context.numberList('squeeze_dims') ?? []
  return axes.length === 0 ? {} : { attributes: { axes } }
})

const unsqueezed = like(view(unsqueezeShape), (context) => {
  const axes = context.numbers(1)
  return axes === null ? null : { inputs: [context.tensor(0)], attributes: { axes } }
})

export const views: LoweredTable = {
  RESHAPE: lowered('Reshape', like(view(reshapeShape), withOptions)),
  SQUEEZE: lowered('Squeeze', squeezed),
  EXPAND_DIMS: lowered('Unsqueeze', unsqueezed),
  /** A sparse weight as others are. */
  DENSIFY: lowered('Identity', like(view((context) => context.shape(0)))),
}
