import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { resolveTarget } from '../../../simulator/hardware/target.ts'
import { type Anchor, anchorOn, type Run, soundAnchors } from '../../../simulator/predict/anchors.ts'
import { makeCalibration } from '../../support/calibration.ts'
import { cpuDevice, gpuDevice, npuDevice } from '../../support/devices.ts'
import { residualNet, separableNet } from '../../support/summaries.ts'

const calibration = makeCalibration({})
const networks = { residual: residualNet(8), deeper: residualNet(12), separable: separableNet() }

function run(device: typeof gpuDevice, network: keyof typeof networks): Run {
  return { target: resolveTarget(device), summary: networks[network], architectureId: network }
}

function anchor(device: typeof gpuDevice, network: keyof typeof networks, factor: number): Anchor {
  return { ...run(device, network), logError: Math.log(factor) }
}

describe('an anchor', () => {
  it('moves the run it measured almost all the way and narrows it most', () => {
    const { logShift, spreadShare } = anchorOn(
      calibration,
      [anchor(gpuDevice, 'residual', 3)],
      run(gpuDevice, 'residual'),
    )
    expect(Math.exp(logShift)).toBeGreaterThan(2.5)
    expect(Math.exp(logShift)).toBeLessThan(3)
    expect(spreadShare).toBeLessThan(0.4)
  })

  it('moves other networks on the same target, those that are alike further', () => {
    const anchors = [anchor(gpuDevice, 'residual', 3)]
    const alike = anchorOn(calibration, anchors, run(gpuDevice, 'deeper'))
    const other = anchorOn(calibration, anchors, run(gpuDevice, 'separable'))
    expect(alike.logShift).toBeGreaterThan(other.logShift)
    expect(other.logShift).toBeGreaterThan(0)
    expect(alike.spreadShare).toBeLessThan(other.spreadShare)
  })

  it('says nothing about another kind of hardware', () => {
    const elsewhere = anchorOn(calibration, [anchor(gpuDevice, 'residual', 3)], run(cpuDevice, 'residual'))
    expect(elsewhere).toEqual({ logShift: 0, spreadShare: 1 })
  })

  test.prop([fc.array(fc.double({ min: 0.2, max: 5, noNaN: true }), { maxLength: 5 })])(
    'never widens an interval, however many there are',
    (factors) => {
      const anchors = factors.map((factor) => anchor(npuDevice, 'residual', factor))
      const { spreadShare } = anchorOn(calibration, anchors, run(npuDevice, 'deeper'))
      expect(spreadShare).toBeGreaterThan(0)
      expect(spreadShare).toBeLessThanOrEqual(1)
    },
  )
})

describe('a wrong anchor', () => {
  it('off by ten, whatever the unit, is caught alone', () => {
    for (const factor of [10, 0.1]) {
      const { sound, wrong } = soundAnchors(calibration, [anchor(gpuDevice, 'residual', factor)])
      expect(sound).toEqual([])
      expect(wrong).toHaveLength(1)
      expect(wrong[0]?.factor).toBeCloseTo(factor)
    }
  })

  it('is caught by others that agree', () => {
    const anchors = [
      anchor(gpuDevice, 'residual', 2),
      anchor(gpuDevice, 'deeper', 9),
      anchor(gpuDevice, 'separable', 2.1),
      anchor(gpuDevice, 'residual', 1.9),
    ]
    expect(soundAnchors(calibration, anchors).wrong.map(({ index }) => index)).toEqual([1])
  })

  it('is not made of one that is merely surprising', () => {
    expect(soundAnchors(calibration, [anchor(gpuDevice, 'residual', 3)]).wrong).toEqual([])
  })
})
