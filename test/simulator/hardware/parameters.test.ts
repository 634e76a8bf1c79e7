import { describe, expect, it } from 'vitest'
import type { RuntimeId } from '../../../device-catalog/runtimes/index.ts'
import { operatorClasses } from '../../../simulator/graph/summary.ts'
import { parametersFor } from '../../../simulator/hardware/default-parameters.ts'
import { unitKinds } from '../../../simulator/hardware/device.ts'
import { baseParameters, kindParameters } from '../../../simulator/hardware/kind-parameters.ts'
import { resolveTarget } from '../../../simulator/hardware/target.ts'
import { makeDevice, makeUnit } from '../../support/devices.ts'

const device = (runtime: RuntimeId) => makeDevice([makeUnit({ kind: 'gpu', runtime, precisions: ['fp16'] })])
const of = (runtime: RuntimeId) => parametersFor(resolveTarget(device(runtime)))

describe('constants', () => {
  it('of a runtime win over those of its kind of unit, and leave the others alone', () => {
    expect(of('tensorrt')).toMatchObject({ perKernelS: 3e-6, perInferenceS: 40e-6 })
    expect(of('tensorrt').halfSizeBytes).toBe({ ...baseParameters, ...kindParameters.gpu }.halfSizeBytes)
    expect(of('vendor')).toEqual({ ...baseParameters, ...kindParameters.gpu })
  })

  it('scale the efficiency of the kind by what a runtime reaches of it', () => {
    const { convolution } = kindParameters.gpu.efficiency
    expect(of('ncnn-vulkan').efficiency.convolution).toBeCloseTo(0.4 * convolution, 12)
  })

  it('may be set for one operator class', () => {
    const target = resolveTarget(device('vendor'))
    const merged = parametersFor(target, { efficiency: { convolution: 0.9 } })
    expect(merged.efficiency).toEqual({ ...kindParameters.gpu.efficiency, convolution: 0.9 })
  })
})

describe('the defaults that ship', () => {
  it.each(unitKinds)('for %s are efficiencies in (0, 1] and times that are not negative', (kind) => {
    const merged = { ...baseParameters, ...kindParameters[kind] }
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
