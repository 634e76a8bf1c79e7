/** Operators that make tensors from attributes, shapes or nothing. */
import type { DType } from '../dtype.ts'
import type { Dim } from '../graph.ts'
import { constantType, noWork, type Operator, type OperatorContext, scaled, vectorWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { checkSizes, elementCount, openShape } from '../shape.ts'
import { isFoldable, type TensorType, tensor, unknownTensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'
import { dtypeAttribute } from './activation.ts'

export function generate(infer: (context: OperatorContext) => TensorType, opsPerOutput = 0): Operator {
  return {
    class: 'layout',
    infer: (context) => [infer(context)],
    work: (context) => (opsPerOutput === 0 ? noWork : vectorWork(scaled(context.outputCount, opsPerOutput))),
  }
}

/** The value in one of its spellings: tensor, sparse tensor, or a scalar or list by type. */
function constantValue(context: OperatorContext): TensorType {
  const dense = context.tensorAttribute('value') ?? context.tensorAttribute('sparse_value')
  if (dense !== null) return constantType(dense)
  const numbers: readonly (readonly [string, DType])[] = [
    ['value_float', 'float32'],
    ['value_int', 'int64'],
    ['value_floats', 'float32'],
    ['value_ints', 'int64'],
  ]
  for (const [name, dtype] of numbers) {
    const list = context.numberList(name)
    if (list !== null) return tensor(dtype, name.endsWith('s') ? [list.length] : [], list)
  }
  if (context.attribute('value_string') !== undefined) return tensor('string', [])
  const strings = context.textList('value_strings')
  return strings === null ? unknownTensor : tensor('string', [strings.length])
}

const shapeFromInput = (context: OperatorContext): readonly Dim[] | null => {
  if (!context.has(0)) return context.numberList('shape')
  return context.elements(0) ?? openShape(context.shape(0)?.[0])
}

const constantOfShape = generate((context) => {
  const shape = shapeFromInput(context)
  checkSizes(shape)
  const value = context.tensorAttribute('value')
  const fill = value === null ? 0 : value.elements?.[0]
  const count = elementCount(shape)
  const elements = count !== null && fill !== undefined && isFoldable(shape) ? new Array<Dim>(count).fill(fill) : null
  return tensor(value?.dtype ?? 'float32', shape, elements)
})

const shapeOf = generate((context) => {
  const shape = context.shape(0)
  if (shape === null) return tensor('int64', [null])
  const dims = shape.slice(context.number('start', 0), context.number('end') ?? undefined)
  return tensor('int64', [dims.length], dims)
})

const size = generate((context) => tensor('int64', [], [context.count(0)]))

export const range = generate((context) => {
  const [start, limit, step] = [context.elements(0)?.[0], context.elements(1)?.[0], context.elements(2)?.[0]]
  const dtype = context.dtype(0)
  if (start === 0 && step === 1 && typeof limit === 'string') return tensor(dtype, [limit])
  if (typeof start !== 'number' || typeof limit !== 'number' || typeof step !== 'number' || step === 0) {
    return tensor(dtype, [null])
  }
  const count = Math.max(0, Math.ceil((limit - start) / step))
  const elements = isFoldable([count]) ? Array.from({ length: count }, (_, i) => start + i * step) : null
  return tensor(dtype, [count], elements)
})

const eyeLike = generate((context) => tensor(dtypeAttribute(context, 'dtype') ?? context.dtype(0), context.shape(0)))

const random = generate(
  (context) => tensor(dtypeAttribute(context, 'dtype') ?? 'float32', context.numberList('shape')),
  opsPerElement.transcendental,
)

const randomLike = generate(
  (context) => tensor(dtypeAttribute(context, 'dtype') ?? context.dtype(0), context.shape(0)),
  opsPerElement.transcendental,
)

/** Unnormalized log-probabilities [B, C] → class indices [B, samples]. */
const multinomial = generate(
  (context) =>
    tensor(dtypeAttribute(context, 'dtype') ?? 'int32', [
      context.shape(0)?.[0] ?? null,
      context.number('sample_size', 1),
    ]),
  opsPerElement.transcendental,
)

export const generateOperators: OperatorFamily = {
  Constant: entry(null, generate(constantValue)),
  ConstantOfShape: entry(null, constantOfShape),
  Shape: entry('shape', shapeOf, { prune: 'sizes' }),
  Size: entry('shape', size, { prune: 'sizes' }),
  Range: entry(null, range),
  EyeLike: entry(null, eyeLike),
  RandomNormal: entry('random', random),
  RandomUniform: entry('random', random),
  RandomNormalLike: entry('random', randomLike),
  RandomUniformLike: entry('random', randomLike),
  Bernoulli: entry('random', randomLike),
  Multinomial: entry('random', multinomial),
}
