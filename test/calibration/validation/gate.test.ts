/** The gate: what this checkout predicts, against the committed figures and the CHANGELOG. */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { catalogContext, loadEvidence } from '../../../calibration/evidence/load.ts'
import { splitAxes } from '../../../calibration/evidence/splits.ts'
import { inputsHash } from '../../../calibration/inputs-hash.ts'
import { edgefit } from '../../../calibration/validation/edgefit.ts'
import { regressions, unexplained } from '../../../calibration/validation/regression.ts'
import { committedReport, rounded } from '../../../calibration/validation/report-file.ts'
import { validate } from '../../../calibration/validation/run.ts'
import type { ValidationReport } from '../../../worker/contract/validation.ts'

const changelog = readFileSync(new URL('../../../CHANGELOG.md', import.meta.url), 'utf8')

describe('a fresh validation', () => {
  let fresh: ValidationReport
  beforeAll(async () => {
    fresh = rounded(await validate(loadEvidence(), catalogContext(), edgefit, inputsHash(), 'quick'))
  }, 300_000)

  test('makes no family worse than the committed one without a word in the CHANGELOG', () => {
    const committed = committedReport()
    if (committed === null) throw new Error('Run: npm run validate')
    const found = unexplained(regressions(committed, fresh), changelog)
    expect(found.map(({ what }) => what)).toEqual([])
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
    expect(fresh.splits.model.pooled.rows).toBe(fresh.splits.device.pooled.rows)
  })

  test('names a source for every point that it shows', () => {
    const known = new Set(fresh.sources.map(({ id }) => id))
    const shown = [...fresh.points, ...splitAxes.flatMap((axis) => fresh.splits[axis].worst), ...fresh.quarantine]
    expect(shown.length).toBeGreaterThan(100)
    expect(shown.filter(({ sourceId }) => !known.has(sourceId))).toEqual([])
  })
})
