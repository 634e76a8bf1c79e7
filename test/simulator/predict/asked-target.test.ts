import { describe, expect, it } from 'vitest'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { askedTarget } from '../../../simulator/predict/asked-target.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import { allDevices, gpuDevice } from '../../support/devices.ts'
import { residualNet } from '../../support/summaries.ts'

const summary = residualNet(4)

describe('the target of a request', () => {
  it('is the one that the prediction is about', () => {
    for (const device of allDevices) {
      const request = { summary, device, modelId: 'm', peers: noPeers, catalogVersion: 't' }
      const { unit, runtime, precision, powerModeId } = askedTarget(request)
      const { unitId, runtimeId, precision: answered, powerMode } = predict(request)
      expect([unitId, runtimeId, answered, powerMode]).toEqual([unit.id, runtime.id, precision, powerModeId])
    }
  })

  it('has what was wished for before what the model prefers', () => {
    expect(askedTarget({ summary, device: gpuDevice }).precision).toBe('fp32')
    expect(askedTarget({ summary, device: gpuDevice, precision: 'int8' }).precision).toBe('int8')
  })
})
