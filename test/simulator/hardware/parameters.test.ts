import { describe, expect, it } from 'vitest'
import { operatorClasses } from '../../../simulator/graph/summary.ts'
import { defaultParameters } from '../../../simulator/hardware/default-parameters.ts'
import { unitKinds } from '../../../simulator/hardware/device.ts'
import { baseParameters } from '../../../simulator/hardware/kind-parameters.ts'
import { type ParameterTable, parametersFor } from '../../../simulator/hardware/parameters.ts'
import { resolveTarget } from '../../../simulator/hardware/target.ts'
import { npuDevice } from '../../support/devices.ts'

const target = resolveTarget(npuDevice)
const table = (scopes: ParameterTable['scopes']): ParameterTable => ({ status: 'calibrated', scopes })

describe('fitted constants', () => {
  it('of a narrower scope win, and leave the others alone', () => {
    const fitted = parametersFor(target, baseParameters, [
      table({
        'device:npu-device|npu|vendor|int8': { perKernelS: 4e-6 },
        'family:test-npu|vendor': { perKernelS: 3e-6, overlapExponent: 2 },
        'npu|vendor': { perKernelS: 2e-6, overlapExponent: 3, bandwidthEfficiency: 0.9 },
        npu: { perKernelS: 1e-6 },
        gpu: { bandwidthEfficiency: 0.1 },
      }),
    ])
    expect(fitted).toMatchObject({ perKernelS: 4e-6, overlapExponent: 2, bandwidthEfficiency: 0.9 })
    expect(fitted.halfSizeBytes).toBe(baseParameters.halfSizeBytes)
  })

  it('may set one operator class', () => {
    const fitted = parametersFor(target, baseParameters, [table({ npu: { efficiency: { convolution: 0.9 } } })])
    expect(fitted.efficiency).toEqual({ ...baseParameters.efficiency, convolution: 0.9 })
  })

  it('of a later table win over the defaults that ship', () => {
    const fitted = parametersFor(target, baseParameters, [defaultParameters, table({ npu: { perInferenceS: 7 } })])
    expect(fitted.perInferenceS).toBe(7)
  })
})

describe('the defaults that ship', () => {
  it.each(unitKinds)('for %s are efficiencies in (0, 1] and times that are not negative', (kind) => {
    const merged = { ...baseParameters, ...defaultParameters.scopes[kind] }
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
