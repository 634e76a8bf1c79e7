/** Lists of ML Programs: tensors of one shape by position, written and read in loops. They hold references. */
import type { LoweredOperator } from '../../../graph/dialect.ts'
import { type DType, dtypes } from '../../../graph/dtype.ts'
import type { Dim, Shape } from '../../../graph/graph.ts'
import { noWork, type OperatorContext } from '../../../graph/operator.ts'
import { type SequenceType, type TensorType, tensor, unknownTensor, type ValueType } from '../../../graph/value-type.ts'
import type { LoweredTable } from './lowered.ts'

function onLists(op: string, infer: (context: OperatorContext) => ValueType): LoweredOperator {
  return { op, class: 'layout', infer: (context) => [infer(context)], work: () => noWork }
}

function listOf(element: TensorType): SequenceType {
  return { kind: 'sequence', element, items: null }
}

function elementOf(context: OperatorContext): TensorType {
  const list = context.inputs[0]
  return list?.kind === 'sequence' ? list.element : unknownTensor
}

/** What is written is of the shape of the list's elements: sizes known there or here. */
function refined({ dtype, shape }: TensorType, written: TensorType, writtenShape: Shape): TensorType {
  const other = writtenShape
  if (shape === null || other === null || shape.length !== other.length)
    return tensor(dtype ?? written.dtype, shape ?? other)
  return tensor(
    dtype ?? written.dtype,
    shape.map((dim, axis) => (typeof dim === 'number' ? dim : (other[axis] ?? dim))),
  )
}

/** Sizes that have a name in the converter's terms are not known: −1. */
const makeList = onLists('SequenceEmpty', (context) => {
  const sizes = context.numberList('elem_shape')
  return listOf(
    tensor(namedType(context.text('dtype', 'fp32')), sizes?.map((size): Dim => (size < 0 ? null : size)) ?? null),
  )
})

function namedType(name: string): DType | null {
  const full = { fp16: 'float16', fp32: 'float32', fp64: 'float64' }[name] ?? name
  return Object.hasOwn(dtypes, full) ? (full as DType) : null // hasOwn proves membership
}

const write = onLists('SequenceInsert', (context) =>
  listOf(refined(elementOf(context), context.tensor(2), context.shape(2))),
)
/** value [n, ..] to n positions. */
const scatter = onLists('SplitToSequence', (context) =>
  listOf(refined(elementOf(context), context.tensor(2), context.shape(2)?.slice(1) ?? null)),
)
const read = onLists('SequenceAt', elementOf)
const gather = onLists('ConcatFromSequence', (context) => {
  const { dtype, shape } = elementOf(context)
  const [count = null] = context.shape(1) ?? []
  return tensor(dtype, shape === null ? null : [count, ...shape])
})

export const programLists: LoweredTable = {
  make_list: makeList,
  list_write: write,
  list_scatter: scatter,
  list_read: read,
  list_gather: gather,
  list_length: onLists('SequenceLength', () => tensor('int32', [])),
}
