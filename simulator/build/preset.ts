/** What a preset is: an architecture with a name, the input it is published at, and the code that builds it. */
import type { Graph } from '../graph/graph.ts'

export interface PresetOptions {
  /** Items per inference; default 1. */
  readonly batch?: number
  /** Shape of the first input, batch first (`[1, 3, 224, 224]`, `[1, 128]` tokens); default as published. */
  readonly inputShape?: readonly number[]
  /** Factor on the sides of an image as published, to the nearest multiple of 32; not together with `inputShape`. */
  readonly resolution?: number
  /** Factors on the published channels and blocks, where the family scales by them (`PresetInfo.scales`). */
  readonly width?: number
  readonly depth?: number
}

export interface Scale {
  readonly width: number
  readonly depth: number
}

/** A network scaled twice. */
export function times(a: Scale, b: Scale): Scale {
  return { width: a.width * b.width, depth: a.depth * b.depth }
}

export interface PresetInfo {
  readonly family: string
  readonly task: string
  /** Shape of the first input as published, batch 1. */
  readonly inputShape: readonly number[]
  /** Papers and files that define the layers. */
  readonly citation: string
  /** Multipliers that the family defines; absent = none. */
  readonly scales?: readonly (keyof Scale)[]
}

export interface Preset extends PresetInfo {
  /** `shape`: the first input, batch included. `scale`: 1 as published, read by families that declare `scales`. */
  build(name: string, shape: readonly number[], scale: Scale): Graph
}

export type PresetTable = Readonly<Record<string, Preset>>
