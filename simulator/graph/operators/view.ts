/** Operators that rename dimensions and move nothing. */
import type { Dim, Shape } from '../graph.ts'
import { noWork, type Operator, type OperatorContext } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { elementCount, mismatch, normalizeAxis, openShape, productOf } from '../shape.ts'
import { tensor, unknownTensor, type ValueType } from '../value-type.ts'

export function view(shape: (context: OperatorContext) => Shape): Operator {
  return {
    class: 'view',
    infer: (context) => [tensor(context.dtype(0), shape(context), context.elements(0))],
    work: () => noWork,
  }
}

/** 0 copies the input's dimension (unless `allowzero`), −1 takes what is left. */
export function reshape(input: Shape, target: readonly Dim[], allowZero: boolean): Dim[] {
  const dims = target.map((dim, axis) => (dim === 0 && !allowZero ? copiedDim(input, axis) : dim))
  const open = dims.indexOf(-1)
  const rest = dims.filter((_, axis) => axis !== open)
  if (open >= 0) {
    dims[open] = remainder(input, rest)
  } else {
    const before = elementCount(input)
    const after = elementCount(dims)
    if (before !== null && after !== null && before !== after) throw mismatch(`${before} elements`, `${after}`)
  }
  return dims
}

function copiedDim(input: Shape, axis: number): Dim {
  if (input !== null && axis >= input.length) throw mismatch(`more than ${axis} dimensions`, `${input.length}`)
  return input?.[axis] ?? null
}

/** Elements of `input` per element of `rest`; symbols on both sides cancel. */
function remainder(input: Shape, rest: readonly Dim[]): Dim {
  if (input === null || rest.includes(null)) return null
  const left = [...input]
  const divisors: Dim[] = []
  for (const dim of rest) {
    const same = typeof dim === 'string' ? left.indexOf(dim) : -1
    if (same >= 0) left.splice(same, 1)
    else divisors.push(dim)
  }
  const product = productOf(left)
  const divisor = productOf(divisors)
  if (divisor === 1) return product
  if (typeof product !== 'number' || typeof divisor !== 'number') return null
  if (divisor === 0) return product === 0 ? 0 : null
  if (product % divisor !== 0) throw mismatch(`a divisor of ${product} elements`, `${divisor}`)
  return product / divisor
}

function reshapeTarget(context: OperatorContext): readonly Dim[] | null {
  if (!context.has(1)) return context.numberList('shape')
  const elements = context.elements(1)
  if (elements !== null) return elements
  return openShape(context.shape(1)?.[0])
}

function flattenShape(context: OperatorContext): Shape {
  const shape = context.shape(0)
  if (shape === null) return [null, null]
  // One past the last axis is allowed: everything before, nothing behind.
  const given = context.number('axis', 1)
  const axis = given === shape.length ? given : normalizeAxis(given, shape.length)
  return [productOf(shape, 0, axis), productOf(shape, axis)]
}

export function squeezeShape(context: OperatorContext): Shape {
  const shape = context.shape(0)
  const axes = context.listFrom('axes', 1)
  if (shape === null) return null
  if (axes === null) {
    // Without axes every 1 goes; an unknown dimension may be one.
    if (context.has(1) || shape.some((dim) => typeof dim !== 'number')) return null
    return shape.filter((dim) => dim !== 1)
  }
  const dropped = new Set(axes.map((axis) => normalizeAxis(axis, shape.length)))
  for (const axis of dropped) {
    const dim = shape[axis]
    if (typeof dim === 'number' && dim !== 1) throw mismatch(`size 1 on axis ${axis}`, `${dim}`)
  }
  return shape.filter((_, axis) => !dropped.has(axis))
}

export function unsqueezeShape(context: OperatorContext): Shape {
  const shape = context.shape(0)
  const axes = context.listFrom('axes', 1)
  if (shape === null || axes === null) return null
  const rank = shape.length + axes.length
  const added = new Set(axes.map((axis) => normalizeAxis(axis, rank)))
  let next = 0
  return Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (shape[next++] ?? null)))
}

const identity: Operator = {
  class: 'view',
  infer: (context) => [context.inputs[0] ?? unknownTensor],
  work: () => noWork,
}

/** Inference keeps everything; the mask is ones of the input's shape. */
const dropout: Operator = {
  class: 'view',
  infer(context): readonly ValueType[] {
    const maskType = context.since(10) ? 'bool' : context.dtype(0)
    return [tensor(context.dtype(0), context.shape(0), context.elements(0)), tensor(maskType, context.shape(0))]
  },
  work: () => noWork,
}

export const viewOperators: OperatorFamily = {
  Identity: entry(null, identity, { prune: 'unchanged' }),
  Dropout: entry(null, dropout, { prune: 'unchanged' }),
  Flatten: entry(null, view(flattenShape), { prune: 'view' }),
  Squeeze: entry(null, view(squeezeShape), { prune: 'view' }),
  Unsqueeze: entry(null, view(unsqueezeShape), { prune: 'view' }),
  Reshape: entry(
    null,
    view((context) => {
      const target = reshapeTarget(context)
      return target === null ? null : reshape(context.shape(0), target, context.number('allowzero', 0) !== 0)
    }),
    { prune: 'view' },
  ),
}
