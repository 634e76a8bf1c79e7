/** Core ML recurrent layers. Networks see [T, B, C, 1, 1] (or [T, C, 1, 1] for one item), programs [T, B, C]. */
import type { LoweredOperator } from '../../../graph/dialect.ts'
import type { Dim, Shape } from '../../../graph/graph.ts'
import type { OperatorContext } from '../../../graph/operator.ts'
import { times } from '../../../graph/shape.ts'
import { tensor } from '../../../graph/value-type.ts'
import { asStandard, type LoweredTable } from './lowered.ts'

/** `states`: values per direction that are handed on, each an output of its own. */
function layer(name: string, directions: 1 | 2, states: number): LoweredOperator {
  const hidden = (context: OperatorContext): number => context.number('outputVectorSize', 0)
  return asStandard(
    name,
    (context) => {
      const shape = context.shape(0)
      const batch = shape?.length === 5 ? (shape[1] ?? null) : 1
      const sequence = shape === null ? null : [shape[0] ?? null, batch, context.number('inputVectorSize', 0)]
      return {
        inputs: [tensor(context.dtype(0), sequence)],
        attributes: { hidden_size: hidden(context), direction: directions === 2 ? 'bidirectional' : 'forward' },
      }
    },
    (_, context) => {
      const shape = context.shape(0)
      const of = (steps: Dim, size: number): Shape =>
        shape === null ? null : [steps, ...shape.slice(1, -3), size, 1, 1]
      const steps = context.number('sequenceOutput', 0) === 0 ? 1 : (shape?.[0] ?? null)
      const state = tensor(null, of(1, hidden(context)))
      return [
        tensor(null, of(steps, directions * hidden(context))),
        ...new Array<typeof state>(directions * states).fill(state),
      ]
    },
  )
}

export const layerRecurrent: LoweredTable = {
  simpleRecurrent: layer('RNN', 1, 1),
  gru: layer('GRU', 1, 1),
  uniDirectionalLSTM: layer('LSTM', 1, 2),
  biDirectionalLSTM: layer('LSTM', 2, 2),
}

/** `recurrence`: operand with the weights [gates · H, H]. */
function program(name: string, recurrence: number, states: number): LoweredOperator {
  const hidden = (context: OperatorContext): Dim => context.shape(recurrence)?.[1] ?? null
  return asStandard(
    name,
    (context) => {
      const size = hidden(context)
      if (typeof size !== 'number') return null
      return {
        inputs: [context.tensor(0)],
        attributes: { hidden_size: size, direction: context.text('direction', 'forward') },
      }
    },
    (_, context) => {
      const [steps = null, batch = null] = context.shape(0) ?? []
      const directions = context.text('direction', 'forward') === 'bidirectional' ? 2 : 1
      const width = times(hidden(context), directions)
      const state = tensor(null, [batch, width])
      const length = context.number('output_sequence', 0) === 0 ? 1 : steps
      return [tensor(null, [length, batch, width]), ...new Array<typeof state>(states).fill(state)]
    },
  )
}

export const programRecurrent: LoweredTable = {
  gru: program('GRU', 3, 1),
  lstm: program('LSTM', 4, 2),
  rnn: program('RNN', 3, 1),
}
