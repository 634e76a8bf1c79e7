/** From what is written down for a runtime to a complete entry. */
import type { PrecisionId } from '../../simulator/graph/precision.ts'
import type { UnitKind } from '../../simulator/hardware/device.ts'
import type { SparsityRule } from '../../simulator/hardware/sparsity-rule.ts'
import type { SupportTable } from '../../simulator/hardware/support-table.ts'
import { bytesFromKib, bytesFromMb } from '../../simulator/quantities.ts'
import { type FusionProfileId, fusionProfiles } from './fusion.ts'
import type { MeasureTool } from './measure.ts'
import type { RuntimeEntry } from './schema.ts'

/** What is left out is none, or not known. */
export interface RuntimeSpec {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly drives: Partial<Readonly<Record<UnitKind, readonly PrecisionId[]>>>
  readonly portableTo?: readonly UnitKind[]
  readonly fusion: FusionProfileId
  /** Resident size of library and context, order of magnitude **(default)**. */
  readonly baseMb?: number
  /** The same of a library for microcontrollers. */
  readonly baseKib?: number
  readonly winograd?: true
  readonly packedProducts?: RuntimeEntry['packedProducts']
  readonly storesScores?: true
  readonly threadsOnEveryCore?: true
  readonly volumesOnVectors?: true
  /** Small networks are decided by these; reach is rough on purpose **(defaults)**. */
  readonly overheads?: RuntimeEntry['overheads']
  readonly support?: readonly SupportTable[]
  readonly preparation?: 'ahead-of-time' | 'packs-weights'
  readonly sparsity?: readonly SparsityRule[]
  readonly takes?: NonNullable<RuntimeEntry['takes']>
  readonly minimalFiltering?: RuntimeEntry['minimalFiltering']
  readonly halvesFloats?: true
  /** The first that fits a kind of unit counts. */
  readonly measure?: readonly MeasureTool[]
}

/** F(2×2, 3×3) in floating point, nothing in integers. */
const usualFiltering: RuntimeEntry['minimalFiltering'] = { floatShare: 16 / 36, integerShare: 1 }

export function defineRuntimes<Id extends string>(
  specs: Readonly<Record<Id, RuntimeSpec>>,
): Readonly<Record<Id, RuntimeEntry>> {
  const entries = Object.entries<RuntimeSpec>(specs).map(([id, spec]) => [id, defineRuntime(id, spec)])
  return Object.fromEntries(entries)
}

function defineRuntime(id: string, spec: RuntimeSpec): RuntimeEntry {
  return {
    id,
    name: spec.name,
    aliases: spec.aliases ?? [],
    drives: spec.drives,
    portableTo: spec.portableTo ?? [],
    fusion: fusionProfiles[spec.fusion],
    baseBytes: baseBytes(spec),
    winograd: spec.winograd ?? false,
    packedProducts: spec.packedProducts ?? 'none',
    storesScores: spec.storesScores ?? false,
    threadsOnEveryCore: spec.threadsOnEveryCore ?? false,
    volumesOnVectors: spec.volumesOnVectors ?? false,
    overheads: spec.overheads ?? {},
    support: spec.support ?? [],
    preparation: spec.preparation ?? null,
    sparsity: spec.sparsity ?? [],
    takes: spec.takes ?? null,
    minimalFiltering: spec.minimalFiltering ?? usualFiltering,
    halvesFloats: spec.halvesFloats ?? false,
    measure: spec.measure ?? [],
  }
}

function baseBytes({ baseMb, baseKib }: RuntimeSpec): number | null {
  if (baseKib !== undefined) return bytesFromKib(baseKib)
  return baseMb === undefined ? null : bytesFromMb(baseMb)
}
