/**
 * Which operators a runtime merges into one kernel, as data (docs/method/fusion.md): the catalog says it of every runtime,
 * rule by rule, each with its source.
 */

/** What can start a kernel that grows. */
export type AnchorKind = 'product' | 'pointwise' | 'pooling' | 'normalization'

/** What an operator is to the kernel that it may join. */
export type MemberRole =
  | 'batch-norm'
  /** Cuts values off: ReLU and its bounded forms. */
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
  /** Absent = every operator in the role; else only these. */
  readonly operators?: readonly string[]
  readonly source: string
}

export interface FusionProfile {
  /** Equal ids, equal rules. */
  readonly id: string
  readonly rules: readonly FusionRule[]
  /** A value that is read elsewhere too does not stop fusion; it is written as well. Source, or `null` = it stops. */
  readonly fanOut: string | null
  /** Zero padding becomes the padding of the window after it. */
  readonly foldPad: string | null
  /** Producers write straight into the concatenated tensor. */
  readonly concatInPlace: string | null
}

/** Every operator is a kernel of its own. */
export const unfused: FusionProfile = { id: 'eager', rules: [], fanOut: null, foldPad: null, concatInPlace: null }

/** Whether the profile lets an operator in that role join a kernel that `anchor` started. */
export function absorbs(profile: FusionProfile, anchor: AnchorKind, role: MemberRole, operator: string): boolean {
  return profile.rules.some(
    (rule) =>
      rule.anchors.includes(anchor) && rule.absorbs.includes(role) && rule.operators?.includes(operator) !== false,
  )
}

/** Activations that clamp: part of a kernel's output stage on every runtime that fuses at all. */
export const clampOperators: ReadonlySet<string> = new Set([
  'Relu',
  'Clip',
  'tflite.RELU',
  'tflite.RELU6',
  'tflite.RELU_N1_TO_1',
  'tflite.RELU_0_TO_1',
])
export const batchNormOperators: ReadonlySet<string> = new Set(['BatchNormalization'])
export const padOperators: ReadonlySet<string> = new Set(['Pad', 'tflite.PAD', 'tflite.PADV2'])
export const concatOperators: ReadonlySet<string> = new Set(['Concat', 'tflite.CONCATENATION'])
