/** What earlier versions of ai.onnx called by another name. */
import type { Dim, Shape } from '../../../graph/graph.ts'
import type { OperatorContext } from '../../../graph/operator.ts'
import { resize, scaledSize } from '../../../graph/operators/resize.ts'
import { type LoweredTable, lowered, same } from './lowered.ts'

/** Opset 7: `scales` attribute; from 9 an input; opset 1: `height_scale`, `width_scale`. */
function upsampleShape(context: OperatorContext): Shape {
  const shape = context.shape(0)
  if (shape === null) return null
  const height = context.number('height_scale')
  const width = context.number('width_scale')
  const scales: readonly Dim[] | null = context.has(1)
    ? context.elements(1)
    : (context.numberList('scales') ?? (height === null || width === null ? null : [1, 1, height, width]))
  return shape.map((dim, axis) => scaledSize(dim, scales?.[axis] ?? null))
}

export const formerOperators: LoweredTable = {
  Upsample: lowered('Resize', resize(upsampleShape), { pruneAs: 'resize' }),
  Scatter: same('ScatterElements'),
}
