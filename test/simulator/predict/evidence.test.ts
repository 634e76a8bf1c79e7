import { describe, expect, it } from 'vitest'
import { loadCalibration } from '../../../device-catalog/calibration.ts'
import { catalog, findDevice } from '../../../device-catalog/index.ts'
import { buildPreset, presetDecoder } from '../../../model-zoo/index.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { modelId } from '../../../simulator/graph/model-id.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { makePeerFacts } from '../../../simulator/hardware/missing.ts'
import { anchorAt, soundAnchors } from '../../../simulator/predict/anchors.ts'
import { predictLanguageModel } from '../../../simulator/predict/language-model.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import type { Metric } from '../../../simulator/predict/prediction.ts'
import type { PredictionRequest } from '../../../simulator/predict/request.ts'

const calibration = loadCalibration()

const peers = makePeerFacts(catalog)

function device(id: string) {
  const found = findDevice(id)
  if (found === null) throw new Error(`no device ${id}`)
  return found
}

async function question(preset: string, deviceId: string, wishes: Partial<PredictionRequest> = {}) {
  const summary = summarize(bindShapes(buildPreset(preset), {}), preset)
  const about = { summary, modelId: await modelId(summary), device: device(deviceId), peers }
  return { ...about, catalogVersion: 'test', calibration, ...wishes }
}

function isInside(metric: Metric, value: number): boolean {
  return metric.availability === 'available' && value >= metric.pi80[0] && value <= metric.pi80[1]
}

function medianMs(metric: Metric): number {
  if (metric.availability === 'unavailable') throw new Error(metric.missing)
  return metric.p50
}

describe('the level of evidence', () => {
  it('is measured where this very pair was published, whose figures stand in the answer', async () => {
    const { evidence, measured, throughputPerS } = predict(await question('resnet50-v1-slim', 'hailo-8'))
    expect(evidence).toMatchObject({ level: 'measured', networks: 1, devices: 1 })
    expect(evidence.rows).toBe(measured.length)
    expect(measured).toContainEqual(expect.objectContaining({ throughputPerS: 1372, precision: 'int8', batch: 1 }))
    expect(measured.every(({ source, url }) => source !== '' && url !== '')).toBe(true)
    expect(isInside(throughputPerS, 1372)).toBe(true)
  })

  it('is validated on a target that was measured with other networks', async () => {
    const { evidence, measured } = predict(await question('blazeface-128', 'hailo-8'))
    expect(evidence.level).toBe('validated')
    expect(evidence.networks).toBeGreaterThan(1)
    expect(evidence.devices).toBe(1)
    expect(measured).toEqual([])
  })

  it.each(['graphcore-bow', 'cerebras-wse3', 'edgecortix-sakura-ii-m2'])(
    'is extrapolated where no row exists: %s',
    async (id) => {
      const { evidence, latencyMs } = predict(await question('resnet50', id))
      expect(evidence.level).toBe('extrapolated')
      expect(latencyMs.availability).toBe('available')
    },
  )

  it('is extrapolated with no rows without a calibration', async () => {
    const { evidence } = predict(await question('resnet50', 'hailo-8', { calibration: null }))
    expect(evidence).toMatchObject({ level: 'extrapolated', rows: 0, networks: 0, devices: 0, anchored: false })
  })

  it('has errors of its own, wider the farther the evidence is', () => {
    const widthOf = (level: keyof typeof calibration.widths) => calibration.widths[level].all?.log80 ?? 0
    expect(widthOf('measured')).toBeLessThan(widthOf('validated'))
    expect(widthOf('validated')).toBeLessThan(widthOf('transferred'))
    expect(widthOf('transferred')).toBeLessThan(widthOf('extrapolated'))
  })
})

describe('a true result of the user for a pair that was published', () => {
  it('is not refused: ResNet-50 on Hailo-8', async () => {
    const asked = await question('resnet50-v1-slim', 'hailo-8')
    const latencyMs = medianMs(predict(asked).latencyMs)
    // Published beside the rate of the same release.
    expect(soundAnchors(calibration, [anchorAt(asked, Math.log(2.93646 / latencyMs))]).wrong).toEqual([])
  })

  it('is not refused: Qwen2-1.5B on RK3588', async () => {
    const config = presetDecoder('qwen2-1.5b')
    if (config === null) throw new Error('the model is gone')
    const about = {
      device: device('rk3588'),
      peers,
      catalogVersion: 'test',
      calibration,
      unit: 'npu',
      precision: 'int8',
    }
    const { tokensPerS, step } = await predictLanguageModel({ ...about, model: { name: 'qwen2-1.5b', config } })
    expect(step.measured).toContainEqual(expect.objectContaining({ tokensPerS: 16.69 }))
    expect(isInside(tokensPerS, 16.69)).toBe(true)
    expect(Math.abs(Math.log(1000 / 16.69 / medianMs(step.latencyMs)))).toBeLessThan(0.3)
  })
})
