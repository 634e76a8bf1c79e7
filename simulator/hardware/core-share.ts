import type { ComputeUnit } from './device.ts'

/** FACT-4: of the unit's cores, those that one model runs on. */
export function coreShare({ cores }: Pick<ComputeUnit, 'cores'>): number {
  return cores === null ? 1 : Math.min(1, cores.perModel.value / cores.total.value)
}
