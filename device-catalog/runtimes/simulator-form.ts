/** Runtimes as the simulator takes them. */

import type { UnitKind } from '../../simulator/hardware/device.ts'
import type { Runtime, RuntimeOverheads } from '../../simulator/hardware/runtime.ts'
import { sFromUs } from '../../simulator/quantities.ts'
import type { RuntimeEntry } from './schema.ts'

export function toRuntime(entry: RuntimeEntry): Runtime {
  return {
    id: entry.id,
    name: entry.name,
    fusionProfile: entry.fusion,
    baseBytes: entry.baseBytes,
    winograd: entry.winograd,
    packedProducts: entry.packedProducts,
    storesScores: entry.storesScores,
    threadsOnEveryCore: entry.threadsOnEveryCore,
    volumesOnVectors: entry.volumesOnVectors,
    overheads: overheads(entry.overheads),
    support: entry.support,
    preparation: entry.preparation,
    portableTo: entry.portableTo,
    sparsityRules: entry.sparsity,
    takes: entry.takes?.network ?? null,
    minimalFiltering: entry.minimalFiltering,
    halvesFloats: entry.halvesFloats,
  }
}

function overheads(published: RuntimeEntry['overheads']): Runtime['overheads'] {
  const byKind: Partial<Record<UnitKind, RuntimeOverheads>> = {}
  for (const [kind, { perKernelUs, perInferenceUs, ...others }] of Object.entries(published)) {
    byKind[kind as UnitKind] = {
      ...others,
      ...(perKernelUs === undefined ? {} : { perKernelS: sFromUs(perKernelUs) }),
      ...(perInferenceUs === undefined ? {} : { perInferenceS: sFromUs(perInferenceUs) }),
    }
  }
  return byKind
}
