/**
 * ModelReader: one per file format. Rules, checked by one contract suite (`test/contracts/reader-contract.ts`):
 * `match` never throws; `open` throws only `ProblemError`, stays within `limits.ts`, never copies weight payloads.
 */

import type { WeightFormat } from '../build/transformer/builder.ts'
import type { DecoderConfig } from '../build/transformer/config.ts'
import type { DType } from '../graph/dtype.ts'
import type { Graph } from '../graph/graph.ts'
import type { Problem } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'

/** Of all constants, external files, scales and zero points included. */
export interface StoredWeights {
  readonly weightBytes: number
  /** They add up to `weightBytes`; `null` = the file says only the sum. */
  readonly weightBytesByDtype: Readonly<Partial<Record<DType, number>>> | null
}

export interface ParsedModel extends StoredWeights {
  readonly format: string
  readonly graph: Graph
  readonly fileBytes: number
  readonly producer: string | null
  /** Nodes of the top-level graph, and with subgraphs and local functions. */
  readonly nodes: number
  readonly nodesAllGraphs: number
  /** Bad news that does not stop the reading: external data absent, ignored metadata. */
  readonly problems: readonly Problem[]
  /** Tensors as the file names them, where the graph has other names: axes slowest first. Absent = as in the graph. */
  readonly tensors?: Readonly<Record<string, StoredShape>>
  /** Set when the file is a decoder-only language model: what other passes than the one in `graph` are built from. */
  readonly languageModel?: LanguageModelSource
}

interface StoredShape {
  readonly dtype: DType
  readonly shape: readonly number[]
}

export interface LanguageModelSource {
  readonly config: DecoderConfig
  /** Formats by label of the parameters that are not float32. */
  readonly formats: Readonly<Record<string, WeightFormat>>
}

export interface ModelReader {
  readonly format: string
  /** `head`: the first bytes of the file (up to 4 KiB); `name`: file name, a hint only. */
  match(head: Uint8Array, name: string | null): boolean
  open(source: ByteSource, name: string | null): Promise<ParsedModel>
}
