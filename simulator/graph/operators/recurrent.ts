/**
 * Recurrent layers. x [T, B, I], w [D, g·H, I], r [D, g·H, H] → y [T, D, B, H], last states [D, B, H].
 *
 * D directions, g gates. MACs = T·B·(|W| + |R|); the part with R is serial over time.
 */
import type { Dim } from '../graph.ts'
import { type Operator, type OperatorContext, unknownWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
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

/**
 * SVDF: x [B, I], w_feature [F, I], w_time [F, M] over a state of M earlier results → [B, F/rank].
 * MACs = B·(|w_feature| + |w_time|). Source: Nakkiran et al., Interspeech 2015.
 */
const svdf: Operator = {
  class: 'recurrent',
  infer(context) {
    const rank = context.number('rank', 1)
    const filters = context.shape(1)?.[0]
    const units = typeof filters === 'number' && rank > 0 ? filters / rank : null
    return [tensor(context.dtype(0), [context.shape(0)?.[0] ?? null, units])]
  },
  work(context) {
    const [m, outputs] = [context.shape(0)?.[0], context.outputCount]
    const [n, inputs] = context.shape(1) ?? []
    const memory = context.shape(2)?.[1]
    if (typeof m !== 'number' || typeof n !== 'number' || outputs === null) return unknownWork
    if (typeof inputs !== 'number' || typeof memory !== 'number') return unknownWork
    const k = inputs + memory
    return {
      macs: m * n * k,
      vectorOps: outputs * (context.has(3) ? 2 : 1),
      gemm: { m, n, k, repeat: 1 },
      window: null,
    }
  },
}

export const recurrentOperators: OperatorFamily = {
  /** Without an operator in ai.onnx. */
  Svdf: entry('svdf', svdf),
  LSTM: entry('lstm', recurrent(lstmGates, 2)),
  GRU: entry('gru', recurrent(3, 1)),
  RNN: entry('rnn', recurrent(1, 1)),
}
