import { describe, expect, it } from 'vitest'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { askedTarget } from '../../../simulator/predict/asked-target.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import { allDevices, gpuDevice } from '../../support/devices.ts'
import { residualNet } from '../../support/summaries.ts'
import { GraphBuilder } from '../graph/build-graph.ts'

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
    const quantized = new GraphBuilder()
    const x = quantized.input('x', [1, 64], 'int8')
    quantized.declare('y', [1, 64], 'int8')
    quantized.node('tflite.FULLY_CONNECTED', [x, quantized.weight('w', [64, 64], 'int8')], {}, ['y'])
    const int8 = summarize(inferShapes(quantized.output('y').build(), {}), 'int8')
    expect(askedTarget({ summary, device: gpuDevice }).precision).toBe('fp16')
    expect(askedTarget({ summary: int8, device: gpuDevice }).precision).toBe('int8')
    expect(askedTarget({ summary: int8, device: gpuDevice, precision: 'fp32' }).precision).toBe('fp32')
  })
})
