/** The constants of a target: documented defaults of its kind of unit, and what its runtime changes there. */
import { baseParameters, kindParameters, scaleEfficiency } from './kind-parameters.ts'
import type { LawParameters, LawParametersPatch } from './parameters.ts'
import type { Target } from './target.ts'

/** `patch` wins over both. */
export function parametersFor({ unit, runtime }: Target, patch: LawParametersPatch = {}): LawParameters {
  const ofKind = kindParameters[unit.kind]
  const { reach = 1, ...overheads } = runtime.overheads[unit.kind] ?? {}
  const efficiency = { ...(reach === 1 ? ofKind.efficiency : scaleEfficiency(ofKind.efficiency, reach)) }
  return {
    ...baseParameters,
    ...ofKind,
    ...overheads,
    ...patch,
    efficiency: { ...baseParameters.efficiency, ...efficiency, ...patch.efficiency },
  }
}
