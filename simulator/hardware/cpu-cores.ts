/**
 * Which cores of a CPU one inference uses (docs/method/cpu.md, CPU-1, CPU-2).
 *
 *     n_eff = 1 / ((1 − φ) + φ/n)          Amdahl, φ = parallel share
 *     rate  = n_eff · (slowest core used)  equal chunks: the slowest core finishes last
 *
 * The runtime takes the number of cores that is fastest, so little cores are left out where they would slow the big ones.
 */
import type { Arithmetic } from '../graph/precision.ts'
import { ownPeak } from './arithmetic-rates.ts'
import type { ComputeUnit, PowerMode } from './device.ts'

interface Cores {
  readonly count: number
  readonly macsPerS: number
}

export interface CoreUse {
  /** Summed rate of the cores that are on, as a share of all cores at their shipped clocks. */
  readonly onlineShare: number
  /** Rate that one inference reaches, as a share of the summed rate of the cores that are on, (0, 1]. */
  readonly parallelShare: number
}

const wholeUnit: CoreUse = { onlineShare: 1, parallelShare: 1 }

export function coreUse(
  unit: ComputeUnit,
  arithmetic: Arithmetic,
  mode: PowerMode | null,
  threads: number | null,
  amdahlShare: number,
): CoreUse {
  const shipped = coresOf(unit, arithmetic, null)
  if (shipped === null) return wholeUnit
  const total = sumRates(shipped, Number.POSITIVE_INFINITY)
  const online = coresOf(unit, arithmetic, mode) ?? shipped
  const limit = Math.min(mode?.cpuCores ?? Number.POSITIVE_INFINITY, sumCounts(online))
  const onlineRate = sumRates(online, limit)

  let best = 0
  let used = 0
  const most = Math.min(limit, threads ?? Number.POSITIVE_INFINITY)
  for (const { count, macsPerS } of online) {
    used = Math.min(used + count, most)
    best = Math.max(best, macsPerS / (1 - amdahlShare + amdahlShare / used))
    if (used === most) break
  }
  return { onlineShare: onlineRate / total, parallelShare: Math.min(1, best / onlineRate) }
}

/** Fastest first; a mode caps every clock. `null` where the clusters do not say enough. */
function coresOf(unit: ComputeUnit, arithmetic: Arithmetic, mode: PowerMode | null): Cores[] | null {
  const cores: Cores[] = []
  for (const cluster of unit.clusters) {
    const peak = ownPeak({ ...unit, peakMacsPerS: {}, clusters: [{ ...cluster, cores: 1 }] }, arithmetic)
    if (peak === null || cluster.clockHz === null) return null
    const cap = mode?.cpuClockHz?.value ?? cluster.clockHz.value
    const clockShare = Math.min(1, cap / cluster.clockHz.value)
    cores.push({ count: cluster.cores, macsPerS: peak.value * clockShare })
  }
  return cores.length === 0 ? null : cores.sort((a, b) => b.macsPerS - a.macsPerS)
}

function sumCounts(cores: readonly Cores[]): number {
  return cores.reduce((sum, { count }) => sum + count, 0)
}

/** Summed rate of the fastest `limit` cores. */
function sumRates(cores: readonly Cores[], limit: number): number {
  let left = limit
  let sum = 0
  for (const { count, macsPerS } of cores) {
    const taken = Math.min(left, count)
    sum += taken * macsPerS
    left -= taken
  }
  return sum
}
