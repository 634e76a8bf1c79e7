/**
 * The fitted constants of the latency law in one typed table (docs/method/latency.md).
 *
 * A table maps a scope to the constants it sets; narrower scopes win. The simulator ships documented defaults;
 * calibration produces another table of the same type and is passed in beside them, so fitting touches no code.
 */
import type { OperatorClass } from '../graph/summary.ts'
import type { Target } from './target.ts'

export type Efficiency = Readonly<Record<OperatorClass, number>>

export interface LawParameters {
  /** η_c: reached share of the peak that alignment leaves, (0, 1]. */
  readonly efficiency: Efficiency
  /** V_peak / MAC_peak: element operations per MAC slot of units whose vector lanes are not their fp32 lanes. */
  readonly vectorOpsPerMac: number
  /** η_v, (0, 1]. */
  readonly vectorEfficiency: number
  /** η_m of DRAM and of a host link, (0, 1]. */
  readonly bandwidthEfficiency: number
  /** On-chip bytes that one element operation can draw: sets the bandwidth of caches and local memories. */
  readonly onchipBytesPerVectorOp: number
  /** Bytes per cycle that one core keeps in flight from DRAM: misses outstanding × line / latency. */
  readonly bytesPerCoreCycle: number
  /** b_half: bytes of which half the time is latency (Hockney). */
  readonly halfSizeBytes: number
  /** p: 1 = terms add up, ∞ = the largest hides the others. */
  readonly overlapExponent: number
  readonly perKernelS: number
  /** Added for every further core that a kernel is forked to and joined from. */
  readonly perForkS: number
  readonly perInferenceS: number
  /** φ of Amdahl's law over CPU cores, [0, 1]. */
  readonly parallelShare: number
  /** Energy of a whole operation over its arithmetic, or of a core's cycle over one in-order instruction. */
  readonly energyOverhead: number
  /** Standard deviation of ln(measured / predicted) that the law itself leaves. */
  readonly logSd: number
}

export type LawParametersPatch = Partial<Omit<LawParameters, 'efficiency'>> & {
  readonly efficiency?: Partial<Efficiency>
}

/** Keys as made by `scopesOf`. */
export interface ParameterTable {
  readonly status: 'default' | 'calibrated'
  readonly scopes: Readonly<Record<string, LawParametersPatch>>
}

/** From general to special: kind, kind × runtime, family, family × runtime, device × unit × runtime × precision. */
export function scopesOf({ device, unit, runtime, precision }: Target): readonly string[] {
  return [
    unit.kind,
    `${unit.kind}|${runtime.id}`,
    `family:${unit.family}`,
    `family:${unit.family}|${runtime.id}`,
    `device:${device.id}|${unit.id}|${runtime.id}|${precision}`,
  ]
}

/** `base` with every scope of every table applied, tables in order, narrower scopes last. */
export function parametersFor(target: Target, base: LawParameters, tables: readonly ParameterTable[]): LawParameters {
  const merged: LawParameters = { ...base }
  const efficiency: Efficiency = { ...base.efficiency }
  const keys = scopesOf(target)
  for (const { scopes } of tables) {
    for (const key of keys) {
      const patch = scopes[key]
      if (patch === undefined) continue
      Object.assign(merged, patch)
      Object.assign(efficiency, patch.efficiency)
    }
  }
  return { ...merged, efficiency }
}
