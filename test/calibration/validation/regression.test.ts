import { describe, expect, test } from 'vitest'
import { regressions, unexplained } from '../../../calibration/validation/regression.ts'
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
    metrics: metrics(mdApe, 0.8, n),
    baselines: {},
    sisterBound: null,
    standing: 'evident',
  }
}

function metrics(mdApe: number, coverage80Share: number, n: number) {
  const intervals = { coverage80Share, coverage95Share: 0.95, halfWidth80Factor: 1.3, halfWidth95Factor: 1.6 }
  return { n, mdApe, p90Factor: 1.5, within10Share: 0.4, within20Share: 0.7, spearman: 0.9, intervals }
}

function report(families: readonly FamilyReport[], coverage80Share = 0.8): ValidationReport {
  const split: SplitReport = {
    folds: 5,
    pooled: { ...family(0.1), metrics: metrics(0.1, coverage80Share, 400) },
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
    splits: { model: split, device: split },
    points: [],
    sources: [],
  }
}

const whatOf = (...reports: [ValidationReport, ValidationReport]) => regressions(...reports).map(({ what }) => what)

describe('a change', () => {
  test('may leave families within 5 % of where they were, or better them', () => {
    expect(whatOf(report([family(0.2)]), report([family(0.209)]))).toEqual([])
    expect(whatOf(report([family(0.2)]), report([family(0.05)]))).toEqual([])
  })

  test('that makes a family worse is named on both axes', () => {
    expect(whatOf(report([family(0.2)]), report([family(0.22)]))).toEqual([
      'median error of hexagon-v75 qnn-dlc int8 (new model) rose from 20.0 % to 22.0 %',
      'median error of hexagon-v75 qnn-dlc int8 (new device) rose from 20.0 % to 22.0 %',
    ])
  })

  test('is not blamed for families that are new or have few rows', () => {
    expect(whatOf(report([]), report([family(0.9)]))).toEqual([])
    expect(whatOf(report([family(0.2, 29)]), report([family(0.9, 29)]))).toEqual([])
  })

  test('may not take the pooled coverage out of 75–85 %', () => {
    expect(whatOf(report([], 0.8), report([], 0.75))).toEqual([])
    expect(whatOf(report([], 0.8), report([], 0.74))[0]).toBe(
      '80 % intervals (new model) cover 74.0 %, outside 75–85 %',
    )
    expect(whatOf(report([], 0.6), report([], 0.65))).toEqual([])
  })
})

describe('a change that makes something worse', () => {
  const found = regressions(report([family(0.2)]), report([family(0.3)], 0.7))
  const changelog = (text: string) =>
    `# Changelog\n\n## Unreleased\n*Numbers changed*\n${text}\n*New*\n- x\n\n## 0.1.0\n`

  test('is explained by the words of the newest "Numbers changed"', () => {
    expect(unexplained(found, changelog('- hexagon-v75 qnn-dlc int8: why; coverage falls: why')).length).toBe(0)
    expect(unexplained(found, changelog('- hexagon-v75 qnn-dlc int8: why')).map(({ subject }) => subject)).toEqual([
      'coverage',
      'coverage',
    ])
  })

  test('is not explained by an older section or by another heading', () => {
    const elsewhere =
      '# Changelog\n\n## Unreleased\n*New*\n- hexagon-v75 qnn-dlc int8, coverage\n\n## 0.1.0\n*Numbers changed*\n- coverage\n'
    expect(unexplained(found, elsewhere)).toEqual(found)
  })
})
