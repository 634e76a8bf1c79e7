/**
 * STRIDED_SLICE(x, begin, end, strides): Python's slicing, entry by entry. Bits of the masks mark entries that start at
 * the front, run to the end, stand for all axes not mentioned, insert an axis, or pick one element and drop the axis.
 */
import type { Dim, Shape } from '../../../graph/graph.ts'
import { noWork, type Operator, type OperatorContext } from '../../../graph/operator.ts'
import { slice } from '../../../graph/operators/layout.ts'
import { plus } from '../../../graph/shape.ts'
import { asTensor, type TensorType, tensor } from '../../../graph/value-type.ts'

/** Beyond any end, on either side; slicing clamps. */
const far = 2 ** 31 - 1

interface Range {
  readonly axis: number
  readonly start: Dim
  readonly end: Dim
  readonly step: Dim
}

interface Plan {
  readonly ranges: readonly Range[]
  /** Axes of the result: those of x by position, dropped ones left out, and 'new'. */
  readonly result: readonly (number | 'new')[]
}

export const stridedSlice: Operator = {
  class: 'layout',
  infer(context) {
    const source = context.tensor(0)
    const dtype = context.declaredType(0) ?? source.dtype
    const plan = source.shape === null ? null : planOf(context, source.shape.length)
    if (plan === null) return [tensor(dtype, null)]
    const list = (pick: (range: Range) => Dim): TensorType =>
      tensor('int64', [plan.ranges.length], plan.ranges.map(pick))
    const operands = [source, list(({ start }) => start), list(({ end }) => end), list(({ axis }) => axis)]
    const [type] = slice.infer(context.as([...operands, list(({ step }) => step)]))
    const { shape, elements } = asTensor(type ?? tensor(dtype, null))
    const dims: Shape = shape === null ? null : plan.result.map((axis) => (axis === 'new' ? 1 : (shape[axis] ?? null)))
    return [tensor(dtype, dims, elements)]
  },
  work: () => noWork,
}

/** `null` where the number of entries is not known. */
function planOf(context: OperatorContext, rank: number): Plan | null {
  const count = context.shape(1)?.[0]
  if (typeof count !== 'number' || count > maxEntries) return null
  const [begin, end, strides] = [context.elements(1), context.elements(2), context.elements(3)]
  const has = (mask: string, entry: number) => ((context.number(mask, 0) >> entry) & 1) === 1
  const entries = Array.from({ length: count }, (_, entry) => entry)
  const named = entries.filter((entry) => !has('ellipsis_mask', entry) && !has('new_axis_mask', entry)).length
  const ranges: Range[] = []
  const result: (number | 'new')[] = []
  let axis = 0
  const keep = (axes: number) => {
    for (let each = 0; each < axes && axis < rank; each++) result.push(axis++)
  }
  for (const entry of entries) {
    if (has('ellipsis_mask', entry)) keep(Math.max(0, rank - named))
    else if (has('new_axis_mask', entry)) result.push('new')
    else if (axis < rank) {
      const start = begin?.[entry] ?? null
      if (has('shrink_axis_mask', entry)) {
        ranges.push({ axis, start, end: start === -1 ? far : plus(start, 1), step: 1 })
      } else {
        const step = strides?.[entry] ?? null
        const isBackward = typeof step === 'number' && step < 0
        const given = end?.[entry] ?? null
        const until = context.number('offset', 0) === 0 ? given : plus(start, given)
        ranges.push({
          axis,
          start: has('begin_mask', entry) ? (isBackward ? far : 0) : start,
          end: has('end_mask', entry) ? (isBackward ? -far : far) : until,
          step,
        })
        result.push(axis)
      }
      axis += 1
    }
  }
  keep(rank - axis)
  return { ranges, result }
}

/** Masks have a bit for each. */
const maxEntries = 32
