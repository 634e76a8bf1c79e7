/**
 * ModelReader: one per file format. Rules, checked by one contract suite (`test/contracts/reader-contract.ts`):
 * `match` never throws; `open` throws only `ProblemError`, stays within `limits.ts`, never copies weight payloads.
 */
import type { Graph } from '../graph/graph.ts'
import type { Problem } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'

export interface ParsedModel {
  readonly format: string
  readonly graph: Graph
  readonly fileBytes: number
  /** Stored bytes of all constants, external files included. */
  readonly weightBytes: number
  readonly producer: string | null
  /** Nodes of the top-level graph, and with subgraphs and local functions. */
  readonly nodes: number
  readonly nodesAllGraphs: number
  /** Bad news that does not stop the reading: external data absent, ignored metadata. */
  readonly problems: readonly Problem[]
}

export interface ModelReader {
  readonly format: string
  /** `head`: the first bytes of the file (up to 4 KiB); `name`: file name, a hint only. */
  match(head: Uint8Array, name: string | null): boolean
  open(source: ByteSource, name: string | null): Promise<ParsedModel>
}
