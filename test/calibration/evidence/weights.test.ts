import { test as propertyTest } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadEvidence } from '../../../calibration/evidence/load.ts'
import { type EvidenceRow, readEvidence } from '../../../calibration/evidence/read.ts'
import { deviceGroups, evidenceWeights } from '../../../calibration/evidence/weights.ts'
import { csvText } from '../../../simulator/report/csv.ts'

const header = ['row_id', 'source_id', 'preset_id', 'device_id', 'runtime', 'runtime_version', 'latency_ms', 'trust']
const oneOrigin = () => 'origin'

/** Rows of device, preset, version, latency and trust; ids are their positions. */
function rowsOf(
  ...rows: readonly (readonly [device: string, preset: string, version: string, ms: number, trust?: number])[]
) {
  return readEvidence(
    csvText([
      header,
      ...rows.map(([device, preset, version, ms, trust = 4], index) => [
        String(index),
        'source',
        preset,
        device,
        'rt',
        version,
        String(ms),
        String(trust),
      ]),
    ]),
  )
}

function weightsOf(rows: readonly EvidenceRow[]) {
  const weights = evidenceWeights(rows, oneOrigin)
  return rows.map(({ rowId }) => weights.get(rowId))
}

describe('the weight of a row', () => {
  test('is shared by releases that print the same figure again', () => {
    expect(weightsOf(rowsOf(['a', 'p', '1', 5.21], ['a', 'p', '2', 5.21], ['a', 'p', '3', 4.9]))).toEqual([0.5, 0.5, 1])
  })

  test('is shared by devices whose figures are mostly equal, in the equal rows alone', () => {
    const rows = rowsOf(
      ['a', 'p', '', 1.11],
      ['a', 'q', '', 2.22],
      ['a', 'r', '', 3.3],
      ['b', 'p', '', 1.11],
      ['b', 'q', '', 2.22],
      ['b', 'r', '', 3.4],
    )
    expect(weightsOf(rows)).toEqual([0.5, 0.5, 1, 0.5, 0.5, 1])
  })

  test('is whole where two devices agree by chance', () => {
    const rows = rowsOf(
      ['a', 'p', '', 1],
      ['a', 'q', '', 2.2],
      ['a', 'r', '', 3.3],
      ['b', 'p', '', 1],
      ['b', 'q', '', 2.5],
      ['b', 'r', '', 3.4],
    )
    expect(weightsOf(rows)).toEqual([1, 1, 1, 1, 1, 1])
  })

  test('is nothing at trust 1, which takes nothing from others either', () => {
    expect(weightsOf(rowsOf(['a', 'p', '1', 5.21, 1], ['a', 'p', '2', 5.21]))).toEqual([0, 1])
  })

  propertyTest.prop([
    fc.array(
      fc.tuple(
        fc.constantFrom('a', 'b', 'c'),
        fc.constantFrom('p', 'q'),
        fc.constantFrom('1', '2'),
        fc.constantFrom(1, 2, 3),
        fc.constantFrom(1, 4),
      ),
      { maxLength: 20 },
    ),
  ])('lies in [0, 1], and copies are worth one together', (specs) => {
    const rows = rowsOf(...specs)
    const weights = evidenceWeights(rows, oneOrigin)
    for (const { rowId, trust } of rows) {
      const weight = weights.get(rowId) ?? Number.NaN
      expect(trust === 1 ? weight === 0 : weight > 0 && weight <= 1).toBe(true)
    }
    const figures = new Set(
      rows
        .filter(({ trust }) => trust > 1)
        .map(({ pair, presetId, latencyMs }) => `${pair.deviceId} ${presetId} ${latencyMs}`),
    )
    const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
    expect(total).toBeLessThanOrEqual(figures.size + 1e-9)
  })
})

describe('devices that the evidence cannot tell apart', () => {
  test('are held out together', () => {
    const rows = rowsOf(
      ['b', 'p', '', 1.11],
      ['b', 'q', '', 2.22],
      ['a', 'p', '', 1.11],
      ['a', 'q', '', 2.22],
      ['c', 'p', '', 7],
    )
    expect(Object.fromEntries(deviceGroups(rows, oneOrigin))).toEqual({ a: 'a', b: 'a', c: 'c' })
  })

  test('are found among the published rows: a proxy board and two chips that share a table', () => {
    const { rows, sources } = loadEvidence()
    const groups = deviceGroups(rows, (id) => sources.get(id)?.origin ?? id)
    expect([...groups].filter(([id, group]) => id !== group)).toEqual([
      ['am67a', 'am62a'],
      ['hailo-15h', 'hailo-10h'],
      ['sa7255p', 'qcs8275'],
    ])
  })
})
