/** The held-out figures by evidence label: how far the nearest evidence was from what was asked. */

import { type EvidenceLevel, evidenceLevels, type LevelReport } from '../../worker/contract/validation.ts'
import { metricsOf } from './metrics.ts'
import type { ScoredRow } from './score.ts'

/** Levels without rows, or whose rows state no interval, are left out. */
export function byLevel(scored: Readonly<Record<EvidenceLevel, readonly ScoredRow[]>>): LevelReport[] {
  return evidenceLevels.flatMap((level) => {
    const metrics = metricsOf(scored[level])
    if (metrics === null || metrics.intervals === null) return []
    const { coverage80Share, coverage95Share, halfWidth80Factor } = metrics.intervals
    return [{ level, rows: metrics.n, mdApe: metrics.mdApe, coverage80Share, coverage95Share, halfWidth80Factor }]
  })
}

/** What the 80 % intervals of a level may cover without being listed (`coverage-exceptions.csv`). */
const wanted = { from: 0.77, to: 0.83 } as const

export function isOnTarget({ coverage80Share }: Pick<LevelReport, 'coverage80Share'>): boolean {
  return coverage80Share >= wanted.from && coverage80Share <= wanted.to
}
