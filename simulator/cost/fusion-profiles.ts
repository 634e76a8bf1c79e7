/**
 * Which operators a runtime merges into one kernel, as data (docs/method/fusion.md).
 *
 * Two kinds of tables in one form. Four coarse behaviours separate runtimes by how much they fuse; the calibrated times
 * rest on them, and a runtime names one in `hardware/runtimes.ts`. Six tables say what one runtime's documentation or
 * source lists, rule by rule (`fusion-tables.ts`).
 */
import { fusionTables } from './fusion-tables.ts'

export const behaviourIds = ['eager', 'interpreter', 'graph', 'compiler'] as const
export const runtimeTableIds = ['onnxruntime', 'tflite-xnnpack', 'tensorrt', 'qnn-htp', 'tvm', 'xla'] as const
export type RuntimeTableId = (typeof runtimeTableIds)[number]
export const fusionProfileIds = [...behaviourIds, ...runtimeTableIds] as const
export type FusionProfileId = (typeof fusionProfileIds)[number]

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
  readonly operators?: ReadonlySet<string>
  readonly source: string
}

export interface FusionTable {
  readonly rules: readonly FusionRule[]
  /** A value that is read elsewhere too does not stop fusion; it is written as well. Source, or `null` = it stops. */
  readonly fanOut: string | null
  /** Zero padding becomes the padding of the window after it. */
  readonly foldPad: string | null
  /** Producers write straight into the concatenated tensor. */
  readonly concatInPlace: string | null
}

export interface FusionProfile extends FusionTable {
  readonly id: FusionProfileId
}

export const fusionProfiles = Object.fromEntries(
  fusionProfileIds.map((id) => [id, { id, ...fusionTables[id] }]),
) as Readonly<Record<FusionProfileId, FusionProfile>> // one entry per id, made from the list itself

/** Whether the profile lets an operator in that role join a kernel that `anchor` started. */
export function absorbs(profile: FusionProfile, anchor: AnchorKind, role: MemberRole, operator: string): boolean {
  return profile.rules.some(
    (rule) => rule.anchors.includes(anchor) && rule.absorbs.includes(role) && rule.operators?.has(operator) !== false,
  )
}
