import { describe, expect, it } from 'vitest'
import { loadCalibration } from '../../../device-catalog/calibration.ts'
import { catalog, findDevice } from '../../../device-catalog/index.ts'
import { buildPreset, presetDecoder } from '../../../model-zoo/index.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { makePeerFacts } from '../../../simulator/hardware/missing.ts'
import { anchorAt } from '../../../simulator/predict/anchors.ts'
import { predictLanguageModel } from '../../../simulator/predict/language-model.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import type { Explanation, Prediction } from '../../../simulator/predict/prediction.ts'
import type { PredictionRequest } from '../../../simulator/predict/request.ts'
import { nodesOf, worstMismatch } from '../../support/explanation.ts'

const calibration = loadCalibration()

const peers = makePeerFacts(catalog)

function question(preset: string, deviceId: string, wishes: Partial<PredictionRequest> = {}): PredictionRequest {
  const device = findDevice(deviceId)
  if (device === null) throw new Error(`no device ${deviceId}`)
  const summary = summarize(bindShapes(buildPreset(preset), {}), preset)
  const about = { summary, modelId: preset, device, peers, catalogVersion: 'test' }
  return { ...about, calibration, explain: 'all', ...wishes }
}

/** Every value follows from its inputs, and the root is the answer. */
function expectExplained({ explanation, latencyMs }: Prediction): Explanation[] {
  const { error, at } = worstMismatch(explanation)
  expect(error, at).toBeLessThan(1e-9)
  expect(latencyMs).toMatchObject({ availability: 'available' })
  if (latencyMs.availability === 'available') {
    expect(Math.abs(explanation.value / latencyMs.p50 - 1)).toBeLessThan(1e-9)
  }
  return nodesOf(explanation)
}

describe('an explanation multiplies out to the answer', () => {
  it.each([
    ['a CPU', 'resnet50', 'raspberry-pi-4b', { unit: 'cpu' }],
    ['a GPU', 'resnet50', 'jetson-orin-nano-8gb', { unit: 'gpu' }],
    ['a dataflow unit', 'resnet50-v1-slim', 'hailo-8', {}],
    ['a microcontroller', 'mobilenet-v1-0.25', 'stm32h743zi', {}],
    ['without calibration', 'resnet50', 'jetson-orin-nano-8gb', { calibration: null }],
    ['the largest kernels as an outline', 'resnet50', 'raspberry-pi-4b', { explain: undefined }],
  ] as const)('%s', (_, preset, device, wishes) => {
    expectExplained(predict(question(preset, device, wishes)))
  })

  it('names each factor with its scope and the rows of the devices behind it', () => {
    const nodes = expectExplained(predict(question('resnet50', 'raspberry-pi-4b', { unit: 'cpu' })))
    const learnt = nodes.filter(({ scope }) => scope !== undefined)
    expect(learnt.length).toBeGreaterThan(0)
    expect(learnt.some(({ formula }) => formula === 'CAL-1')).toBe(true)
    expect(learnt.some(({ formula }) => formula === 'CAL-3')).toBe(true)
    for (const { scope, rows, devices } of learnt) {
      expect(calibration.evidence[scope ?? '']).toMatchObject({ rows, devices })
    }
  })

  it('an NPU that leaves part of the network to the processor', () => {
    const prediction = predict(question('yolov8n', 'rzv2h', { unit: 'npu' }))
    const nodes = expectExplained(prediction)
    expect(nodes.some(({ formula }) => formula === 'PLACE-4')).toBe(true)
  })

  it('both passes of a language model', async () => {
    const config = presetDecoder('qwen2-1.5b')
    const device = findDevice('raspberry-pi-5')
    if (config === null || device === null) throw new Error('the model or the board is gone')
    const about = { device, peers, catalogVersion: 'test', calibration, explain: 'all' } as const
    const { prefill, step } = await predictLanguageModel({ ...about, model: { name: 'qwen2-1.5b', config } })
    for (const pass of [prefill, step]) {
      expect(expectExplained(pass).some(({ formula }) => formula.startsWith('LM-'))).toBe(true)
    }
  })

  it('an answer that results of the user narrow', () => {
    const asked = question('resnet50', 'jetson-orin-nano-8gb', { unit: 'gpu' })
    const nodes = expectExplained(predict({ ...asked, anchors: [anchorAt(asked, Math.log(1.4))] }))
    expect(nodes.some(({ formula }) => formula === 'CAL-5')).toBe(true)
  })
})
