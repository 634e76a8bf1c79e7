import { beforeAll, describe, expect, test, vi } from 'vitest'
import { catalog } from '../../device-catalog/index.ts'
import { networks } from '../../device-catalog/networks.ts'
import { buildPreset } from '../../model-zoo/index.ts'
import { writeOnnx } from '../../simulator/export/onnx.ts'
import type { Prediction } from '../../simulator/predict/prediction.ts'
import { ProblemError } from '../../simulator/problem.ts'
import { choosePlaces } from '../../web/app/answer/place-devices.ts'
import type { OwnResult } from '../../web/app/state/portal-state.ts'
import { makeModelService } from '../../web/app/workers/make-model-service.ts'
import type { OpenedModel } from '../../web/app/workers/model-service.ts'
import type { Progress } from '../../web/app/workers/rpc.ts'
import type { WorkbenchQuestion } from '../../web/app/workers/workbench-question.ts'
import { catalogJson } from '../../web/catalog-plugin.ts'

/** The whole catalog is predicted here; a busy machine may take its time. */
vi.setConfig({ testTimeout: 60_000 })

const progress: Progress[] = []
const service = makeModelService(
  (step) => progress.push(step),
  async () => JSON.parse(catalogJson()),
)
let model: OpenedModel

beforeAll(async () => {
  model = await service.openPreset('mobilenet-v1-0.25')
})

function question(rest: Partial<WorkbenchQuestion> = {}): WorkbenchQuestion {
  const { summary, id } = model
  const device = 'jetson-orin-nano-8gb'
  return { summary, modelId: id, preset: 'mobilenet-v1-0.25', device, choice: {}, whatIf: {}, ownResults: [], ...rest }
}

describe('runtimes of a device', () => {
  const listed = async (preset: string, device: string) => {
    const { summary, id } = await service.openPreset(preset)
    const units = await service.runnable(question({ summary, modelId: id, preset, device }))
    return units.flatMap(({ runtimeIds }) => runtimeIds)
  }

  test('are those that execute the network: language runtimes for language models, and vice versa', async () => {
    const forImages = await listed('mobilenet-v1-0.25', 'jetson-orin-nano-8gb')
    expect(forImages).toContain('tensorrt')
    expect(forImages.filter((id) => id.startsWith('llama'))).toEqual([])
    expect(await listed('qwen2-0.5b', 'jetson-orin-nano-8gb')).toContain('llama.cpp-cuda')
    const onRockchip = await listed('qwen2-0.5b', 'rk3588')
    expect(onRockchip).toContain('rkllm')
    expect(onRockchip).not.toContain('rknn')
    expect(await listed('mobilenet-v1-0.25', 'rk3588')).toContain('rknn')
  })
})

describe('opening a model', () => {
  test('a file gives the same graph id as the preset it was written from', async () => {
    const bytes = writeOnnx(buildPreset('mobilenet-v1-0.25'), { seed: 1 })
    const reading = await service.openFiles([new File([new Uint8Array(bytes)], 'net.onnx')], {})
    expect(reading).toMatchObject({ kind: 'opened', model: { id: model.id, name: 'net.onnx', macs: model.macs } })
    expect(progress).toContainEqual(expect.objectContaining({ stage: 'reading' }))
  })

  test('a file that is none is named for what it is', async () => {
    const png = new File([Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])], 'cat.onnx')
    await expect(service.openFiles([png], {})).rejects.toBeInstanceOf(ProblemError)
  })

  test('symbols are asked for one by one, then bound', async () => {
    const graph = buildPreset('mobilenet-v1-0.25')
    const [input = ''] = graph.inputs
    const value = graph.values.get(input)
    if (value?.shape == null) throw new Error('preset without an input shape')
    value.shape = ['N', ...value.shape.slice(1)]
    const file = new File([new Uint8Array(writeOnnx(graph, { seed: 1 }))], 'open.onnx')
    const open = await service.openFiles([file], {})
    expect(open).toMatchObject({ kind: 'open-dimensions', dimensions: [{ name: 'N' }] })
    const bound = await service.openFiles([file], { N: [1] })
    expect(bound).toMatchObject({ kind: 'opened', model: { id: model.id } })
  })
})

describe('the answer', () => {
  const budget = { maxLatencyMs: 33.3, maxPowerW: 10 }

  test('has a row or a reason for every device of the places that were chosen', async () => {
    const { rows, refused } = await service.answer(model.summary, budget, ['mcu', 'phone'], [])
    const asked = catalog.filter(({ segment }) => segment === 'mcu' || segment === 'phone').map(({ id }) => id)
    const answered = [...rows.map(({ prediction }) => prediction.deviceId), ...refused.map(({ deviceId }) => deviceId)]
    expect(answered.toSorted()).toEqual(asked.toSorted())
    expect(rows.length).toBeGreaterThan(0)
  })

  test('covers the whole catalog when no place is chosen', async () => {
    const { rows, refused } = await service.answer(model.summary, budget, [], [])
    expect(rows.length + refused.length).toBe(catalog.length)
  })

  test('moving a limit changes verdicts, not predictions', async () => {
    const before = await service.answer(model.summary, budget, ['embedded'], [])
    const after = await service.answer(model.summary, { maxLatencyMs: 1e-6 }, ['embedded'], [])
    expect(after.rows.map(({ prediction }) => prediction)).toEqual(before.rows.map(({ prediction }) => prediction))
    expect(after.rows.every(({ fit }) => fit.verdict === 'fails' || fit.verdict === 'unknown')).toBe(true)
  })

  test('agrees with the workbench, which shows every kernel', async () => {
    const { rows } = await service.answer(model.summary, budget, ['embedded'], [])
    const row = rows[0]
    if (row === undefined) throw new Error('no row')
    const { prediction: full } = await service.workbench(question({ device: row.prediction.deviceId }))
    expect(full.latencyMs).toEqual(row.prediction.latencyMs)
    expect(full.kernels.length).toBeGreaterThan(row.prediction.largestKernels.length)
  })
})

describe('the sliders of the workbench', () => {
  test('change the network of a preset, and say what that did', async () => {
    const asked = question({ device: 'raspberry-pi-4b', whatIf: { width: 0.5, prune: 0.25 } })
    const { outcome, prediction, hindered } = await service.workbench(asked)
    expect(hindered).toEqual([])
    expect(outcome?.deltas.latencyMs?.share).toBeLessThan(0)
    expect(prediction.totals.macs).toBeLessThan((model.macs ?? 0) / 2)
    expect(prediction.modelId).toBe(model.id)
  })

  test('are as they are without any change', async () => {
    const { outcome, sliders } = await service.workbench(question())
    expect(outcome).toBeNull()
    expect(sliders).toEqual({ width: true, sidePixels: 224, prune: true })
  })

  test('can resize and prune a file that was opened, and nothing of a graph that came with a link', async () => {
    const bytes = writeOnnx(buildPreset('mobilenet-v1-0.25'), { seed: 1 })
    await service.openFiles([new File([new Uint8Array(bytes)], 'net.onnx')], {})
    const file = await service.workbench(question({ preset: null, whatIf: { resolution: 0.5, prune: 0.25 } }))
    expect(file.hindered).toEqual([])
    expect(file.outcome?.deltas.latencyMs?.share).toBeLessThan(0)
    const link = await service.workbench(question({ modelId: 'another', preset: null, whatIf: { prune: 0.25 } }))
    expect(link.hindered.map(({ hindrance }) => hindrance.code)).toEqual(['needs-graph'])
    expect(link.sliders).toEqual({ width: false, sidePixels: null, prune: false })
  })

  test('set a rate at which power, heat and a battery count', async () => {
    const { powerAtRateW, prediction, sustained, battery } = await service.workbench(
      question({ whatIf: { ratePerS: 1, ambientC: 40, battery: '18650' } }),
    )
    if (powerAtRateW?.availability !== 'available' || prediction.powerW.availability !== 'available') {
      throw new Error('the device states its power')
    }
    expect(powerAtRateW.p50).toBeLessThan(prediction.powerW.p50)
    expect(sustained?.minutes).toHaveLength(30)
    expect(battery?.keepsUp).toBe(true)
  })

  test('stand beside changes to try, one call each', async () => {
    const changes = await service.proposals(question())
    expect(changes.length).toBeGreaterThan(8)
    const [first] = changes
    if (first === undefined) throw new Error('something is worth trying')
    const trial = await service.tryChange(question(), first)
    expect(trial.change).toEqual(first)
  })
})

describe("a result of the visitor's own", () => {
  const own = { modelId: '', preset: 'mobilenet-v1-0.25', device: 'jetson-orin-nano-8gb', latencyMs: 1 }

  /** A result that is `factor` times what is predicted. */
  async function resultOff(factor: number): Promise<OwnResult> {
    const { latencyMs } = (await service.workbench(question())).prediction
    if (latencyMs.availability === 'unavailable') throw new Error('nothing is predicted')
    return { ...own, modelId: model.id, latencyMs: latencyMs.p50 * factor }
  }

  test('narrows the band where it was measured, and moves the same network elsewhere', async () => {
    const ownResults = [await resultOff(1.4)]
    const [before, after] = [await service.workbench(question()), await service.workbench(question({ ownResults }))]
    expect(after.prediction.evidence.anchored).toBe(true)
    expect(bandRatio(after.prediction)).toBeLessThan(bandRatio(before.prediction))
    const elsewhere = question({ device: 'jetson-orin-nx-16gb' })
    const there = await service.workbench({ ...elsewhere, ownResults })
    expect(medianMs(there.prediction)).toBeGreaterThan(medianMs((await service.workbench(elsewhere)).prediction))
    const { rows } = await service.answer(model.summary, {}, ['embedded'], ownResults)
    const row = rows.find(({ prediction }) => prediction.deviceId === own.device)
    expect(row?.prediction.latencyMs).toEqual(after.prediction.latencyMs)
  })

  test('counts for another network on the same target, and after its file is gone from the page', async () => {
    const ownResults = [{ ...(await resultOff(1.4)), preset: null }]
    const other = await service.openPreset('mobilenet-v2-1.0')
    const asked = question({ summary: other.summary, modelId: other.id, preset: 'mobilenet-v2-1.0' })
    const anchored = await service.workbench({ ...asked, ownResults })
    expect(medianMs(anchored.prediction)).toBeGreaterThan(medianMs((await service.workbench(asked)).prediction))
  })

  test('that cannot be right is named and left out', async () => {
    const ownResults = [await resultOff(10)]
    const [check] = await service.checkOwnResults(model.summary, ownResults)
    expect(check?.factor).toBeCloseTo(10, 6)
    expect(check?.problem).toMatchObject({ code: 'implausible-anchor', where: 'results[0].latencyMs' })
    const { prediction } = await service.workbench(question({ ownResults }))
    expect(prediction).toEqual((await service.workbench(question())).prediction)
  })

  test('of a model or a device that is not here says so', async () => {
    const checks = await service.checkOwnResults(model.summary, [
      { ...own, modelId: 'elsewhere', preset: null },
      { ...own, modelId: model.id, device: 'abacus' },
    ])
    expect(checks.map(({ problem }) => problem?.code)).toEqual(['unknown-model', 'unknown-device'])
  })
})

function medianMs({ latencyMs }: Prediction): number {
  if (latencyMs.availability === 'unavailable') throw new Error('nothing is predicted')
  return latencyMs.p50
}

function bandRatio({ latencyMs }: Prediction): number {
  if (latencyMs.availability === 'unavailable') throw new Error('nothing is predicted')
  return latencyMs.pi80[1] / latencyMs.pi80[0]
}

describe('a report', () => {
  test('recomputes to the same bytes, and a changed figure is found', async () => {
    const report = await service.report({
      title: 'test',
      summary: model.summary,
      budget: { maxLatencyMs: 33.3 },
      segments: ['phone'],
      edgeRun: null,
    })
    const copy = structuredClone(report)
    expect(await service.verify(copy)).toEqual({ status: 'identical' })
    const [first, ...rest] = copy.rows
    if (first?.prediction.latencyMs.availability !== 'available') throw new Error('no latency')
    const changed = { ...first.prediction, latencyMs: { ...first.prediction.latencyMs, p50: 0.001 } }
    const verification = await service.verify({ ...copy, rows: [{ ...first, prediction: changed }, ...rest] })
    expect(verification.status).toBe('different')
  })
})

describe('the four places', () => {
  test('the network lies before edge and cloud only, and a measurement replaces the prediction', async () => {
    const chosen = choosePlaces(catalog, undefined, {})
    const network = networks.find(({ uplinkBytesPerS, downlinkBytesPerS }) => uplinkBytesPerS && downlinkBytesPerS)
    if (chosen === null || network === undefined) throw new Error('no places')
    const request = {
      summary: model.summary,
      devices: {
        device: chosen.device.id,
        browser: chosen.browser.id,
        worker: chosen.worker.id,
        cloud: chosen.cloud.id,
      },
      choice: {},
      networkId: network.id,
      isWarm: true,
      deadlineMs: 100,
      measuredWorkerMs: 12.5,
      ownResults: [],
    }
    const { places, uplinkBytes } = await service.places(request)
    expect(uplinkBytes).toBe(3 * 224 * 224)
    const network_ms = places.map(({ path }) =>
      path.parts === null ? null : path.parts.uplinkMs + path.parts.roundTripMs,
    )
    expect(network_ms.slice(0, 2)).toEqual([0, 0])
    expect(network_ms[2]).toBeGreaterThan(0)
    expect(network_ms[3]).toBe(network_ms[2])
    expect(places[2]).toMatchObject({ kind: 'worker', measuredMs: 12.5, path: { parts: { inferenceMs: 12.5 } } })
    for (const { pInTime } of places) {
      if (pInTime === null) continue
      expect(pInTime).toBeGreaterThanOrEqual(0)
      expect(pInTime).toBeLessThanOrEqual(1)
    }
  })

  test('an unknown network is a problem', async () => {
    const device = catalog[0]?.id ?? ''
    await expect(
      service.places({
        summary: model.summary,
        devices: { device, browser: device, worker: device, cloud: device },
        choice: {},
        networkId: 'tin-cans',
        isWarm: true,
        deadlineMs: null,
        measuredWorkerMs: null,
        ownResults: [],
      }),
    ).rejects.toMatchObject({ problem: { code: 'unknown-network', received: 'tin-cans' } })
  })
})
