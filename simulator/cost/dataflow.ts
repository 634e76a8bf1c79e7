/**
 * Who really reads what: views are looked through, and concatenations whose parts are written in place.
 *
 * `root[t]` is the tensor whose bytes tensor t shares; a free operator executes nothing and belongs to no kernel.
 */
import { factsOf } from '../graph/operators.ts'
import type { GraphSummary, OperatorSummary } from '../graph/summary.ts'
import type { FusionProfile } from './fusion-profiles.ts'
import { findKvCache, type KvCache } from './kv-cache.ts'

export interface Dataflow {
  readonly root: Int32Array
  /** 1 = executes nothing. */
  readonly free: Uint8Array
  /** Operators that read the root, free in-place concatenations included. */
  readonly readers: Int32Array
  /** The concatenated tensor that a root is written into in place; itself elsewhere. */
  readonly storage: Int32Array
  /** 1 = the root leaves the graph. */
  readonly leaves: Uint8Array
  readonly cache: KvCache
}

/** Reads the summary once, in execution order; O(operators + edges). */
export function traceDataflow(summary: GraphSummary, profile: FusionProfile): Dataflow {
  const { tensors, operators } = summary
  const root = Int32Array.from(tensors.keys())
  const free = new Uint8Array(operators.length)

  const rootOf = (tensor: number): number => root[tensor] ?? tensor
  const alias = (operator: OperatorSummary, index: number): void => {
    const [input] = operator.inputs
    if (input === undefined) return
    for (const output of operator.outputs) root[output] = rootOf(input)
    free[index] = 1
  }

  operators.forEach((operator, index) => {
    if (operator.class === 'view') alias(operator, index)
  })

  const readers = new Int32Array(tensors.length)
  operators.forEach((operator, index) => {
    if (free[index] === 1) return
    for (const input of new Set(operator.inputs.map(rootOf))) {
      readers[input] = (readers[input] ?? 0) + 1
    }
  })
  const leaves = new Uint8Array(tensors.length)
  tensors.forEach((tensor, index) => {
    if (tensor.role === 'output') leaves[rootOf(index)] = 1
  })

  const storage = Int32Array.from(tensors.keys())
  if (profile.concatInPlace !== null) placeConcatenations(summary, root, free, storage)
  return { root, free, readers, leaves, storage, cache: findKvCache(summary) }
}

interface Concatenation {
  readonly operator: number
  readonly inputs: readonly number[]
  readonly output: number
}

/**
 * Producers write straight into what is concatenated. A value that several concatenations read has one place, so they
 * have to agree: each is a stretch of the largest, as in dense blocks, and then a view of it.
 */
function placeConcatenations(
  { tensors, operators }: GraphSummary,
  root: Int32Array,
  free: Uint8Array,
  storage: Int32Array,
): void {
  const readersOf = new Map<number, Concatenation[]>()
  const all: Concatenation[] = []
  operators.forEach((operator, index) => {
    const [output] = operator.outputs
    if (factsOf(operator.op).fusion !== 'concatenation' || free[index] === 1 || output === undefined) return
    const inputs = operator.inputs.map((input) => root[input] ?? input)
    const concatenation = { operator: index, inputs, output }
    for (const input of new Set(inputs)) readersOf.set(input, [...(readersOf.get(input) ?? []), concatenation])
    if (operator.constants.length === 0) all.push(concatenation)
  })
  const isViewOf = (part: Concatenation, whole: Concatenation): boolean =>
    isStretch(part.inputs, whole.inputs) && differByOneAxis(tensors[part.output]?.shape, tensors[whole.output]?.shape)
  // Backwards, so that a concatenation of concatenations finds its outermost place, and a stretch its whole.
  for (const each of all.toReversed()) {
    const { inputs, output, operator } = each
    const others = (input: number) => (readersOf.get(input) ?? []).filter((reader) => reader !== each)
    const [first = -1] = inputs
    const whole = others(first).find((other) => free[other.operator] === 1 && isViewOf(each, other))
    const isPlaceable =
      new Set(inputs).size === inputs.length &&
      inputs.every(
        (input) => tensors[input]?.role === 'activation' && others(input).every((other) => isViewOf(other, each)),
      )
    if (whole === undefined && !isPlaceable) continue
    free[operator] = 1
    if (whole !== undefined) storage[output] = storage[whole.output] ?? whole.output
    else for (const input of inputs) storage[input] = storage[output] ?? output
  }
}

function isStretch(part: readonly number[], whole: readonly number[]): boolean {
  const start = whole.indexOf(part[0] ?? -1)
  return start !== -1 && part.every((input, at) => whole[start + at] === input)
}

function differByOneAxis(a: readonly number[] = [], b: readonly number[] = []): boolean {
  return a.length === b.length && a.filter((size, axis) => size !== b[axis]).length === 1
}
