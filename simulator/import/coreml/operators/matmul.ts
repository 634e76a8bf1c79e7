/** Core ML matrix products, embeddings and fused attention. */
import type { LoweredOperator } from '../../../graph/dialect.ts'
import type { Dim, Shape } from '../../../graph/graph.ts'
import { noWork, type OperatorContext, vectorWork } from '../../../graph/operator.ts'
import { productOf } from '../../../graph/shape.ts'
import { type TensorType, tensor, type ValueType } from '../../../graph/value-type.ts'
import { asStandard, type Call, choosing, type LoweredTable, standard } from './lowered.ts'

/** Rows of an [.., K] operand as one axis. */
function asRows({ dtype, shape }: TensorType): TensorType {
  return tensor(dtype, shape === null ? null : [productOf(shape, 0, shape.length - 1), shape.at(-1) ?? null])
}

/** The columns of the product behind the axes that its rows were. */
function withColumns(outputs: readonly ValueType[], leading: Shape): readonly ValueType[] {
  return outputs.map((output) => {
    if (output.kind !== 'tensor' || leading === null) return output
    return tensor(output.dtype, [...leading, output.shape?.at(-1) ?? null])
  })
}

/** x [.., K] · w [N, K]ᵀ + b → [.., N]. */
const linear = asStandard(
  'Gemm',
  (context) => ({
    inputs: [asRows(context.tensor(0)), context.tensor(1), context.inputs[2] ?? null],
    attributes: { transB: 1 },
  }),
  (outputs, context) => withColumns(outputs, context.shape(0)?.slice(0, -1) ?? null),
)

/**
 * Values of rank 4 and more are [.., C, 1, 1] with the channels multiplied; older files leave the flattening of
 * [.., C, H, W] to the layer.
 */
function productInput(context: OperatorContext): TensorType {
  const { dtype, shape } = context.tensor(0)
  if (shape === null || shape.length < 4) return tensor(dtype, shape)
  const leading = shape.slice(0, -3)
  const channels = shape.at(-3) ?? null
  const isFlat = channels === context.number('inputChannels', 0)
  return tensor(dtype, [...leading, isFlat ? channels : productOf(shape, shape.length - 3)])
}

const innerProduct = asStandard(
  'Gemm',
  (context) => ({
    inputs: [
      asRows(productInput(context)),
      tensor(context.dtype(1), [context.number('outputChannels', 0), context.number('inputChannels', 0)]),
      context.inputs[2] ?? null,
    ],
    attributes: { transB: 1 },
  }),
  (outputs, context) => {
    const shape = context.shape(0)
    if (shape === null || shape.length < 4) return withColumns(outputs, shape?.slice(0, -1) ?? null)
    return withColumns(outputs, shape.slice(0, -3)).map((output) =>
      output.kind === 'tensor' && output.shape !== null ? tensor(output.dtype, [...output.shape, 1, 1]) : output,
    )
  },
)

function transposed(type: TensorType, isTransposed: boolean): TensorType {
  const { dtype, shape } = type
  if (!isTransposed || shape === null || shape.length < 2) return type
  return tensor(dtype, [...shape.slice(0, -2), shape.at(-1) ?? null, shape.at(-2) ?? null])
}

function product(left: string, right: string): LoweredOperator {
  return asStandard('MatMul', (context) => ({
    inputs: [
      transposed(context.tensor(0), context.number(left, 0) !== 0),
      transposed(context.tensor(1), context.number(right, 0) !== 0),
    ],
  }))
}

/** One operand and weights [K, N]. */
const weightedProduct = asStandard(
  'Gemm',
  (context) => ({
    inputs: [
      asRows(context.tensor(0)),
      tensor(context.dtype(1), [
        context.number('weightMatrixFirstDimension', 0),
        context.number('weightMatrixSecondDimension', 0),
      ]),
      context.inputs[2] ?? null,
    ],
  }),
  (outputs, context) => withColumns(outputs, context.shape(0)?.slice(0, -1) ?? null),
)
const batchedProduct = product('transposeA', 'transposeB')

/** A row of the table for each index. */
function embedding(shape: (context: OperatorContext) => Shape): LoweredOperator {
  return {
    op: 'Gather',
    class: 'gather',
    infer: (context) => [tensor('float32', shape(context))],
    work: (context) => (context.number('hasBias', 0) === 0 ? noWork : vectorWork(context.outputCount)),
  }
}

/** Any leading axes are heads: query [.., L, d], key [.., S, d], value [.., S, d_v] → [.., L, d_v]. */
function attentionCall(context: OperatorContext): Call {
  const heads = ({ dtype, shape }: TensorType): TensorType => {
    if (shape === null || shape.length < 2) return tensor(dtype, null)
    return tensor(dtype, [1, productOf(shape, 0, shape.length - 2), ...shape.slice(-2)])
  }
  return { inputs: [heads(context.tensor(0)), heads(context.tensor(1)), heads(context.tensor(2))] }
}

const attention = asStandard('Attention', attentionCall, (_, context) => {
  const query = context.shape(0)
  const size = context.shape(2)?.at(-1) ?? null
  return [tensor(context.dtype(0), query === null ? null : [...query.slice(0, -1), size])]
})

export const layerProducts: LoweredTable = {
  innerProduct,
  batchedMatmul: choosing((context) =>
    context.number('weightMatrixFirstDimension', 0) > 0 ? weightedProduct : batchedProduct,
  ),
  /** [.., C, 1, 1] twice → [.., 1, 1, 1]. */
  dot: asStandard(
    'MatMul',
    (context) => {
      const { dtype, shape } = context.tensor(0)
      if (shape === null || shape.length < 3) return null
      const [batch, length] = [shape.slice(0, -3), productOf(shape, shape.length - 3)]
      return { inputs: [tensor(dtype, [...batch, 1, length]), tensor(dtype, [...batch, length, 1])] }
    },
    (_, context) => {
      const shape = context.shape(0)
      return [tensor(null, shape?.map((dim, axis): Dim => (axis >= shape.length - 3 ? 1 : dim)) ?? null)]
    },
  ),
  embedding: embedding((context) => {
    const shape = context.shape(0)
    return shape === null ? null : [...shape.slice(0, -3), context.number('outputChannels', 0), 1, 1]
  }),
  embeddingND: embedding((context) => {
    const shape = context.shape(0)
    return shape === null ? null : [...shape.slice(0, -1), context.number('embeddingSize', 0)]
  }),
}

export const programProducts: LoweredTable = {
  einsum: standard('Einsum'),
  linear,
  matmul: product('transpose_x', 'transpose_y'),
  scaled_dot_product_attention: attention,
}
