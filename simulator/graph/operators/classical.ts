/** Classical machine learning: trees, linear and kernel models, feature transforms. */
import type { DType } from '../dtype.ts'
import type { Dim } from '../graph.ts'
import {
  noWork,
  type Operator,
  type OperatorContext,
  type OperatorTable,
  scaled,
  unknownWork,
  vectorWork,
} from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { elementCount } from '../shape.ts'
import { opaque, tensor, type ValueType } from '../value-type.ts'
import { dtypeAttribute } from './activation.ts'

function classical(
  infer: (context: OperatorContext) => readonly ValueType[],
  ops: (context: OperatorContext) => number | null,
): Operator {
  return {
    class: 'classical',
    infer,
    work: (context) => (ops(context) === null ? unknownWork : vectorWork(ops(context))),
  }
}

/** x is [N, F], or [F] for one sample. */
function rows(context: OperatorContext): Dim {
  const shape = context.shape(0)
  return shape === null ? null : shape.length === 1 ? 1 : (shape[0] ?? null)
}

/** Labels are strings or integers, whichever list the file gives. */
function classes(context: OperatorContext): { readonly dtype: DType; readonly count: Dim } {
  for (const name of ['classlabels_strings', 'cats_strings']) {
    const labels = context.textList(name)
    if (labels !== null && labels.length > 0) return { dtype: 'string', count: labels.length }
  }
  const numbers = context.numberList('classlabels_ints') ?? context.numberList('classlabels_int64s')
  return { dtype: 'int64', count: numbers?.length ?? null }
}

function classifier(ops: (context: OperatorContext) => number | null): Operator {
  return classical((context) => {
    const { dtype, count } = classes(context)
    return [tensor(dtype, [rows(context)]), tensor('float32', [rows(context), count])]
  }, ops)
}

/** A multiply and an add per coefficient and row. */
const linearOps = (context: OperatorContext): number | null =>
  scaled(elementCount([rows(context)]), 2 * (context.numberList('coefficients')?.length ?? 0))

/** Every tree is walked from its root: ⌈log₂(nodes + 1)⌉ comparisons in a balanced tree. */
function treeOps(context: OperatorContext): number | null {
  const trees = context.numberList('nodes_treeids')
  const roots = context.numberList('tree_roots')
  const nodes = trees?.length ?? context.numberList('nodes_featureids')?.length
  const count = trees === null ? roots?.length : new Set(trees).size
  if (nodes === undefined || count === undefined || count === 0) return null
  return scaled(elementCount([rows(context)]), count * Math.ceil(Math.log2(nodes / count + 1)))
}

/** Each row meets every support vector. */
function supportVectorOps(context: OperatorContext): number | null {
  return scaled(elementCount([rows(context)]), 2 * (context.numberList('support_vectors')?.length ?? 0))
}

function regressor(
  targets: (context: OperatorContext) => Dim,
  ops: (context: OperatorContext) => number | null,
): Operator {
  return classical((context) => [tensor('float32', [rows(context), targets(context)])], ops)
}

const sameShape = (dtype: (context: OperatorContext) => DType | null, opsPerInput = 1): Operator =>
  classical(
    (context) => [tensor(dtype(context), context.shape(0))],
    (context) => scaled(context.count(0), opsPerInput),
  )

/** The type of the values, from the attribute that holds them. */
function encodedType(context: OperatorContext): DType | null {
  const dense = context.tensorAttribute('values_tensor')
  if (dense !== null) return dense.dtype
  if (context.textList('values_strings')?.length) return 'string'
  if (context.numberList('values_int64s') !== null) return 'int64'
  if (context.numberList('values_floats') !== null) return 'float32'
  return context.dtype(0) === 'string' ? 'int64' : 'string'
}

/** x [..., C], y indices → [..., |y|]; a vector becomes one row. */
const featureExtractor = classical(
  (context) => {
    const shape = context.shape(0)
    const lead: readonly Dim[] | undefined = shape?.length === 1 ? [1] : shape?.slice(0, -1)
    return [tensor(context.dtype(0), lead === undefined ? null : [...lead, context.count(1)])]
  },
  () => 0,
)

const oneHotEncoder = classical(
  (context) => {
    const shape = context.shape(0)
    const categories = context.textList('cats_strings')?.length || (context.numberList('cats_int64s')?.length ?? null)
    return [tensor('float32', shape === null ? null : [...shape, categories])]
  },
  (context) => context.outputCount,
)

const featureVectorizer = classical(
  (context) => [
    tensor('float32', [rows(context), context.numberList('inputdimensions')?.reduce((a, b) => a + b, 0) ?? null]),
  ],
  () => 0,
)

/** A dictionary per row: no tensor any more. */
const zipMap: Operator = { class: 'classical', infer: () => [opaque], work: () => noWork }

const float32 = (): DType => 'float32'

const models: OperatorTable = {
  LinearClassifier: classifier(linearOps),
  LinearRegressor: regressor((context) => context.number('targets', 1), linearOps),
  TreeEnsembleClassifier: classifier(treeOps),
  TreeEnsembleRegressor: regressor((context) => context.number('n_targets', 1), treeOps),
  TreeEnsemble: classical(
    (context) => [tensor(context.dtype(0), [rows(context), context.number('n_targets', 1)])],
    treeOps,
  ),
  SVMClassifier: classifier(supportVectorOps),
  SVMRegressor: regressor(() => 1, supportVectorOps),
  Normalizer: sameShape(float32, 3),
  Scaler: sameShape(float32, 2),
  Imputer: sameShape((context) => context.dtype(0)),
  Binarizer: sameShape((context) => context.dtype(0)),
  LabelEncoder: sameShape(encodedType),
  CategoryMapper: sameShape((context) => (context.dtype(0) === 'string' ? 'int64' : 'string')),
  CastMap: classical(
    (context) => [tensor(dtypeAttribute(context, 'cast_to') ?? 'float32', null)],
    () => null,
  ),
  DictVectorizer: classical(
    () => [tensor(null, null)],
    () => null,
  ),
  ArrayFeatureExtractor: featureExtractor,
  OneHotEncoder: oneHotEncoder,
  FeatureVectorizer: featureVectorizer,
  ZipMap: zipMap,
}

export const classicalOperators: OperatorFamily = Object.fromEntries(
  Object.entries(models).map(([name, operator]) => [name, entry('classical-model', operator)]),
)
