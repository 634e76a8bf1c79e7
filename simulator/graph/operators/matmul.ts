/** Matrix products, and contractions in Einstein notation. */
import type { DType } from '../dtype.ts'
import type { Dim, Shape } from '../graph.ts'
import { type Operator, type OperatorContext, unknownWork, type Work } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { broadcast, elementCount, mismatch, productOf, unifyDim } from '../shape.ts'
import { tensor } from '../value-type.ts'

/** activation × constant is a layer; activation × activation has no weights to stream. */
export function productClass(left: number, right: number) {
  return (context: OperatorContext) =>
    context.inputIsWeight[left] || context.inputIsWeight[right] ? 'fully-connected' : 'matmul'
}

/** numpy `matmul`: a [..., m, k] × b [..., k, n] → [..., m, n]; vectors gain and lose an axis. */
export function matmulShape(a: Shape, b: Shape): Shape {
  if (a === null || b === null) return null
  if (a.length === 0 || b.length === 0) throw mismatch('matrices or vectors', 'a scalar')
  const left: readonly Dim[] = a.length === 1 ? [1, ...a] : a
  const right: readonly Dim[] = b.length === 1 ? [...b, 1] : b
  unifyDim(left.at(-1) ?? null, right.at(-2) ?? null, 'inner dimension of the matrix product')
  const batch = broadcast(left.slice(0, -2), right.slice(0, -2))
  if (batch === null) return null
  const rows = a.length === 1 ? [] : [left.at(-2) ?? null]
  const columns = b.length === 1 ? [] : [right.at(-1) ?? null]
  return [...batch, ...rows, ...columns]
}

/** MACs = output elements × k. A right operand without batch makes one tall GEMM of all rows. */
export function matmulWork(a: Shape, b: Shape, vectorOps: number): Work {
  const outputs = elementCount(matmulShape(a, b))
  if (a === null || b === null || outputs === null) return unknownWork
  const k = a.at(-1)
  const n = b.length === 1 ? 1 : b.at(-1)
  const batch = elementCount(b.slice(0, -2))
  if (typeof k !== 'number' || typeof n !== 'number' || batch === null) return unknownWork
  const repeat = batch > 1 ? (elementCount(broadcast(a.slice(0, -2), b.slice(0, -2))) ?? 1) : 1
  const m = n * repeat === 0 ? 0 : outputs / (n * repeat)
  return { macs: outputs * k, vectorOps: vectorOps * outputs, gemm: { m, n, k, repeat }, window: null }
}

interface Product {
  readonly a: number
  readonly b: number
  readonly output: (context: OperatorContext) => DType | null
  readonly opsPerOutput?: number
}

export function product({ a, b, output, opsPerOutput = 0 }: Product): Operator {
  return {
    class: productClass(a, b),
    infer: (context) => [tensor(output(context), matmulShape(context.shape(a), context.shape(b)))],
    work: (context) => matmulWork(context.shape(a), context.shape(b), opsPerOutput),
  }
}

export const transposed = (shape: Shape, isTransposed: boolean): Shape =>
  shape === null || !isTransposed ? shape : [...shape.slice(0, -2), shape.at(-1) ?? null, shape.at(-2) ?? null]

/** a' [m, k] · b' [k, n] (+ c), transposes by attribute. */
export function gemm(
  dtype: (context: OperatorContext) => DType | null,
  bias: number,
  b = 1,
  opsPerOutput = 0,
): Operator {
  const left = (context: OperatorContext) => matrix(transposed(context.shape(0), context.number('transA', 0) !== 0))
  const right = (context: OperatorContext) => transposed(context.shape(b), context.number('transB', 0) !== 0)
  return {
    class: productClass(0, b),
    infer: (context) => [tensor(dtype(context), matmulShape(left(context), right(context)))],
    work: (context) => matmulWork(left(context), right(context), opsPerOutput + (context.has(bias) ? 1 : 0)),
  }
}

/** The oldest opsets coerce the left operand to a matrix. */
const matrix = (shape: Shape): Shape =>
  shape === null || shape.length <= 2 ? shape : [shape[0] ?? null, productOf(shape, 1)]

const einsum: Operator = {
  class: (context) => (context.inputs.length > 1 ? productClass(0, 1)(context) : 'layout'),
  infer(context) {
    const { sizes, output } = einsumIndices(context)
    return [tensor(context.dtype(0), output === null ? null : output.map((index) => sizes.get(index) ?? null))]
  },
  work(context) {
    const { sizes, output } = einsumIndices(context)
    const steps = elementCount([...sizes.values()])
    if (output === null || steps === null) return unknownWork
    const isProduct = context.inputs.length > 1
    const contracts = [...sizes.keys()].some((index) => !output.includes(index))
    if (!isProduct || !contracts) return { macs: 0, vectorOps: steps, gemm: null, window: null }
    const outputs = context.outputCount
    const k = outputs === null || outputs === 0 ? null : steps / outputs
    const view = outputs === null || k === null ? null : { m: outputs, n: 1, k, repeat: 1 }
    return { macs: steps * (context.inputs.length - 1), vectorOps: 0, gemm: view, window: null }
  },
}

/** Index letters with their sizes; an ellipsis becomes one index per broadcast axis. `output: null` = unknown ranks. */
function einsumIndices(context: OperatorContext) {
  const equation = context.text('equation', '').replaceAll(' ', '')
  const [left = '', right] = equation.split('->')
  const sizes = new Map<string, Dim>()
  const ellipsis: string[] = []
  for (const [position, term] of left.split(',').entries()) {
    const shape = context.shape(position)
    if (shape === null) return { sizes, output: null }
    const indices = termIndices(term, shape.length)
    if (indices.length !== shape.length)
      throw mismatch(`a rank-${indices.length} operand for ${term}`, `${shape.length}`)
    for (const [axis, index] of indices.entries()) {
      const size = shape[axis] ?? null
      const known = sizes.get(index)
      sizes.set(index, known === undefined || known === 1 ? size : size === 1 ? known : unifyDim(known, size, index))
      if (index.startsWith('.') && !ellipsis.includes(index)) ellipsis.push(index)
    }
  }
  ellipsis.sort((a, b) => Number(b.slice(1)) - Number(a.slice(1)))
  return { sizes, output: outputIndices(left, right, ellipsis) }
}

function termIndices(term: string, rank: number): string[] {
  const [before = '', after] = term.split('...')
  if (after === undefined) return [...before]
  const free = rank - before.length - after.length
  return [...before, ...Array.from({ length: free }, (_, i) => `.${free - i}`), ...after]
}

function outputIndices(left: string, right: string | undefined, ellipsis: readonly string[]): string[] {
  if (right !== undefined)
    return [...right.replace('...', '.')].flatMap((letter) => (letter === '.' ? ellipsis : letter))
  const letters = [...left].filter((letter) => /[A-Za-z]/.test(letter))
  const once = [...new Set(letters)].filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter))
  return [...ellipsis, ...once.sort()]
}

const sameAsLeft = (context: OperatorContext): DType | null => context.dtype(0)
const int32 = (): DType => 'int32'

export const matmulOperators: OperatorFamily = {
  MatMul: entry('matmul', product({ a: 0, b: 1, output: sameAsLeft }), { prune: 'matmul' }),
  MatMulInteger: entry('integer-matmul', product({ a: 0, b: 1, output: int32 })),
  Gemm: entry('fully-connected', gemm(sameAsLeft, 2), { prune: 'gemm' }),
  Einsum: entry('matmul', einsum),
}
