/** The gate: what this checkout predicts, against the best of every family and the entries that allow worse. */
import { beforeAll, describe, expect, test } from 'vitest'
import { catalogContext, loadEvidence } from '../../../calibration/evidence/load.ts'
import { splitAxes } from '../../../calibration/evidence/splits.ts'
import { inputsHash } from '../../../calibration/inputs-hash.ts'
import { edgefit } from '../../../calibration/validation/edgefit.ts'
import { knownExceptions, levelTable } from '../../../calibration/validation/exceptions.ts'
import { unlistedLevels } from '../../../calibration/validation/listed.ts'
import {
  acceptedRegressions,
  bestFamilies,
  regressions,
  unacceptedRegressions,
} from '../../../calibration/validation/regression.ts'
import { committedReport, rounded } from '../../../calibration/validation/report-file.ts'
import { validate } from '../../../calibration/validation/run.ts'
import { readTable } from '../../../calibration/validation/tables.ts'
import type { ValidationReport } from '../../../worker/contract/validation.ts'

describe('a fresh validation', () => {
  let fresh: ValidationReport
  beforeAll(async () => {
    fresh = rounded(await validate(loadEvidence(), catalogContext(), edgefit, inputsHash(), knownExceptions(), 'quick'))
  }, 300_000)

  test('makes no family worse than its best without an entry in accepted-regressions.csv, and leaves none unused', () => {
    const found = regressions(readTable(bestFamilies), fresh)
    expect(unacceptedRegressions(found, readTable(acceptedRegressions))).toEqual({ unlisted: [], stale: [] })
  })

  test.for(['model', 'device'] as const)('covers 75–85 %% with its 80 %% intervals (new %s)', (axis) => {
    const covered = fresh.splits[axis].pooled.metrics?.intervals?.coverage80Share
    expect(covered).toBeGreaterThanOrEqual(0.75)
    expect(covered).toBeLessThanOrEqual(0.85)
  })

  test('has fewer degrees of freedom than parameters and than rows', () => {
    const { rows, parameters, degreesOfFreedom } = fresh.fit
    expect(degreesOfFreedom).toBeGreaterThan(0)
    expect(degreesOfFreedom).toBeLessThan(Math.min(rows, parameters))
  })

  test('answers 98 % of the rows', () => {
    const refused = fresh.evidence.unanswered.reduce((sum, { rows }) => sum + rows, 0)
    expect(refused / fresh.evidence.rows).toBeLessThanOrEqual(0.02)
    expect(fresh.splits.model.pooled.unanswered / fresh.splits.model.pooled.rows).toBeLessThanOrEqual(0.02)
  })

  test('believes no trusted record to be faster than physics', () => {
    expect(fresh.quarantine.filter(({ trust }) => trust >= 3)).toEqual([])
    for (const { measuredMs, floorMs } of fresh.quarantine) expect(measuredMs).toBeLessThan(floorMs)
  })

  test('counts every scored row once on either axis', () => {
    for (const axis of splitAxes) {
      const { pooled, families } = fresh.splits[axis]
      expect(pooled.metrics?.n).toBe(pooled.rows - pooled.unanswered)
      expect(families.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThanOrEqual(pooled.rows)
    }
    const rows = splitAxes.map((axis) => fresh.splits[axis].pooled.rows)
    expect(new Set(rows).size).toBe(1)
  })

  test('names a source for every point that it shows', () => {
    const known = new Set(fresh.sources.map(({ id }) => id))
    const shown: { readonly sourceId: string }[] = [
      ...fresh.replay.outliers,
      ...fresh.points,
      ...splitAxes.flatMap((axis) => fresh.splits[axis].worst),
      ...fresh.quarantine,
    ]
    expect(shown.length).toBeGreaterThan(100)
    expect(shown.filter(({ sourceId }) => !known.has(sourceId))).toEqual([])
  })
})

test('the committed 80 % intervals of every evidence label cover 77–83 %, but for those in coverage-exceptions.csv', () => {
  const committed = committedReport()
  if (committed === null) throw new Error('Run: npm run validate')
  expect(unlistedLevels(committed.byLevel, readTable(levelTable))).toEqual({ unlisted: [], stale: [] })
})
