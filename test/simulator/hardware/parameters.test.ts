import { describe, expect, it } from 'vitest'
import { operatorClasses } from '../../../simulator/graph/summary.ts'
import { defaultParameters } from '../../../simulator/hardware/default-parameters.ts'
import { unitKinds } from '../../../simulator/hardware/device.ts'
import { baseParameters } from '../../../simulator/hardware/kind-parameters.ts'
import { parametersFor } from '../../../simulator/hardware/parameters.ts'
import { resolveTarget } from '../../../simulator/hardware/target.ts'
import { npuDevice } from '../../support/devices.ts'

const target = resolveTarget(npuDevice)

describe('constants', () => {
  it('of a runtime win over those of its kind of unit, and leave the others alone', () => {
    const merged = parametersFor(target, baseParameters, {
      'npu|vendor': { perKernelS: 2e-6, overlapExponent: 3 },
      npu: { perKernelS: 1e-6, bandwidthEfficiency: 0.9 },
      gpu: { bandwidthEfficiency: 0.1 },
    })
    expect(merged).toMatchObject({ perKernelS: 2e-6, overlapExponent: 3, bandwidthEfficiency: 0.9 })
    expect(merged.halfSizeBytes).toBe(baseParameters.halfSizeBytes)
  })

  it('may be set for one operator class', () => {
    const merged = parametersFor(target, baseParameters, { npu: { efficiency: { convolution: 0.9 } } })
    expect(merged.efficiency).toEqual({ ...baseParameters.efficiency, convolution: 0.9 })
  })
})

describe('the defaults that ship', () => {
  it.each(unitKinds)('for %s are efficiencies in (0, 1] and times that are not negative', (kind) => {
    const merged = { ...baseParameters, ...defaultParameters[kind] }
    for (const operatorClass of operatorClasses) {
      const value = merged.efficiency?.[operatorClass] ?? baseParameters.efficiency[operatorClass]
      expect(value).toBeGreaterThan(0)
      expect(value).toBeLessThanOrEqual(1)
    }
    for (const share of [merged.vectorEfficiency, merged.bandwidthEfficiency]) {
      expect(share).toBeGreaterThan(0)
      expect(share).toBeLessThanOrEqual(1)
    }
    expect(merged.overlapExponent).toBeGreaterThanOrEqual(1)
    expect(Math.min(merged.perKernelS, merged.perInferenceS, merged.perForkS)).toBeGreaterThanOrEqual(0)
  })
})
