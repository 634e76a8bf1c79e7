/** Four jobs that people come with: their limits and the places where such devices are found. */
import type { Budget } from '../../../simulator/decide/budget.ts'
import type { Segment } from '../../../simulator/hardware/device.ts'
import { bytesFromMb } from '../../../simulator/quantities.ts'

export interface BudgetPreset {
  readonly id: 'phone-camera' | 'inspection' | 'automotive' | 'mcu-keyword'
  readonly budget: Budget
  readonly segments: readonly Segment[]
}

export const budgetPresets: readonly BudgetPreset[] = [
  { id: 'phone-camera', budget: { maxLatencyMs: 33.3, maxMemoryBytes: bytesFromMb(500) }, segments: ['phone'] },
  {
    id: 'inspection',
    budget: { maxLatencyMs: 33.3, maxPowerW: 10, maxMemoryBytes: bytesFromMb(1000), maxPriceUsd: 250 },
    segments: ['embedded'],
  },
  {
    id: 'automotive',
    budget: { maxLatencyMs: 20, maxPowerW: 60, maxMemoryBytes: bytesFromMb(4000) },
    segments: ['automotive', 'embedded'],
  },
  {
    id: 'mcu-keyword',
    budget: { maxLatencyMs: 100, maxPowerW: 0.2, maxMemoryBytes: bytesFromMb(0.5), maxPriceUsd: 20 },
    segments: ['mcu'],
  },
]

/** The preset that asks exactly this, if any. */
export function matchingPreset(budget: Budget): BudgetPreset | null {
  const wanted = canonical(budget)
  return budgetPresets.find((preset) => canonical(preset.budget) === wanted) ?? null
}

function canonical(budget: Budget): string {
  return JSON.stringify(Object.entries(budget).sort(([a], [b]) => (a < b ? -1 : 1)))
}
