/** The product against its own evidence: what it misses is listed with a number, and nothing else is. */
import { beforeAll, describe, expect, test } from 'vitest'
import { catalogContext, loadEvidence } from '../../../calibration/evidence/load.ts'
import { knownExceptions, type Outlier, type TargetKey } from '../../../calibration/validation/exceptions.ts'
import {
  shrunkTargets,
  unlistedOutliers,
  unlistedTargets,
  updatedOutliers,
} from '../../../calibration/validation/listed.ts'
import {
  type Replayed,
  replayedEvidence,
  replayReport,
  targetOf,
  targetsBelow,
  targetsOf,
} from '../../../calibration/validation/replay.ts'

const known = knownExceptions()

describe('the evidence through the calibration that ships', () => {
  let figures: readonly Replayed[]
  beforeAll(async () => {
    figures = await replayedEvidence(loadEvidence(), catalogContext())
  })

  test('is answered as a whole', () => {
    expect(figures.length).toBeGreaterThan(7000)
    expect(targetsOf(figures).length).toBeGreaterThan(200)
  })

  test('has every figure beyond twice its half-width in outliers.csv, with its number (npm run replay)', () => {
    expect(unlistedOutliers(figures, known.outliers)).toEqual({ unlisted: [], stale: [] })
  })

  test('lies inside its own 95 % intervals in 93 % of every target that targets-below.csv does not list', () => {
    expect(unlistedTargets(figures, known.targets)).toEqual({ unlisted: [], stale: [] })
  })

  test('is reported with the reasons of the lists', () => {
    const { outliers, below } = replayReport(figures, known)
    expect(outliers.map(({ reason }) => reason).sort()).toEqual(known.outliers.map(({ reason }) => reason).sort())
    expect(below).toHaveLength(known.targets.length)
  })

  test('has a new outlier as an open question, and a known one keep its reason', () => {
    const [first, ...others] = known.outliers
    if (first === undefined) return
    const explained: Outlier = { ...first, reason: 'the printed figure is of two runs', date: '2026-01-01' }
    const updated = updatedOutliers(figures, [explained], '2026-02-02')
    expect(updated).toHaveLength(1 + others.length)
    expect(updated.find(({ rowId }) => rowId === first.rowId)).toMatchObject({
      reason: explained.reason,
      date: '2026-01-01',
    })
    for (const { rowId, reason, date } of updated) {
      if (rowId !== first.rowId) expect([reason, date]).toEqual(['open question', '2026-02-02'])
    }
  })
})

/** `inside` of `all` figures of one target lie inside their interval. */
async function figuresOf(inside: number, all: number): Promise<Replayed[]> {
  const { measuredRows } = await import('./measured-rows.ts')
  const [row] = await measuredRows([{ preset_id: 'resnet18', device_id: 'rk3588', latency_ms: 1 }])
  if (row === undefined) throw new Error('no row')
  return Array.from({ length: all }, (_, index) => ({
    asked: row.asked,
    sourceId: 's',
    measured: 1,
    predicted: 1,
    isInside95: index < inside,
    halfWidths: index < inside ? 0.5 : 1.5,
  }))
}

describe('the list of targets', () => {
  const listed = (key: TargetKey, figures: number, inside95Share: number) => [
    { ...key, figures, inside95Share, reason: 'why', date: '2026-01-01' },
  ]

  test('is about targets with eight figures and more, under 93 %', async () => {
    expect(targetsBelow(await figuresOf(0, 7))).toEqual([])
    expect(targetsBelow(await figuresOf(93, 100))).toEqual([])
    expect(targetsBelow(await figuresOf(92, 100))).toHaveLength(1)
  })

  test('only shrinks: what is better is lowered or dropped, what is new or worse is not taken', async () => {
    const half = await figuresOf(5, 10)
    const [first] = half
    if (first === undefined) throw new Error('no figure')
    const key = targetOf(first.asked)
    expect(shrunkTargets(half, listed(key, 10, 0.4))).toMatchObject([{ inside95Share: 0.5, reason: 'why' }])
    expect(shrunkTargets(half, listed(key, 10, 0.6))).toMatchObject([{ inside95Share: 0.6 }])
    expect(shrunkTargets(half, [])).toEqual([])
    expect(shrunkTargets(await figuresOf(10, 10), listed(key, 10, 0.4))).toEqual([])
    expect(unlistedTargets(half, listed(key, 10, 0.6)).unlisted).toHaveLength(1)
  })
})
