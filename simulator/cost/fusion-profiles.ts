/**
 * Which operators a runtime merges into one kernel, as data (docs/method/fusion.md): the catalog says it of every runtime,
 * rule by rule, each with its source.
 */

/** What can start a kernel that grows. */
export type AnchorKind = 'product' | 'pointwise' | 'pooling' | 'normalization'

/** What an operator is to the kernel that it may join. */
export type MemberRole =
  | 'batch-norm'
  /** Cuts values off: ReLU and its bounded forms, part of an output stage on every runtime that fuses at all. */
  | 'clamp'
  | 'activation'
  /** Element operation with a constant: bias, scale. */
  | 'constant-operand'
  /** Element operation with another activation: residual add, gate. */
  | 'second-operand'
  | 'normalization'
  | 'reduction'

export interface FusionRule {
  readonly anchors: readonly AnchorKind[]
  readonly absorbs: readonly MemberRole[]
  /** Absent = every operator in the role; else only these, by registry key. */
  readonly operators?: readonly string[]
  readonly source: string
}

export interface FusionProfile {
  /** Equal ids, equal rules. */
  readonly id: string
  readonly rules: readonly FusionRule[]
  /** A value that is read elsewhere too does not stop fusion; it is written as well. Source, or `null` = it stops. */
  readonly fanOut: string | null
  /** Producers write straight into the concatenated tensor. */
  readonly concatInPlace: string | null
}

/** Every operator is a kernel of its own. */
export const unfused: FusionProfile = { id: 'eager', rules: [], fanOut: null, concatInPlace: null }

/** Whether the profile lets an operator in that role join a kernel that `anchor` started. */
export function absorbs(profile: FusionProfile, anchor: AnchorKind, role: MemberRole, operator: string): boolean {
  return profile.rules.some(
    (rule) =>
      rule.anchors.includes(anchor) && rule.absorbs.includes(role) && rule.operators?.includes(operator) !== false,
  )
}
