/**
 * Recurrent layers: x [B, T, I], or [T, B, I] by option, or one step [B, I]. MACs = B·T·(|W| + |R| + |projection|).
 *
 * Operands are those of tensorflow/lite/kernels: an LSTM has its weights by gate, of which the input gate's may be left
 * out, and may project its output; two directions come one after the other, and an auxiliary input has weights of its own.
 */
import type { Dim } from '../../../graph/graph.ts'
import { type Operator, type OperatorContext, unknownWork } from '../../../graph/operator.ts'
import { elementCount } from '../../../graph/shape.ts'
import { type TensorType, tensor } from '../../../graph/value-type.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'
import { declared, type LoweredTable, lowered, sameWithOptions } from './rule.ts'

/** Operands of one direction. */
interface Direction {
  /** Weights that the input or the last output meets. */
  readonly weights: readonly number[]
  /** Operand whose first axis is the hidden units, and the one that projects them, if any. */
  readonly hidden: number
  readonly projection: number | null
  readonly auxiliary: readonly number[]
}

interface Recurrence {
  readonly gates: number
  readonly directions: readonly Direction[]
  readonly isSequence: boolean
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)

/** Elements of all operands that are there; `null` while one is not known. */
function elementsOf(context: OperatorContext, operands: readonly number[]): number | null {
  let total = 0
  for (const operand of operands) {
    if (!context.has(operand)) continue
    const count = context.count(operand)
    if (count === null) return null
    total += count
  }
  return total
}

function outputUnits(context: OperatorContext, { hidden, projection }: Direction): Dim {
  const units = projection !== null && context.has(projection) ? projection : hidden
  return context.shape(units)?.[0] ?? null
}

function recurrent({ gates, directions, isSequence }: Recurrence): Operator {
  return {
    class: 'recurrent',
    infer(context) {
      const [...leading] = context.shape(0)?.slice(0, -1) ?? []
      if (leading.length === 0) return declared(context)
      const units = directions.map((direction) => outputUnits(context, direction))
      const result = (size: Dim): TensorType => tensor(context.declaredType(0), [...leading, size])
      if (context.number('merge_outputs', 0) === 0) return units.map(result)
      return [
        result(
          units.reduce((sum, each) => (typeof sum === 'number' && typeof each === 'number' ? sum + each : null), 0),
        ),
      ]
    },
    work(context) {
      const shape = context.shape(0)
      const rounds = elementCount(shape?.slice(0, -1) ?? null)
      if (shape === null || rounds === null) return unknownWork
      let macs = 0
      let cells = 0
      for (const direction of directions) {
        const { weights, projection, auxiliary } = direction
        const operands = projection === null ? [...weights, ...auxiliary] : [...weights, projection, ...auxiliary]
        const perStep = elementsOf(context, operands)
        const units = context.shape(direction.hidden)?.[0]
        if (perStep === null || typeof units !== 'number') return unknownWork
        macs += rounds * perStep
        cells += rounds * units
      }
      const steps = isSequence ? shape[context.number('time_major', 0) === 0 ? shape.length - 2 : 0] : 1
      const n = gates * (cells / Math.max(1, rounds * directions.length))
      const serial = typeof steps === 'number' ? steps * directions.length : 0
      const m = serial === 0 ? 0 : rounds / (serial / directions.length)
      const k = m * n * serial === 0 ? 0 : macs / (m * n * serial)
      return {
        macs,
        vectorOps: (cells * gates * opsPerElement.recurrentGates) / lstmGates,
        // Projections and missing gates leave no whole inner dimension.
        gemm: Number.isInteger(k) && Number.isInteger(n) ? { m, n, k, repeat: serial } : null,
        window: null,
      }
    },
  }
}

const lstmGates = 4

/** Input and recurrent weights by gate from `first` on; the forget gate is never left out. */
const lstmDirection = (first: number, projection: number, auxiliary: readonly number[] = []): Direction => ({
  weights: range(first, first + 2 * lstmGates),
  hidden: first + 1,
  projection,
  auxiliary,
})

const lstm: Recurrence = { gates: lstmGates, directions: [lstmDirection(1, 16)], isSequence: true }

const rnnDirection = (first: number, auxiliary: readonly number[] = []): Direction => ({
  weights: [first, first + 1],
  hidden: first,
  projection: null,
  auxiliary,
})

const rnn: Recurrence = { gates: 1, directions: [rnnDirection(1)], isSequence: true }

const basicKernel = 1

/** The basic kernel has one matrix [4·H, I + H] for all gates: x, last output, weights, bias, last state. */
const singleStepLstm: Operator = {
  class: 'recurrent',
  infer: (context) =>
    context.node.outputs.length === 1 ? recurrent({ ...lstm, isSequence: false }).infer(context) : declared(context),
  work(context) {
    if (context.number('kernel_type', 0) !== basicKernel) return recurrent({ ...lstm, isSequence: false }).work(context)
    const [weight, m] = [context.shape(2), context.shape(0)?.[0]]
    const [n, k] = weight ?? []
    if (typeof m !== 'number' || typeof n !== 'number' || typeof k !== 'number') return unknownWork
    return {
      macs: m * n * k,
      vectorOps: (m * n * opsPerElement.recurrentGates) / lstmGates,
      gemm: { m, n, k, repeat: 1 },
      window: null,
    }
  },
}

const bidirectionalRnn: Recurrence = {
  gates: 1,
  directions: [rnnDirection(1, [10]), rnnDirection(5, [11])],
  isSequence: true,
}

const bidirectionalLstm: Recurrence = {
  gates: lstmGates,
  directions: [lstmDirection(1, 16, range(40, 44)), lstmDirection(18, 33, range(44, 48))],
  isSequence: true,
}

export const recurrences: LoweredTable = {
  RNN: lowered('RNN', recurrent({ ...rnn, isSequence: false })),
  LSTM: lowered('LSTM', singleStepLstm),
  SVDF: sameWithOptions('Svdf'),
  UNIDIRECTIONAL_SEQUENCE_RNN: lowered('RNN', recurrent(rnn)),
  UNIDIRECTIONAL_SEQUENCE_LSTM: lowered('LSTM', recurrent(lstm)),
  BIDIRECTIONAL_SEQUENCE_RNN: lowered('RNN', recurrent(bidirectionalRnn)),
  BIDIRECTIONAL_SEQUENCE_LSTM: lowered('LSTM', recurrent(bidirectionalLstm)),
}
