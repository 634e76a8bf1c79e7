/** Sequences and optionals: lists of tensors that only hold references. */
import type { Dim } from '../graph.ts'
import { noWork, type Operator, type OperatorContext } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { normalizeAxis } from '../shape.ts'
import {
  commonTensor,
  maxSequenceItems,
  type SequenceType,
  sequenceOf,
  type TensorType,
  tensor,
  unknownTensor,
  type ValueType,
  withAxis,
} from '../value-type.ts'
import { dtypeAttribute } from './activation.ts'
import { concatenate } from './layout.ts'

function onSequences(infer: (context: OperatorContext) => ValueType): Operator {
  return { class: 'layout', infer: (context) => [infer(context)], work: () => noWork }
}

const unknownSequence = (element: TensorType): SequenceType => ({ kind: 'sequence', element, items: null })

function sequenceInput(context: OperatorContext, index: number): SequenceType {
  const input = context.inputs[index]
  return input?.kind === 'sequence' ? input : unknownSequence(unknownTensor)
}

/** Position counted from the front, `null` when not known. */
function position(context: OperatorContext, input: number, length: number, fallback: number): number | null {
  if (!context.has(input)) return fallback
  const given = context.numbers(input)?.[0]
  return given === undefined ? null : given < 0 ? given + length : given
}

const construct = onSequences((context) => sequenceOf(context.inputs.map((_, index) => context.tensor(index))))

const empty = onSequences((context) => sequenceOf([], tensor(dtypeAttribute(context, 'dtype') ?? 'float32', null)))

const insert = onSequences((context) => {
  const { items, element } = sequenceInput(context, 0)
  const added = context.tensor(1)
  const at = items === null ? null : position(context, 2, items.length, items.length)
  if (items === null || at === null) return unknownSequence(commonTensor(element, added))
  return sequenceOf([...items.slice(0, at), added, ...items.slice(at)])
})

const erase = onSequences((context) => {
  const { items, element } = sequenceInput(context, 0)
  const at = items === null ? null : position(context, 1, items.length, items.length - 1)
  if (items === null || at === null) return unknownSequence(element)
  return sequenceOf(
    items.filter((_, index) => index !== at),
    element,
  )
})

const at = onSequences((context) => {
  const { items, element } = sequenceInput(context, 0)
  const index = items === null ? null : position(context, 1, items.length, 0)
  return (index === null ? undefined : items?.[index]) ?? element
})

const length = onSequences((context) => tensor('int64', [], [sequenceInput(context, 0).items?.length ?? null]))

/** Parts of given sizes, equal parts of a scalar size, or single slices (which may lose the axis). */
const splitToSequence = onSequences((context) => {
  const input = context.tensor(0)
  if (input.shape === null) return unknownSequence(tensor(input.dtype, null))
  const shape = input.shape
  const axis = context.axis(shape.length, 0)
  const along = shape[axis] ?? null
  const part = (size: Dim): TensorType =>
    tensor(
      input.dtype,
      shape.map((dim, i) => (i === axis ? size : dim)),
    )
  if (!context.has(1)) {
    const single =
      context.number('keepdims', 1) !== 0
        ? part(1)
        : tensor(
            input.dtype,
            shape.filter((_, i) => i !== axis),
          )
    return typeof along === 'number' && along <= maxSequenceItems
      ? sequenceOf(new Array<TensorType>(along).fill(single), single)
      : unknownSequence(single)
  }
  const sizes = context.numbers(1)
  if (sizes === null || typeof along !== 'number') return unknownSequence(part(null))
  if (context.shape(1)?.length !== 0) return sequenceOf(sizes.map(part))
  const [size = 1] = sizes
  const count = size > 0 ? Math.ceil(along / size) : 0
  if (count > maxSequenceItems) return unknownSequence(part(null))
  return sequenceOf(Array.from({ length: count }, (_, i) => part(Math.min(size, along - i * size))))
})

const concatFromSequence = onSequences((context) => {
  const { items, element } = sequenceInput(context, 0)
  const stacks = context.number('new_axis', 0) !== 0
  const given = context.number('axis', 0)
  if (items === null) {
    const rank = element.shape?.length
    if (rank === undefined) return tensor(element.dtype, null)
    const axis = normalizeAxis(given, stacks ? rank + 1 : rank)
    const dims = element.shape ?? []
    return tensor(element.dtype, [...dims.slice(0, axis), null, ...dims.slice(stacks ? axis : axis + 1)])
  }
  if (!stacks) return concatenate(items, given)
  return concatenate(
    items.map((item) => withAxis(item, normalizeAxis(given, (item.shape?.length ?? 0) + 1), 1)),
    given,
  )
})

const optional = onSequences((context) => {
  const content = context.inputs[0] ?? null
  return content?.kind === 'tensor' || content?.kind === 'sequence'
    ? { kind: 'optional', content }
    : { kind: 'optional', content: null }
})

/** From opset 18 a plain tensor or sequence counts as an optional that is there. */
const optionalGet = onSequences((context) => {
  const input = context.inputs[0]
  return input?.kind === 'optional' ? (input.content ?? unknownTensor) : (input ?? unknownTensor)
})

const optionalHas = onSequences((context) => {
  const input = context.inputs[0]
  if (input == null) return tensor('bool', [], [0])
  return tensor('bool', [], input.kind === 'optional' ? [input.content === null ? 0 : 1] : null)
})

export const sequenceOperators: OperatorFamily = {
  SequenceConstruct: entry(null, construct),
  SequenceEmpty: entry(null, empty),
  SequenceInsert: entry(null, insert),
  SequenceErase: entry(null, erase),
  SequenceAt: entry(null, at),
  SequenceLength: entry(null, length),
  SplitToSequence: entry(null, splitToSequence),
  ConcatFromSequence: entry(null, concatFromSequence),
  Optional: entry(null, optional),
  OptionalGetElement: entry(null, optionalGet),
  OptionalHasElement: entry(null, optionalHas),
}
