/**
 * What zeros in weights are worth on some silicon under one runtime (docs/method/what-if.md, WHAT-4). Everything else
 * multiplies by zero as by any other number.
 */
import type { Arithmetic } from '../graph/precision.ts'
import type { OperatorClass } from '../graph/summary.ts'
import type { UnitKind } from './device.ts'

export interface SparsityRule {
  readonly kinds: readonly UnitKind[]
  /** Beginnings of silicon families; `null` = all of the kind. */
  readonly families: readonly string[] | null
  readonly arithmetics: readonly Arithmetic[]
  readonly classes: readonly OperatorClass[]
  /** Windows of one element only. */
  readonly pointwise: boolean
  /** `2:4` along the summed axis, or zeros anywhere. */
  readonly pattern: '2:4' | 'any'
  /** Below it the runtime takes its dense kernels. */
  readonly leastZeroShare: number
  readonly macs: SparseMacs
  readonly bytes: SparseBytes
  readonly source: string
}

/**
 * MACs left, as a share of the dense ones at the dense kernels' efficiency: a fixed share, or those of the kept weights
 * over the share of the dense efficiency that gathering kernels reach.
 */
export type SparseMacs =
  | { readonly kind: 'fixed'; readonly share: number }
  | { readonly kind: 'gathered'; readonly reach: number }

/** How weights are stored. */
export interface SparseBytes {
  /** Share of the weights that is stored; `null` = those that are not zero. */
  readonly keptShare: number | null
  readonly indexBitsPerKept: number
  readonly indexBitsPerWeight: number
  /** Of the dense bytes, beside weights and indices: what coding a zero takes. */
  readonly codingShare: number
}

export function macShare({ macs }: SparsityRule, zeroShare: number): number {
  return macs.kind === 'fixed' ? macs.share : Math.min(1, (1 - zeroShare) / macs.reach)
}

/** Bytes left, as a share of the dense weights; indices included. */
export function byteShare({ bytes }: SparsityRule, zeroShare: number, weightBits: number): number {
  const { keptShare, indexBitsPerKept, indexBitsPerWeight, codingShare } = bytes
  const kept = keptShare ?? 1 - zeroShare
  const share = (kept * (weightBits + indexBitsPerKept)) / weightBits + indexBitsPerWeight / weightBits + codingShare
  return Math.min(1, share)
}
