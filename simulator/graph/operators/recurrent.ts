/**
 * Recurrent layers. x [T, B, I], w [D, g·H, I], r [D, g·H, H] → y [T, D, B, H], last states [D, B, H].
 *
 * D directions, g gates. MACs = T·B·(|W| + |R|); the part with R is serial over time.
 */
import type { Dim } from '../graph.ts'
import { type Operator, type OperatorContext, type OperatorTable, unknownWork } from '../operator.ts'
import { elementCount } from '../shape.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'

interface Sizes {
  readonly steps: Dim
  readonly batch: Dim
  readonly directions: Dim
  readonly hidden: Dim
  /** Batch comes first (from opset 14). */
  readonly batchFirst: boolean
}

function sizesOf(context: OperatorContext): Sizes {
  const batchFirst = context.number('layout', 0) === 1
  const [first = null, second = null] = context.shape(0) ?? []
  return {
    steps: batchFirst ? second : first,
    batch: batchFirst ? first : second,
    directions: context.text('direction', 'forward') === 'bidirectional' ? 2 : 1,
    hidden: context.number('hidden_size') ?? context.shape(2)?.at(-1) ?? null,
    batchFirst,
  }
}

function recurrent(gates: number, states: number): Operator {
  return {
    class: 'recurrent',
    infer(context) {
      const { steps, batch, directions, hidden, batchFirst } = sizesOf(context)
      const dtype = context.dtype(0)
      const sequence = batchFirst ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden]
      const state = tensor(dtype, batchFirst ? [batch, directions, hidden] : [directions, batch, hidden])
      return [tensor(dtype, sequence), ...new Array<typeof state>(states).fill(state)]
    },
    work(context) {
      const { steps, batch, directions, hidden } = sizesOf(context)
      const input = context.shape(0)?.at(-1)
      const rounds = elementCount([steps, directions])
      const cells = elementCount([steps, directions, batch, hidden])
      if (rounds === null || cells === null) return unknownWork
      if (typeof batch !== 'number' || typeof input !== 'number' || typeof hidden !== 'number') return unknownWork
      const gemm = { m: batch, n: gates * hidden, k: input + hidden, repeat: rounds }
      const gateOps = (opsPerElement.recurrentGates * gates) / lstmGates
      return {
        macs: gemm.repeat * gemm.m * gemm.n * gemm.k,
        vectorOps: cells * gateOps,
        gemm,
        window: null,
      }
    },
  }
}

const lstmGates = 4

export const recurrentOperators: OperatorTable = {
  LSTM: recurrent(lstmGates, 2),
  GRU: recurrent(3, 1),
  RNN: recurrent(1, 1),
}
