/**
 * Which cores of a CPU one inference uses (docs/method/cpu.md, CPU-1, CPU-2).
 *
 *     n_eff = 1 / ((1 − φ) + φ/n)          Amdahl, φ = parallel share
 *     rate  = n_eff · (slowest core used)  equal chunks: the slowest core finishes last; cores by what they sustain (CPU-5)
 *
 * With a number of threads, each has a core, and chunks wait for the slowest; without one (`null`) the runtime takes the number
 * of cores that is fastest, so little cores are left out where they would slow the big ones.
 */
import type { Arithmetic } from '../graph/precision.ts'
import { ownPeak } from './arithmetic-rates.ts'
import type { ComputeUnit, PowerMode } from './device.ts'
import { sustainedShare } from './sustained-share.ts'

interface Cores {
  readonly count: number
  readonly macsPerS: number
  /** What kernels sustain of it. */
  readonly sustainedMacsPerS: number
  readonly clockHz: number
  readonly inOrder: boolean | null
}

export interface CoreUse {
  /** Summed rate of the cores that are on, as a share of all cores at their shipped clocks. */
  readonly onlineShare: number
  /** Rate that one inference reaches, as a share of the summed rate of the cores that are on, (0, 1]. */
  readonly parallelShare: number
  /** Cores that one inference uses; `null` where the clusters do not say. */
  readonly used: {
    readonly count: number
    /** Sum of their clocks. */
    readonly clockHz: number
    /** The same while they are busy, a cycle of a core that reorders counted as what it costs beside one in order. */
    readonly fetchingHz: number
  } | null
}

const wholeUnit: CoreUse = { onlineShare: 1, parallelShare: 1, used: null }

export function coreUse(
  unit: ComputeUnit,
  arithmetic: Arithmetic,
  mode: PowerMode | null,
  threads: number | null,
  amdahlShare: number,
): CoreUse {
  const shipped = coresOf(unit, arithmetic, null)
  if (shipped === null) return wholeUnit
  const online = coresOf(unit, arithmetic, mode) ?? shipped
  const all = sumOf(shipped, Number.POSITIVE_INFINITY)
  const on = sumOf(online, mode?.cpuCores ?? Number.POSITIVE_INFINITY)
  const most = Math.min(on.count, threads ?? Number.POSITIVE_INFINITY)

  let best = 0
  let used = 0
  let reached = 0
  for (const { count, sustainedMacsPerS } of online) {
    reached = Math.min(reached + count, most)
    const rate = sustainedMacsPerS / (1 - amdahlShare + amdahlShare / reached)
    if (rate > best || threads !== null) [best, used] = [rate, reached]
    if (reached === most) break
  }
  return {
    onlineShare: on.macsPerS / all.macsPerS,
    parallelShare: Math.min(1, best / on.macsPerS),
    used: usedOf(takenOf(online, used)),
  }
}

/** Fastest first; a mode caps every clock. `null` where the clusters do not say enough. */
function coresOf(unit: ComputeUnit, arithmetic: Arithmetic, mode: PowerMode | null): Cores[] | null {
  const cores: Cores[] = []
  for (const cluster of unit.clusters) {
    const peak = ownPeak({ ...unit, peakMacsPerS: {}, clusters: [{ ...cluster, cores: 1 }] }, arithmetic)
    if (peak === null || cluster.clockHz === null) return null
    const cap = mode?.cpuClockHz?.value ?? cluster.clockHz.value
    const clockShare = Math.min(1, cap / cluster.clockHz.value)
    cores.push({
      count: cluster.cores,
      macsPerS: peak.value * clockShare,
      sustainedMacsPerS: peak.value * clockShare * (unit.kind === 'cpu-simd' ? sustainedShare(cluster) : 1),
      clockHz: cluster.clockHz.value * clockShare,
      inOrder: cluster.inOrder,
    })
  }
  return cores.length === 0 ? null : cores.sort((a, b) => b.sustainedMacsPerS - a.sustainedMacsPerS)
}

/** Energy of an instruction beside that of a core in order: Arm states 2.3 to 3.8 times for Cortex-A15 over A7 **(default)**. */
const reorderingCost = 3

/** Who is through with a chunk waits for the slowest. */
function usedOf(cores: readonly Cores[]): CoreUse['used'] {
  const slowest = Math.min(...cores.map(({ sustainedMacsPerS }) => sustainedMacsPerS))
  let [count, clockHz, fetchingHz] = [0, 0, 0]
  for (const core of cores) {
    const busyShare = slowest / core.sustainedMacsPerS
    count += core.count
    clockHz += core.count * core.clockHz
    fetchingHz += core.count * core.clockHz * busyShare * (core.inOrder === true ? 1 : reorderingCost)
  }
  return { count, clockHz, fetchingHz }
}

/** The fastest `count`. */
function takenOf(cores: readonly Cores[], count: number): Cores[] {
  let left = count
  return cores.flatMap((core) => {
    const taken = Math.min(left, core.count)
    left -= taken
    return taken === 0 ? [] : [{ ...core, count: taken }]
  })
}

/** The fastest `limit` cores together. */
function sumOf(cores: readonly Cores[], limit: number): { count: number; macsPerS: number } {
  const taken = takenOf(cores, limit)
  return {
    count: taken.reduce((sum, { count }) => sum + count, 0),
    macsPerS: taken.reduce((sum, { count, macsPerS }) => sum + count * macsPerS, 0),
  }
}
