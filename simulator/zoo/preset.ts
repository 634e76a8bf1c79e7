/** What a preset is: an architecture with a name, the input it is published at, and the code that builds it. */
import type { Graph } from '../graph/graph.ts'

export interface PresetOptions {
  /** Items per inference; default 1. */
  readonly batch?: number
  /** Shape of the first input, batch first (`[1, 3, 224, 224]`, `[1, 128]` tokens); default as published. */
  readonly inputShape?: readonly number[]
}

export interface PresetInfo {
  readonly family: string
  readonly task: string
  /** Shape of the first input as published, batch 1. */
  readonly inputShape: readonly number[]
  /** Papers and files that define the layers. */
  readonly citation: string
}

export interface Preset extends PresetInfo {
  /** `shape`: the first input, batch included. */
  build(name: string, shape: readonly number[]): Graph
}

export type PresetTable = Readonly<Record<string, Preset>>
