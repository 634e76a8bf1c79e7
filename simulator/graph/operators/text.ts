/** Strings: comparison, normalization, splitting and n-gram counts. Work on strings depends on their lengths. */
import type { Dim } from '../graph.ts'
import { type Operator, type OperatorContext, unknownWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { type TensorType, tensor } from '../value-type.ts'

function onStrings(infer: (context: OperatorContext) => readonly TensorType[]): Operator {
  return { class: 'gather', infer, work: () => unknownWork }
}

/** Drops stop words, so that the last size is known only without any. */
const normalizer = onStrings((context) => {
  const shape = context.shape(0)
  const keepsAll = (context.textList('stopwords') ?? []).length === 0
  return [
    tensor('string', keepsAll ? shape : (shape?.map((dim, axis) => (axis === shape.length - 1 ? null : dim)) ?? null)),
  ]
})

const split = onStrings((context) => {
  const shape = context.shape(0)
  return [tensor('string', shape === null ? null : [...shape, null]), tensor('int64', shape)]
})

/** One count per n-gram of the vocabulary. */
const tfIdf = onStrings((context) => {
  const shape = context.shape(0)
  const indexes = context.numberList('ngram_indexes')
  const vocabulary: Dim = indexes === null ? null : indexes.reduce((max, index) => Math.max(max, index + 1), 0)
  return [tensor('float32', shape === null ? null : [...shape.slice(0, -1), vocabulary])]
})

export const textOperators: OperatorFamily = {
  StringNormalizer: entry(null, normalizer),
  StringSplit: entry(null, split),
  RegexFullMatch: entry(
    null,
    onStrings((context) => [tensor('bool', context.shape(0))]),
  ),
  TfIdfVectorizer: entry(null, tfIdf),
}
