/**
 * The intermediate representation: what a model file says, before any hardware is chosen.
 *
 * Values are named as in the file. Weights are described, never loaded: a `Constant` keeps its payload only where
 * shape arithmetic needs it (small tensors).
 */
import type { Dialect } from './dialect.ts'
import type { DType } from './dtype.ts'

/** Static size, symbol to be bound by the caller, or unknown until run time. */
export type Dim = number | string | null

/** `null` = rank unknown. */
export type Shape = readonly Dim[] | null

export interface Value {
  readonly name: string
  /** `null` = not known (undeclared, or a sequence, optional or map). */
  dtype: DType | null
  shape: Shape
}

/** Zeros in a weight. Values are never read: who made them says so (`transform/sparsity.ts`). */
export interface Sparsity {
  /** Share of the elements that are zero. */
  readonly zeroShare: number
  /** At most `kept` non-zeros in every `of` neighbours along the summed axis; `null` = anywhere. */
  readonly pattern: { readonly kept: number; readonly of: number } | null
}

export interface Constant {
  readonly name: string
  readonly dtype: DType
  readonly dims: readonly number[]
  /** Elements in row-major order for small tensors (see `import/limits.ts`), else `null`. int64 values are safe integers. */
  readonly elements: readonly number[] | null
  /** Set when the payload lives in another file, which may be absent. */
  readonly external: { readonly location: string; readonly offset: number; readonly lengthBytes: number | null } | null
  readonly sparsity?: Sparsity
  /** Set where the format keeps scales and zero points with the tensor instead of in tensors of their own. */
  readonly quantization?: Quantization
}

/** How many numbers quantize a constant; one of each, or one per slice along `axis`. */
export interface Quantization {
  readonly scales: number
  readonly zeroPoints: number
  readonly axis: number | null
}

export type Attribute =
  | number
  | string
  | readonly number[]
  | readonly string[]
  | { readonly kind: 'tensor'; readonly tensor: Constant }
  | { readonly kind: 'graph'; readonly graph: Graph }
  | { readonly kind: 'graphs'; readonly graphs: readonly Graph[] }
  /** Inside a local function: the attribute of the calling node with this name. */
  | { readonly kind: 'reference'; readonly name: string }

export interface Node {
  /** Unique within its graph; made from the operator and position where the file gives none. */
  readonly name: string
  /** Set where the file gives no name: the position in it says nothing about the network. */
  readonly isUnnamed?: true
  /** '' for `ai.onnx`; otherwise as in the file. */
  readonly domain: string
  readonly op: string
  /** `null` = optional input not given. */
  readonly inputs: readonly (string | null)[]
  readonly outputs: readonly (string | null)[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

/** A function that the file defines itself; a node whose `operatorKey` is the function's key calls it. */
export interface LocalFunction {
  /** Attribute values used where the caller gives none. */
  readonly defaults: Readonly<Record<string, Attribute>>
  /** Inputs and outputs match the calling node's by position. */
  readonly body: Graph
}

export interface Graph {
  readonly name: string
  /** Operator-set version by domain ('' = ai.onnx). Empty for formats without operator sets. */
  readonly opsets: Readonly<Record<string, number>>
  /** Values the caller feeds; initializers that the file repeats as inputs are not among them. */
  readonly inputs: readonly string[]
  /** Values the runtime keeps from run to run, neither fed nor computed: recurrent states, scratch. Absent = none. */
  readonly states?: readonly string[]
  /** Sizes at which the file itself holds its symbols: they stand unless the caller binds others. Absent = none. */
  readonly defaultSizes?: Readonly<Record<string, number>>
  readonly outputs: readonly string[]
  /** In topological order. */
  readonly nodes: readonly Node[]
  readonly values: Map<string, Value>
  readonly constants: Map<string, Constant>
  /**
   * How the file's own operators read; absent = all are of the registry. On the top-level graph only. It holds functions,
   * so graphs stay in the thread that reads them: summaries travel.
   */
  readonly dialect?: Dialect
  /** Local functions by `operatorKey`; on the top-level graph only, absent when the file defines none. */
  readonly functions?: ReadonlyMap<string, LocalFunction>
}

/** Domain-qualified operator name, as shown and as keyed in the operator registry: `Conv`, `com.microsoft.QLinearAdd`. */
export function operatorKey(node: Pick<Node, 'domain' | 'op'>): string {
  return node.domain === '' ? node.op : `${node.domain}.${node.op}`
}
