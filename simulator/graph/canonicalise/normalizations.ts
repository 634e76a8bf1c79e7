/**
 * Layer and RMS normalisation spelled out: a mean of squares, its root, and what is divided by it. The operators between
 * one value and the one that leaves them are one normalisation.
 */
import { opsPerElement } from '../vector-ops.ts'
import {
  constantsOf,
  type Draft,
  type DraftConstant,
  type DraftOperator,
  type DraftTensor,
  elementsOf,
  tensorsOf,
} from './draft.ts'

const roots: ReadonlySet<string> = new Set(['Sqrt', 'Rsqrt'])
const squares: ReadonlySet<string> = new Set(['Pow', 'Mul', 'Square', 'SquaredDifference'])
const finishing: ReadonlySet<string> = new Set(['Reciprocal', 'Div', 'Mul', 'Add', 'Sub'])
const mostOperators = 16

export function recogniseNormalizations(draft: Draft): void {
  for (const operator of draft.operators) if (roots.has(operator.op)) recognise(draft, operator)
}

function recognise(draft: Draft, root: DraftOperator): void {
  const start = backFrom(root)
  if (start === null) return
  const region = grow(start.x, start.operators)
  const last = exitOf(region)
  if (last === null) return
  const [output] = last.outputs
  if (output === undefined || elementsOf(output) !== elementsOf(start.x)) return
  const isCentred = region.filter(({ op }) => op === 'ReduceMean').length === 2
  const absorbed = region.filter((each) => each !== last)
  const parameters = region.flatMap(parametersOf)
  draft.merge(last, absorbed, {
    op: isCentred ? 'LayerNormalization' : 'RMSNormalization',
    class: 'normalization',
    inputs: [start.x, ...parameters],
    vectorOps: elementsOf(start.x) * (isCentred ? opsPerElement.layerNormalization : opsPerElement.rmsNormalization),
  })
}

/** √(mean(x²) + ε), x perhaps less its mean. */
function backFrom(
  root: DraftOperator,
): { readonly x: DraftTensor; readonly operators: readonly DraftOperator[] } | null {
  const operators = [root]
  const step = (op: (name: string) => boolean): DraftOperator | null => {
    const at = tensorsOf(operators.at(-1) ?? root)[0]?.producer ?? null
    return at !== null && op(at.op) ? at : null
  }
  const epsilon = step((op) => op === 'Add')
  if (epsilon !== null) operators.push(epsilon)
  const mean = step((op) => op === 'ReduceMean')
  if (mean === null) return null
  operators.push(mean)
  const square = step((op) => squares.has(op))
  if (square === null) return null
  operators.push(square)
  const difference = square.op === 'SquaredDifference' ? square : step((op) => op === 'Sub')
  const centre = difference === null ? undefined : tensorsOf(difference)[1]?.producer
  const [x] = tensorsOf(difference ?? square)
  if (x === undefined) return null
  if (difference === null || centre?.op !== 'ReduceMean' || tensorsOf(centre)[0] !== x) {
    const [squared] = tensorsOf(square)
    return squared === undefined ? null : { x: squared, operators }
  }
  if (difference !== square) operators.push(difference)
  operators.push(centre)
  return { x, operators }
}

/** Everything that follows from what is inside and x alone. */
function grow(x: DraftTensor, start: readonly DraftOperator[]): readonly DraftOperator[] {
  const inside = new Set(start)
  const pending = [...start]
  const isInside = (tensor: DraftTensor): boolean =>
    tensor === x || (tensor.producer !== null && inside.has(tensor.producer))
  for (let at = pending.pop(); at !== undefined && inside.size < mostOperators; at = pending.pop()) {
    for (const output of at.outputs) {
      if (output.role !== 'activation') continue
      for (const reader of output.readers) {
        if (inside.has(reader) || !finishing.has(reader.op) || !tensorsOf(reader).every(isInside)) continue
        inside.add(reader)
        pending.push(reader, ...inside)
      }
    }
  }
  return [...inside]
}

/** The one operator whose result is read outside; `null` = several, or what is inside leaves the graph. */
function exitOf(region: readonly DraftOperator[]): DraftOperator | null {
  const inside = new Set(region)
  const exits = region.filter(({ outputs }) =>
    outputs.some(({ readers, role }) => role === 'output' || [...readers].some((reader) => !inside.has(reader))),
  )
  return exits.length === 1 ? (exits[0] ?? null) : null
}

/** Scales and shifts, one per element of the normalised axes. */
function parametersOf(operator: DraftOperator): readonly DraftConstant[] {
  return constantsOf(operator).filter(({ elements }) => elements > 1)
}
