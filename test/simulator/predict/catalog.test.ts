/** Predictions on the real catalog and real networks: every target answers, and published results lie where they should. */
import { describe, expect, it, test } from 'vitest'
import { catalog } from '../../../device-catalog/index.ts'
import { buildPreset } from '../../../model-zoo/index.ts'
import { makeWorkloads, type Workloads } from '../../../simulator/cost/workload.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { makePeerFacts } from '../../../simulator/hardware/missing.ts'
import { canonicalJson } from '../../../simulator/json.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import type { PredictionRequest } from '../../../simulator/predict/request.ts'

const peers = makePeerFacts(catalog)
const counted = new Map<string, Workloads>()

function workloadsOf(presetId: string): Workloads {
  const known = counted.get(presetId)
  if (known !== undefined) return known
  const made = makeWorkloads(summarize(bindShapes(buildPreset(presetId), {}), presetId))
  counted.set(presetId, made)
  return made
}

function ask(presetId: string, deviceId: string, wishes: Partial<PredictionRequest>) {
  const device = catalog.find(({ id }) => id === deviceId)
  if (device === undefined) throw new Error(`no device ${deviceId}`)
  const workloads = workloadsOf(presetId)
  return predict({ summary: workloads.summary, workloads, modelId: 'm', device, peers, catalogVersion: 't', ...wishes })
}

describe('the catalog', () => {
  it('answers on every unit, runtime and precision, in plain JSON', () => {
    const targets = catalog.flatMap(({ id, units }) =>
      units.flatMap((unit) =>
        unit.runtimes.flatMap((runtime) =>
          runtime.precisions.map((precision) => ({ id, unit: unit.id, runtime: runtime.id, precision })),
        ),
      ),
    )
    const unanswered = targets.filter(({ id, ...wishes }) => {
      const { latencyMs, ...rest } = ask('mobilenet-v1-0.25', id, wishes)
      return latencyMs.availability === 'unavailable' || !canonicalJson({ ...rest, latencyMs }).startsWith('{')
    })
    expect(unanswered).toEqual([])
    expect(targets.length).toBeGreaterThan(1000)
  }, 60_000)

  it.each(catalog.flatMap(({ id, powerModes }) => powerModes.map((mode) => [id, mode.id] as const)))(
    'answers for %s in mode %s within the power it allows',
    (deviceId, powerMode) => {
      const answer = ask('resnet50', deviceId, { powerMode })
      const budgetW = catalog.find(({ id }) => id === deviceId)?.powerModes.find(({ id }) => id === powerMode)?.budgetW
      if (budgetW == null || answer.powerW.availability === 'unavailable') return
      expect(answer.powerW.p50).toBeLessThanOrEqual(budgetW.value * (1 + 1e-9))
    },
  )
})

/** Latency in ms as published; the uncalibrated law must have it within its 95 % interval. */
const published: readonly (readonly [string, string, Partial<PredictionRequest>, number, string])[] = [
  ['resnet50', 'galaxy-s24', { unit: 'npu', runtime: 'qnn-dlc', precision: 'int8' }, 0.687, 'Qualcomm AI Hub 52c080d'],
  [
    'mobilenet-v2-1.0',
    'galaxy-s24',
    { unit: 'npu', runtime: 'qnn-dlc', precision: 'fp16' },
    0.603,
    'Qualcomm AI Hub 52c080d',
  ],
  [
    'resnet50',
    'iphone-14-pro',
    { unit: 'npu', runtime: 'coreml', precision: 'fp16' },
    1.52,
    'coremltools performance guide',
  ],
  [
    'resnet18',
    'raspberry-pi-5',
    { unit: 'cpu', runtime: 'ncnn', precision: 'fp16', threads: 4 },
    19.96,
    'ncnn benchmark',
  ],
  ['resnet50-v2', 'rk3588', { unit: 'npu', runtime: 'rknn', precision: 'int8' }, 1000 / 110.1, 'rknn_model_zoo 2.3.2'],
  [
    'mobilenet-v1-1.0',
    'stm32n657-npu',
    { unit: 'npu', runtime: 'stedgeai', precision: 'int8' },
    16.94,
    'STM32 model zoo',
  ],
  ['resnet8-ic', 'stm32l4r5zi', { runtime: 'cube-ai', precision: 'int8' }, 1000 / 6.056, 'MLPerf Tiny v1.2'],
  ['resnet8-ic', 'gap9-240', { unit: 'npu', precision: 'int8' }, 1000 / 1053.364, 'MLPerf Tiny v1.0'],
]

describe('a published result', () => {
  test.for(published)('of %s on %s lies within the 95 %% interval', ([presetId, deviceId, wishes, latencyMs]) => {
    const answer = ask(presetId, deviceId, wishes).latencyMs
    if (answer.availability === 'unavailable') throw new Error('available')
    expect(latencyMs).toBeGreaterThan(answer.pi95[0])
    expect(latencyMs).toBeLessThan(answer.pi95[1])
  })
})
