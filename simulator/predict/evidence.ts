/**
 * How close the evidence comes to what is asked, on one scale (docs/method/uncertainty.md, UNC-5). The errors of each level
 * are those of rows held out at that very distance.
 */
import { numberFamily, scopeOf, type WorkKind } from '../hardware/calibration.ts'
import type { Target } from '../hardware/target.ts'

/** Nearest first. */
export const evidenceLevels = ['measured', 'validated', 'transferred', 'extrapolated'] as const
/**
 * `measured`: this network was, on this target; `validated`: other networks were; `transferred`: its silicon family was,
 * under this runtime; `extrapolated`: at most the kind of unit was.
 */
export type EvidenceLevel = (typeof evidenceLevels)[number]

/** What stands in a scope. */
export interface ScopeEvidence {
  readonly rows: number
  readonly networks: number
  readonly devices: number
  /** Smallest and largest, of one item. */
  readonly macs: readonly [number, number]
}

/** Keys of what the levels speak of. */
export interface EvidenceScopes {
  /** Device, unit, runtime and number family. */
  readonly target: string
  /** Silicon family of the unit under the runtime. */
  readonly family: string
  readonly kind: string
}

export function evidenceScopes({ device, unit, runtime, precision }: Target, work: WorkKind): EvidenceScopes {
  return {
    target: scopeOf(work, `target:${device.id}|${unit.id}|${unit.family}|${runtime.id}|${numberFamily(precision)}`),
    family: scopeOf(work, `silicon:${unit.family}|${runtime.id}`),
    kind: scopeOf(work, unit.kind),
  }
}

/** Rows, networks and devices of what the level speaks of. */
export interface EvidenceCount {
  readonly level: EvidenceLevel
  readonly rows: number
  readonly networks: number
  readonly devices: number
}

/** `measuredRows`: published figures of this very pair. */
export function evidenceAt(
  evidence: Readonly<Record<string, ScopeEvidence>>,
  { target, family, kind }: EvidenceScopes,
  measuredRows: number,
): EvidenceCount {
  if (measuredRows > 0) return { level: 'measured', rows: measuredRows, networks: 1, devices: 1 }
  const onTarget = evidence[target]
  if (onTarget !== undefined) return counted('validated', onTarget)
  const inFamily = evidence[family]
  return inFamily === undefined ? counted('extrapolated', evidence[kind]) : counted('transferred', inFamily)
}

function counted(level: EvidenceLevel, found: ScopeEvidence | undefined): EvidenceCount {
  return { level, rows: found?.rows ?? 0, networks: found?.networks ?? 0, devices: found?.devices ?? 0 }
}

export const noEvidence: EvidenceCount = { level: 'extrapolated', rows: 0, networks: 0, devices: 0 }
