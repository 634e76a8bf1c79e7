import { describe, expect, test } from 'vitest'
import { byLevel, isOnTarget } from '../../../calibration/validation/by-level.ts'
import { levelTable } from '../../../calibration/validation/exceptions.ts'
import { unlistedLevels } from '../../../calibration/validation/listed.ts'
import type { ScoredRow } from '../../../calibration/validation/score.ts'
import { readTable } from '../../../calibration/validation/tables.ts'
import { ProblemError } from '../../../simulator/problem.ts'
import { measuredRows } from './measured-rows.ts'

const [row] = await measuredRows([{ preset_id: 'resnet18', device_id: 'rk3588', latency_ms: 1 }])
if (row === undefined) throw new Error('no row')
const { asked } = row

const scored = (...measured: number[]): ScoredRow[] =>
  measured.map((value) => ({
    asked,
    sourceId: 's',
    predicted: 10,
    measured: value,
    weight: 1,
    interval: { availability: 'available', p50: 10, pi80: [8, 12.5], pi95: [5, 20] },
  }))

describe('the held-out figures by evidence label', () => {
  test('are those of the rows held out at that distance', () => {
    const levels = byLevel({
      measured: scored(10, 10, 10, 10),
      validated: scored(10, 10, 10, 15),
      transferred: scored(10, 30),
      extrapolated: [],
    })
    expect(levels.map(({ level }) => level)).toEqual(['measured', 'validated', 'transferred'])
    expect(levels[1]).toMatchObject({ rows: 4, coverage80Share: 0.75, coverage95Share: 1, halfWidth80Factor: 1.25 })
    expect(levels[2]?.mdApe).toBeCloseTo(1 / 3, 9)
  })

  test('are on target from 77 to 83 %', () => {
    expect([0.76, 0.77, 0.8, 0.83, 0.84].map((coverage80Share) => isOnTarget({ coverage80Share }))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
  })

  test('off target need their entry, and an entry needs them', () => {
    const levels = byLevel({ measured: [], validated: scored(10, 30), transferred: [], extrapolated: [] })
    const entry = { level: 'validated', coverage80Share: 0.5, reason: 'why', date: '2026-01-01' } as const
    expect(unlistedLevels(levels, [entry])).toEqual({ unlisted: [], stale: [] })
    expect(unlistedLevels(levels, []).unlisted).toHaveLength(1)
    expect(unlistedLevels(levels, [{ ...entry, coverage80Share: 0.6 }]).stale).toHaveLength(1)
    expect(unlistedLevels([], [entry]).stale).toHaveLength(1)
  })
})

describe('a list', () => {
  const header = 'level,coverage80_share,reason,date\n'

  test('is read with its types', () => {
    expect(readTable(levelTable, `${header}measured,0.9,why,2026-01-01\n`)).toEqual([
      { level: 'measured', coverage80Share: 0.9, reason: 'why', date: '2026-01-01' },
    ])
  })

  test.for([
    ['an unknown level', `${header}guessed,0.9,why,2026-01-01\n`],
    ['no number', `${header}measured,much,why,2026-01-01\n`],
    ['no reason', `${header}measured,0.9,,2026-01-01\n`],
    ['no date', `${header}measured,0.9,why,yesterday\n`],
    ['other columns', 'level,reason\nmeasured,why\n'],
  ] as const)('with %s is refused', ([, text]) => {
    expect(() => readTable(levelTable, text)).toThrow(ProblemError)
  })
})
