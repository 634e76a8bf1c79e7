/**
 * What a runtime executes on its accelerator, as data (docs/method/placement.md, PLACE-1).
 *
 * `documented`: read from the named page; `recalled`: known from that page but not read again when the table was
 * entered, so a new version may differ. Neither says that an operator in odd shapes compiles.
 */

import type { Operation } from '../graph/operations.ts'
import type { Arithmetic, PrecisionId } from '../graph/precision.ts'
import type { UnitKind } from './device.ts'

/** How many parts of a network the runtime hands to its accelerator. */
export type PartitionRule =
  /** Each maximal part. */
  | { readonly kind: 'every' }
  /** Only what comes before the first operator it lacks, in execution order. */
  | { readonly kind: 'leading' }
  /** The `most` parts with most operators. */
  | { readonly kind: 'largest'; readonly most: number }

/** A size beyond which an operation is not taken. `constants`: operands that the file stores, weights and biases. */
export interface SupportLimit {
  readonly operation: Operation
  /** `groups`: of convolutions that are not depthwise; `activations`: operands that are computed. */
  readonly of: 'kernel' | 'kernelArea' | 'stride' | 'elements' | 'constants' | 'activations' | 'groups'
  readonly most: number
  readonly reason: string
}

export interface SupportTable {
  readonly id: string
  readonly title: string
  readonly unitKinds: readonly UnitKind[]
  /** Silicon families that it is about, where one runtime takes more on some than on others; absent = all. */
  readonly families?: readonly string[]
  /** The multipliers' number format that the list is of; `null` = of every one that no other table of the runtime names. */
  readonly arithmetic: Arithmetic | null
  /** Of the compiler or runtime that the list is of; `null` = not stated. */
  readonly version: string | null
  readonly status: 'documented' | 'recalled'
  readonly source: string
  readonly supported: readonly Operation[]
  /** Why each is left to another unit. */
  readonly unsupported: Partial<Readonly<Record<Operation, string>>>
  /** What becomes of an operator that is in neither: the runtime's documented default. */
  readonly unlisted: 'supported' | 'unsupported'
  readonly limits: readonly SupportLimit[]
  readonly partitions: PartitionRule
  /** Ids of the runtimes that execute the rest on the processor, preferred first; `null` = what is lacking does not run at all. */
  readonly fallbackRuntimes: readonly string[] | null
  /** In which the rest is executed; `null` = in that of the target. */
  readonly fallbackPrecision: PrecisionId | null
}
