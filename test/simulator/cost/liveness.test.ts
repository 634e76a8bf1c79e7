import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { livenessOf } from '../../../simulator/cost/liveness.ts'
import type { GraphSummary, OperatorSummary, TensorRole } from '../../../simulator/graph/summary.ts'

type Step = {
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly class?: OperatorSummary['class']
}

/** Tensors of `bytes[i]` bytes (uint8). */
function summaryOf(bytes: readonly number[], roles: readonly TensorRole[], steps: readonly Step[]): GraphSummary {
  return {
    version: 2,
    name: '',
    batch: 1,
    constants: [],
    tensors: bytes.map((size, index) => ({ role: roles[index] ?? 'activation', dtype: 'uint8', shape: [size] })),
    operators: steps.map(({ inputs, outputs, class: operatorClass = 'elementwise' }, index) => ({
      name: `op${index}`,
      op: 'Relu',
      origins: ['Relu'],
      class: operatorClass,
      inputs,
      outputs,
      constants: [],
      macs: 0,
      vectorOps: 0,
      gemm: null,
      window: null,
    })),
  }
}

/** Walks the operators and asks of every tensor whether it is needed now. */
function liveByDefinition({ tensors, operators }: GraphSummary, step: number): number {
  return tensors.reduce((total, { role, shape: [size = 0] }, tensor) => {
    const uses = operators.flatMap(({ inputs, outputs }, i) =>
      inputs.includes(tensor) || outputs.includes(tensor) ? [i] : [],
    )
    const [first = operators.length, last = -1] = [uses[0], uses.at(-1)]
    const from = role === 'input' ? 0 : first
    const to = role === 'output' && uses.length > 0 ? operators.length - 1 : role === 'input' ? Math.max(0, last) : last
    return step >= from && step <= to ? total + size : total
  }, 0)
}

const graphs = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 12 }),
    picks: fc.infiniteStream(fc.nat()),
    outputs: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ sizes, picks, outputs }) => {
    const roles = sizes.map(
      (_, i): TensorRole => (i === 0 ? 'input' : i >= sizes.length - outputs ? 'output' : 'activation'),
    )
    const steps = sizes.slice(1).map((_, i) => ({
      inputs: [...new Set([picks.next().value % (i + 1), picks.next().value % (i + 1)])],
      outputs: [i + 1],
    }))
    return summaryOf(sizes, roles, steps)
  })

describe('liveness', () => {
  property.prop([graphs])('counts what is needed at each operator, and peaks at the largest', (summary) => {
    const expected = summary.operators.map((_, step) => liveByDefinition(summary, step))
    const { liveBytes, peakBytes, peakOperator } = livenessOf(summary)
    expect(liveBytes).toEqual(expected)
    expect(peakBytes).toBe(Math.max(...expected))
    expect(peakOperator).toBe(expected.indexOf(peakBytes))
  })

  property.prop([graphs])('is never below what one operator holds, never above all tensors together', (summary) => {
    const size = (tensor: number) => summary.tensors[tensor]?.shape[0] ?? 0
    const { peakBytes } = livenessOf(summary)
    for (const { inputs, outputs } of summary.operators) {
      expect(peakBytes).toBeGreaterThanOrEqual([...inputs, ...outputs].reduce((sum, tensor) => sum + size(tensor), 0))
    }
    expect(peakBytes).toBeLessThanOrEqual(summary.tensors.reduce((sum, _, tensor) => sum + size(tensor), 0))
  })

  test('a residual keeps the skipped tensor alive until it is added', () => {
    const summary = summaryOf(
      [100, 100, 100, 100],
      ['input', 'activation', 'activation', 'output'],
      [
        { inputs: [0], outputs: [1] },
        { inputs: [1], outputs: [2] },
        { inputs: [0, 2], outputs: [3] },
      ],
    )
    expect(livenessOf(summary).liveBytes).toEqual([200, 300, 300])
  })

  test('views share the bytes of their input when the planner lays them out so', () => {
    const summary = summaryOf(
      [100, 100, 10],
      ['input', 'activation', 'output'],
      [
        { inputs: [0], outputs: [1], class: 'view' },
        { inputs: [1], outputs: [2] },
      ],
    )
    expect(livenessOf(summary).peakBytes).toBe(200)
    expect(livenessOf(summary, { viewsAreFree: true }).peakBytes).toBe(110)
  })

  test('a graph without operators holds nothing and blames nobody', () => {
    expect(livenessOf(summaryOf([5], ['input'], []))).toEqual({ liveBytes: [], peakBytes: 0, peakOperator: null })
  })
})
