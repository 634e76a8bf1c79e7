import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import { maxFoldedElements } from '../../../simulator/graph/value-type.ts'
import { GraphBuilder, inferOperator, int64Vector } from './build-graph.ts'

interface Tensor {
  readonly dims: readonly number[]
  readonly elements: readonly number[]
}

const size = (dims: readonly number[]) => dims.reduce((product, dim) => product * dim, 1)

const tensors: fc.Arbitrary<Tensor> = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
  .chain((dims) =>
    fc
      .array(fc.integer({ min: -9, max: 9 }), { minLength: size(dims), maxLength: size(dims) })
      .map((elements) => ({ dims, elements })),
  )

/** Element at a multi-index, found the slow way. */
function at({ dims, elements }: Tensor, index: readonly number[]): number {
  let position = 0
  for (const [axis, dim] of dims.entries()) position = position * dim + (index[axis] ?? 0)
  return elements[position] ?? Number.NaN
}

function indicesOf(dims: readonly number[]): number[][] {
  return dims.reduce<number[][]>(
    (lists, dim) => lists.flatMap((list) => Array.from({ length: dim }, (_, i) => [...list, i])),
    [[]],
  )
}

const operand = ({ dims, elements }: Tensor) => ({ shape: dims, elements, dtype: 'int64' as const })
const vector = (elements: readonly number[]) => ({ shape: [elements.length], elements, dtype: 'int64' as const })

describe('folded content', () => {
  property.prop([tensors, fc.infiniteStream(fc.nat())])(
    'of a transpose is the same elements at permuted places',
    (x, random) => {
      const order = x.dims.map((_, axis) => axis)
      for (let i = order.length - 1; i > 0; i--) {
        const j = (random.next().value ?? 0) % (i + 1)
        ;[order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0]
      }
      const [y] = inferOperator('Transpose', [operand(x)], { perm: order })
      const dims = order.map((axis) => x.dims[axis] ?? 0)
      expect(y?.shape).toEqual(dims)
      const expected = indicesOf(dims).map((index) => {
        const source = x.dims.map((_, axis) => index[order.indexOf(axis)] ?? 0)
        return at(x, source)
      })
      expect(y?.elements).toEqual(expected)
    },
  )

  const bounds = fc.integer({ min: -6, max: 6 })
  property.prop([
    fc.array(fc.integer(), { minLength: 1, maxLength: 6 }),
    bounds,
    bounds,
    fc.constantFrom(-2, -1, 1, 2),
  ])('of a slice is what Python slices', (list, start, end, step) => {
    const [y] = inferOperator('Slice', [vector(list), vector([start]), vector([end]), vector([0]), vector([step])])
    expect(y?.elements).toEqual(pythonSlice(list, start, end, step))
    expect(y?.shape).toEqual([pythonSlice(list, start, end, step).length])
  })

  property.prop([tensors, fc.nat(2), fc.array(fc.integer({ min: -4, max: 3 }), { minLength: 1, maxLength: 3 })])(
    'of a gather is the picked slices',
    (x, axisGiven, picked) => {
      const axis = axisGiven % x.dims.length
      const along = x.dims[axis] ?? 1
      const indices = picked.map((index) => (index < 0 ? -1 - ((-index - 1) % along) : index % along))
      const [y] = inferOperator('Gather', [operand(x), vector(indices)], { axis })
      const dims = x.dims.map((dim, i) => (i === axis ? indices.length : dim))
      expect(y?.shape).toEqual(dims)
      expect(y?.elements).toEqual(
        indicesOf(dims).map((index) => {
          const chosen = indices[index[axis] ?? 0] ?? 0
          return at(x, index.with(axis, chosen < 0 ? chosen + along : chosen))
        }),
      )
    },
  )

  property.prop([tensors, fc.nat(2)])(
    'of a concatenation of the parts of a split is the whole again',
    (x, axisGiven) => {
      const axis = axisGiven % x.dims.length
      const along = x.dims[axis] ?? 1
      const head = Math.floor(along / 2)
      const parts = inferOperator('Split', [operand(x), vector([head, along - head])], { axis }, { outputs: 2 })
      const [y] = inferOperator(
        'Concat',
        parts.map((part) =>
          operand({ dims: (part.shape ?? []).map(Number), elements: (part.elements ?? []).map(Number) }),
        ),
        { axis },
      )
      expect(y?.elements).toEqual(x.elements)
    },
  )

  property.prop([tensors])('of a sum with itself is twice the content', (x) => {
    const [y] = inferOperator('Add', [operand(x), operand(x)])
    expect(y?.elements).toEqual(x.elements.map((value) => 2 * value))
  })

  test('integer division truncates, remainders take the sign of the divisor', () => {
    const fold = (op: string) => inferOperator(op, [vector([7, -7]), vector([2, 2])])[0]?.elements
    expect(fold('Div')).toEqual([3, -3])
    expect(fold('Mod')).toEqual([1, 1])
  })

  test('float32 arithmetic rounds as float32: ⌊0.1 · 30⌋ = 3', () => {
    const float = (value: number) => ({ shape: [], elements: [value], dtype: 'float32' as const })
    const product = inferOperator('Mul', [float(Math.fround(0.1)), float(30)])[0]
    expect(product?.elements).toEqual([Math.fround(Math.fround(0.1) * 30)])
  })

  test('the shape of a tensor with an open dimension is content with a symbol', () => {
    const [dims] = inferOperator('Shape', [{ shape: ['batch', 12, 64] }])
    expect(dims?.elements).toEqual(['batch', 12, 64])
  })

  test('the exporter idiom "a size of −1 means keep" resolves for symbols', () => {
    const graph = new GraphBuilder()
    const wanted = graph.node('Shape', [graph.input('like', ['n', 4])])
    const keeps = graph.node('Equal', [wanted, graph.constant('minus', [2], [-1, -1])])
    const target = graph.node('Where', [keeps, graph.constant('ones', [2], [1, 1]), wanted])
    graph.output(graph.node('Expand', [graph.input('x', [1, 4]), target]))
    expect(inferShapes(graph.build(), {}).outputs[0]?.type).toMatchObject({ shape: ['n', 4] })
  })

  test('a fill longer than the limit has a shape but no content', () => {
    const fill = (length: number) =>
      inferOperator('ConstantOfShape', [vector([length])], { value: int64Vector([7]) })[0]
    expect(fill(3)?.elements).toEqual([7, 7, 7])
    expect(fill(maxFoldedElements + 1)).toMatchObject({ shape: [maxFoldedElements + 1], elements: null })
  })

  test('positions of non-zero constants are known, those of data are not', () => {
    const [known] = inferOperator('NonZero', [{ shape: [2, 2], elements: [0, 1, 1, 0], dtype: 'int64' }])
    expect(known).toMatchObject({ shape: [2, 2], elements: [0, 1, 1, 0] })
    const [open] = inferOperator('NonZero', [{ shape: [2, 2] }])
    expect(open?.shape).toEqual([2, null])
  })
})

function pythonSlice(list: readonly number[], start: number, end: number, step: number): number[] {
  const { length } = list
  const clamp = (position: number) => {
    const absolute = position < 0 ? position + length : position
    return step > 0 ? Math.min(length, Math.max(0, absolute)) : Math.min(length - 1, Math.max(-1, absolute))
  }
  const picked: number[] = []
  const [from, to] = [clamp(start), clamp(end)]
  for (let i = from; step > 0 ? i < to : i > to; i += step) picked.push(list[i] ?? Number.NaN)
  return picked
}
