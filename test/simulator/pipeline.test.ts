/** The whole pipeline through the public API alone, from the bytes of a file to a report. */
import { describe, expect, it } from 'vitest'
import { buildPreset } from '../../model-zoo/index.ts'
import {
  bindShapes,
  buildReport,
  canonicalJson,
  checkFit,
  endToEnd,
  fromBytes,
  makePeerFacts,
  makeWorkloads,
  modelId,
  openModel,
  predict,
  summarize,
  writeOnnx,
} from '../../simulator/index.ts'
import { allDevices } from '../support/devices.ts'

describe('the pipeline', () => {
  it('answers the same for a file as for the preset that it was written from', async () => {
    const preset = buildPreset('squeezenet1-1')
    const { graph } = await openModel(fromBytes(writeOnnx(preset, { seed: 1 })), 'squeezenet.onnx')
    const summaries = [preset, graph].map((each) => summarize(bindShapes(each, {}), 'squeezenet'))
    const ids = await Promise.all(summaries.map(modelId))
    expect(new Set(ids).size).toBe(1)

    const peers = makePeerFacts(allDevices)
    const [ofPreset, ofFile] = summaries.map((summary) => {
      const workloads = makeWorkloads(summary)
      const rows = allDevices.map((device) => {
        const prediction = predict({ summary, workloads, modelId: 'same', device, peers, catalogVersion: 'test' })
        return {
          deviceName: device.name,
          prediction,
          fit: checkFit(prediction, { maxLatencyMs: 33, maxPowerW: 10 }, null),
        }
      })
      return canonicalJson(buildReport({ title: 'test', model: { name: 'squeezenet', summary }, budget: {}, rows }))
    })
    expect(ofFile).toBe(ofPreset)
  })

  it('goes on over a network', () => {
    const summary = summarize(bindShapes(buildPreset('resnet8-ic'), {}), 'resnet8')
    const [device] = allDevices
    if (device === undefined) throw new Error('one device')
    const { latencyMs } = predict({ summary, modelId: 'm', device, peers: makePeerFacts([]), catalogVersion: 't' })
    const path = endToEnd({ inferenceMs: latencyMs, network: null, uplinkBytes: 3072, downlinkBytes: 40, isWarm: true })
    expect(path.totalMs).toEqual(latencyMs)
  })
})
