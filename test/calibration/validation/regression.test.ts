import { describe, expect, test } from 'vitest'
import {
  type AcceptedRegression,
  type BestFamily,
  regressions,
  regressionText,
  unacceptedRegressions,
  updatedBest,
} from '../../../calibration/validation/regression.ts'
import type { FamilyReport, SplitReport, ValidationReport } from '../../../worker/contract/validation.ts'

function family(mdApe: number, n = 40): FamilyReport {
  return {
    kind: 'hexagon-htp',
    family: 'hexagon-v75',
    runtime: 'qnn-dlc',
    precision: 'int8',
    rows: n,
    models: n,
    devices: 1,
    unanswered: 0,
    metrics: metrics(mdApe, n),
    baselines: {},
    sisterBound: null,
    standing: 'evident',
  }
}

function metrics(mdApe: number, n: number) {
  const intervals = {
    coverage50Share: 0.5,
    coverage80Share: 0.8,
    coverage95Share: 0.95,
    halfWidth80Factor: 1.3,
    halfWidth95Factor: 1.6,
  }
  return { n, mdApe, p90Factor: 1.5, within10Share: 0.4, within20Share: 0.7, spearman: 0.9, intervals }
}

function report(families: readonly FamilyReport[]): ValidationReport {
  const split: SplitReport = {
    folds: 5,
    pooled: { ...family(0.1), metrics: metrics(0.1, 400) },
    order: null,
    precisionSign: null,
    calibration: [],
    verdicts: null,
    families,
    language: [],
    energy: [],
    worst: [],
    anchors: null,
  }
  return {
    version: 1,
    engineVersion: '0',
    catalogVersion: '0',
    inputsHash: '0',
    evidence: { rows: 0, presets: 0, devices: 0, sources: 0, scored: 0, unanswered: [] },
    quarantine: [],
    splits: { model: split, device: split, family: split },
    byLevel: [],
    replay: { figures: 0, inside95Share: 1, targets: 0, below: [], outliers: [] },
    fit: { rows: 0, parameters: 0, degreesOfFreedom: 0, levels: [] },
    points: [],
    sources: [],
  }
}

const bestOf = (mdApe: number) => updatedBest([], report([family(mdApe)]))
const foundBy = (best: readonly BestFamily[], after: ValidationReport) => regressions(best, after).map(regressionText)

describe('a change', () => {
  test('may leave families within 5 % of their best, or better them', () => {
    expect(foundBy(bestOf(0.2), report([family(0.209)]))).toEqual([])
    expect(foundBy(bestOf(0.2), report([family(0.05)]))).toEqual([])
  })

  test('that makes a family worse is named on every axis', () => {
    expect(foundBy(bestOf(0.2), report([family(0.22)]))).toEqual([
      'median error of hexagon-v75 qnn-dlc int8 (new model) rose from 20.0 % to 22.0 %',
      'median error of hexagon-v75 qnn-dlc int8 (new device) rose from 20.0 % to 22.0 %',
      'median error of hexagon-v75 qnn-dlc int8 (new family) rose from 20.0 % to 22.0 %',
    ])
  })

  test('is not blamed for families that are new or have few rows', () => {
    expect(foundBy([], report([family(0.9)]))).toEqual([])
    expect(foundBy(bestOf(0.2), report([family(0.9, 29)]))).toEqual([])
  })
})

describe('the best of a family', () => {
  test('is lowered and never raised', () => {
    expect(updatedBest(bestOf(0.2), report([family(0.3)])).map(({ mdApe }) => mdApe)).toEqual([0.2, 0.2, 0.2])
    expect(updatedBest(bestOf(0.2), report([family(0.1)])).map(({ mdApe }) => mdApe)).toEqual([0.1, 0.1, 0.1])
  })

  test('goes with the family', () => {
    expect(updatedBest(bestOf(0.2), report([]))).toEqual([])
  })
})

describe('a change that makes something worse', () => {
  const found = regressions(bestOf(0.2), report([family(0.3004)]))
  const entries: AcceptedRegression[] = found.map((each) => ({ ...each, new: 0.3, reason: 'why', date: '2026-01-01' }))

  test('is allowed by its entries, within rounding', () => {
    expect(unacceptedRegressions(found, entries)).toEqual({ unlisted: [], stale: [] })
  })

  test('needs one for every axis', () => {
    const { unlisted } = unacceptedRegressions(found, entries.slice(1))
    expect(unlisted).toMatchObject([{ axis: 'model', old: 0.2, new: 0.3004 }])
  })

  test('is not allowed by an entry with another figure', () => {
    for (const off of [{ old: 0.19 }, { new: 0.302 }]) {
      const { unlisted, stale } = unacceptedRegressions(
        found,
        entries.map((each) => ({ ...each, ...off })),
      )
      expect([unlisted.length, stale.length]).toEqual([3, 3])
    }
  })

  test('leaves no entry behind when it is undone', () => {
    expect(unacceptedRegressions([], entries).stale).toHaveLength(3)
  })
})
