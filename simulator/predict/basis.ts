/** The numbers that an answer rests on, each with its status and where it was taken from. */
import type { ResolvedFact } from '../hardware/missing.ts'
import type { ResolvedTarget } from '../hardware/simulate.ts'
import type { PowerFacts } from '../power/energy.ts'
import type { Evidence, FactUse } from './prediction.ts'

export function basisOf({ rates, parameters, target }: ResolvedTarget, power: PowerFacts | null): FactUse[] {
  const uses: FactUse[] = [fact(`unit.peakMacsPerS.${rates.arithmetic}`, rates.peakMacsPerS, 'MAC/s')]
  if (rates.dramBytesPerS !== null) {
    const field = target.powerMode?.memoryBytesPerS == null ? 'device.dramBytesPerS' : 'powerMode.memoryBytesPerS'
    uses.push(fact(field, rates.dramBytesPerS, 'B/s'))
  }
  if (rates.linkBytesPerS !== null) uses.push(fact('device.link.bytesPerS', rates.linkBytesPerS, 'B/s'))
  uses.push(fact('unit.onchipBytes', rates.onchipBytes, 'B'))
  // Clusters have clocks of their own, which are part of the peak.
  if (target.unit.clusters.length === 0) uses.push(fact('unit.clockHz', rates.clockHz, 'Hz'))
  if (power !== null) {
    const ceiling = target.powerMode?.budgetW != null ? 'powerMode.budgetW' : 'device.tdpW'
    uses.push(
      fact('device.idleW', power.idleW, 'W'),
      fact(ceiling, power.ceilingW, 'W'),
      fact('unit.processNm', power.processNm, 'nm'),
    )
  }
  uses.push(
    constant('law.efficiency.convolution', parameters.efficiency.convolution, '1'),
    constant('law.bandwidthEfficiency', parameters.bandwidthEfficiency, '1'),
    constant('law.overlapExponent', parameters.overlapExponent, '1'),
    constant('runtime.perKernelS', parameters.perKernelS, 's'),
    constant('runtime.perInferenceS', parameters.perInferenceS, 's'),
  )
  return uses
}

function fact(field: string, { value, status, sourceIds, from }: ResolvedFact, unit: string): FactUse {
  return { field, value, unit, status, sourceIds, from }
}

function constant(field: string, value: number, unit: string): FactUse {
  return { field, value, unit, status: 'default', sourceIds: [], from: 'default' }
}

const farthestFirst = ['default', 'segment', 'family', 'device'] as const

/** The farthest parent that peak, bandwidth or link was taken from. */
export function basisLevel({ rates }: ResolvedTarget): Evidence['basis'] {
  const used = [rates.peakMacsPerS, rates.dramBytesPerS, rates.linkBytesPerS].flatMap((each) => each?.from ?? [])
  return farthestFirst.find((from) => used.includes(from)) ?? 'device'
}
