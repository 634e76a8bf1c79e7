/**
 * Who really reads what: values after views, removed quantization pairs and folded padding are looked through.
 *
 * `root[t]` is the tensor whose bytes tensor t shares; a free operator executes nothing and belongs to no kernel.
 */
import { type DType, dtypes } from '../graph/dtype.ts'
import { factsOf } from '../graph/operators.ts'
import type { GraphSummary, OperatorSummary, TensorSummary } from '../graph/summary.ts'
import type { FusionProfile } from './fusion-profiles.ts'
import { findKvCache, type KvCache } from './kv-cache.ts'

export interface Dataflow {
  readonly root: Int32Array
  /** Tensors as they are kept: a root that is quantized right away exists as integers alone. */
  readonly stored: readonly TensorSummary[]
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

  const isNotation = !computesOnIntegers(summary)
  operators.forEach((operator, index) => {
    const isRemoved = isNotation && isRemovableQuantization(operator, summary)
    if (operator.class === 'view' || isRemoved) alias(operator, index)
  })
  if (profile.foldPad !== null) foldPads(summary, root, free)

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
  const stored = storedTensors(summary, root, free)
  return { root, stored, free, readers, leaves, storage, cache: findKvCache(summary) }
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

/** A root whose readers all take it quantized to one type is kept in that type, never as floats. */
function storedTensors(
  { tensors, operators }: GraphSummary,
  root: Int32Array,
  free: Uint8Array,
): readonly TensorSummary[] {
  // The integer type behind a tensor: of itself, of what was dequantized to it, or of what it is a view of.
  const behind = new Map<number, DType>()
  const readAs = new Map<number, DType | null>()
  operators.forEach((operator, index) => {
    const [from] = operator.inputs
    const [to] = operator.outputs
    const isAlias = operator.class === 'quantization' || operator.class === 'view'
    if (free[index] === 1 && isAlias && from !== undefined && to !== undefined) {
      const made = tensors[to]?.dtype
      const type = made !== undefined && dtypes[made].kind === 'integer' ? made : behind.get(from)
      if (type !== undefined) behind.set(to, type)
      return
    }
    for (const input of operator.inputs) {
      const kept = root[input] ?? input
      const type = behind.get(input) ?? null
      readAs.set(kept, readAs.has(kept) && readAs.get(kept) !== type ? null : type)
    }
  })
  if (behind.size === 0) return tensors
  return tensors.map((tensor, index) => {
    const type = readAs.get(index) ?? null
    const staysFloat = type === null || tensor.role === 'output' || dtypes[tensor.dtype].kind !== 'float'
    return staysFloat ? tensor : { ...tensor, dtype: type }
  })
}

/**
 * Some product takes quantized values as they are: what converts them is executed. Elsewhere pairs of (de)quantizations
 * around operators on floats are a notation.
 */
function computesOnIntegers({ operators, tensors }: GraphSummary): boolean {
  return operators.some(
    ({ gemm, inputs }) =>
      gemm !== null && inputs.some((input) => dtypes[tensors[input]?.dtype ?? 'float32'].kind === 'integer'),
  )
}

/** Inside the graph a (de)quantization is the number format of its neighbours; at the boundary it is work. */
function isRemovableQuantization(operator: OperatorSummary, summary: GraphSummary): boolean {
  if (operator.class !== 'quantization' || operator.outputs.length !== 1 || operator.inputs.length > 1) return false
  const [input] = operator.inputs
  const [output] = operator.outputs
  const crosses =
    (input !== undefined && summary.tensors[input]?.role === 'input') ||
    (output !== undefined && summary.tensors[output]?.role === 'output')
  return !crosses
}

/** A pad with one reader that slides a window becomes that window's padding. */
function foldPads(summary: GraphSummary, root: Int32Array, free: Uint8Array): void {
  const { operators, tensors } = summary
  const soleReader = new Int32Array(tensors.length).fill(-1)
  const several = -2
  operators.forEach((operator, index) => {
    for (const input of operator.inputs) soleReader[input] = soleReader[input] === -1 ? index : several
  })
  operators.forEach((operator, index) => {
    const [input] = operator.inputs
    const [output] = operator.outputs
    if (factsOf(operator.op).fusion !== 'pad' || input === undefined || output === undefined) return
    const reader = operators[soleReader[output] ?? several]
    if (reader?.window == null || tensors[output]?.role === 'output') return
    root[output] = root[input] ?? input
    free[index] = 1
  })
}
