/**
 * Who really reads what: values after views, removed quantization pairs and folded padding are looked through.
 *
 * `root[t]` is the tensor whose bytes tensor t shares; a free operator executes nothing and belongs to no kernel.
 */
import { type DType, dtypes } from '../graph/dtype.ts'
import type { GraphSummary, OperatorSummary, TensorSummary } from '../graph/summary.ts'
import { concatOperators, type FusionProfile, padOperators } from './fusion-profiles.ts'
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

  operators.forEach((operator, index) => {
    if (operator.class === 'view' || isRemovableQuantization(operator, summary)) alias(operator, index)
  })
  if (profile.foldPad !== null) foldPads(summary, root, free)

  const readers = new Int32Array(tensors.length)
  const concatReaders = new Int32Array(tensors.length)
  operators.forEach((operator, index) => {
    if (free[index] === 1) return
    for (const input of new Set(operator.inputs.map(rootOf))) {
      readers[input] = (readers[input] ?? 0) + 1
      if (concatOperators.has(operator.op)) concatReaders[input] = (concatReaders[input] ?? 0) + 1
    }
  })
  const leaves = new Uint8Array(tensors.length)
  tensors.forEach((tensor, index) => {
    if (tensor.role === 'output') leaves[rootOf(index)] = 1
  })

  const storage = Int32Array.from(tensors.keys())
  if (profile.concatInPlace !== null) {
    operators.toReversed().forEach((operator, fromEnd) => {
      const [output] = operator.outputs
      if (!concatOperators.has(operator.op) || operator.constants.length > 0 || output === undefined) return
      const inputs = operator.inputs.map(rootOf)
      const placeable = inputs.every((input) => concatReaders[input] === 1 && tensors[input]?.role === 'activation')
      if (!placeable || new Set(inputs).size !== inputs.length) return
      free[operators.length - 1 - fromEnd] = 1
      // Backwards, so that a concatenation of concatenations finds its outermost place.
      for (const input of inputs) storage[input] = storage[output] ?? output
    })
  }
  const stored = storedTensors(summary, root, free)
  return { root, stored, free, readers, leaves, storage, cache: findKvCache(summary) }
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
 * Inside the graph a (de)quantization is the number format of its neighbours; at the boundary it is work. TFLite has no
 * such pairs: it computes on quantized tensors, and what converts them is executed.
 */
function isRemovableQuantization(operator: OperatorSummary, summary: GraphSummary): boolean {
  if (
    operator.class !== 'quantization' ||
    operator.op.startsWith('tflite.') ||
    operator.outputs.length !== 1 ||
    operator.inputs.length > 1
  )
    return false
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
    if (!padOperators.has(operator.op) || input === undefined || output === undefined) return
    const reader = operators[soleReader[output] ?? several]
    if (reader?.window == null || tensors[output]?.role === 'output') return
    root[output] = root[input] ?? input
    free[index] = 1
  })
}
