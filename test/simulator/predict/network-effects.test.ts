import { describe, expect, it } from 'vitest'
import { networkFeatures } from '../../../simulator/predict/likeness.ts'
import {
  effectAt,
  isMeasuredIn,
  type NetworkEffects,
  placeNetwork,
} from '../../../simulator/predict/network-effects.ts'
import { residualNet, separableNet } from '../../support/summaries.ts'

const measured = residualNet(8)
const effects: NetworkEffects = {
  networks: [{ architectureId: 'measured', features: networkFeatures(measured) }],
  weights: { gpu: [[0, 2]] },
}

function effectFor(summary: typeof measured, architectureId: string, scope = 'gpu'): number {
  return effectAt(effects, placeNetwork(effects, summary, architectureId), 'network', scope, 0)
}

describe('the effect of a network', () => {
  it('is greatest for the one that was measured, less for one that is alike, least for another kind', () => {
    const own = effectFor(measured, 'measured')
    const alike = effectFor(residualNet(9), 'new')
    const other = effectFor(separableNet(), 'new')
    expect(own).toBeCloseTo(2 * 0.35 ** 2)
    expect(alike).toBeLessThan(own)
    expect(alike).toBeGreaterThan(other)
    expect(other).toBeGreaterThan(0)
  })

  it('is none where nothing of the kind was measured', () => {
    expect(effectFor(measured, 'measured', 'npu')).toBe(0)
  })

  it('tells a network that was measured in a scope from one that was not', () => {
    const isMeasured = (modelId: string, scope: string) =>
      isMeasuredIn(effects, placeNetwork(effects, residualNet(8), modelId), scope)
    expect(isMeasured('measured', 'gpu')).toBe(true)
    expect(isMeasured('measured', 'npu')).toBe(false)
    expect(isMeasured('new', 'gpu')).toBe(false)
  })
})
