/** The API over a real D1 database, as a client sees it. */
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { loadCalibration } from '../../device-catalog/calibration.ts'
import { catalog, catalogVersion, runtimes } from '../../device-catalog/index.ts'
import type { CatalogFact } from '../../device-catalog/schema.ts'
import { buildPreset, presets } from '../../model-zoo/index.ts'
import type { Fit } from '../../simulator/decide/budget.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { modelId } from '../../simulator/graph/model-id.ts'
import { summarize } from '../../simulator/graph/summarize.ts'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import { makePeerFacts } from '../../simulator/hardware/missing.ts'
import { canonicalJson } from '../../simulator/json.ts'
import type { Placement } from '../../simulator/predict/placement.ts'
import { predict } from '../../simulator/predict/predict.ts'
import type { Prediction } from '../../simulator/predict/prediction.ts'
import type { DeviceSources } from '../../worker/contract/device.ts'
import { exampleReport, exampleSummary } from '../../worker/contract/examples.ts'
import { limits } from '../../worker/contract/limits.ts'
import type { WhatIfAnswer } from '../../worker/models/what-if.ts'
import { post, problemOf, request } from './support/api.ts'

const calibration = loadCalibration()

const device = 'jetson-orin-nano-8gb'
const preset = (id: string) => ({ model: `preset:${id}`, device })

async function simulate(body: unknown): Promise<Prediction> {
  const response = await post('/v1/simulate', body)
  expect(response.status).toBe(200)
  return response.json<Prediction>()
}

interface PresetPage {
  readonly items: readonly { readonly id: string; readonly model: { readonly id: string } }[]
  readonly nextCursor: string | null
}

async function storedRows(id: string): Promise<number> {
  const statement = env.DB.prepare('SELECT count(*) AS n FROM predictions WHERE model_id = ?').bind(id)
  return (await statement.first<number>('n')) ?? 0
}

describe('the model of a question', () => {
  const expected = '"preset:ID", the id of a registered model, or a graph summary'

  test.for([[{ preset: 'resnet8-ic' }], [{ id: 'a'.repeat(26) }], ['resnet8-ic'], [7], [null], [[]]])(
    'written as %j is refused, and told how to write it',
    async ([model]) => {
      const problem = await problemOf(await post('/v1/simulate', { model, device }))
      expect(problem).toMatchObject({ code: 'invalid-field', where: 'model', expected, fix: `Write ${expected}.` })
    },
  )

  test('as a summary is refused at the field that is wrong in it', async () => {
    const [conv, relu] = exampleSummary.operators
    const wrong = { ...exampleSummary, operators: [{ ...conv, inputs: [9] }, relu] }
    const where = async (model: unknown) => (await problemOf(await post('/v1/simulate', { model, device }))).where
    expect(await where(wrong)).toBe('model.operators[0].inputs')
    expect(await where({ ...exampleSummary, colour: 'red' })).toBe('model.colour')
  })
})

describe('a prediction', () => {
  test('is what the simulator computes from the same summary', async () => {
    const summary = summarize(bindShapes(buildPreset('mobilenet-v1-0.25'), {}), 'mobilenet-v1-0.25')
    const target = catalog.find(({ id }) => id === device)
    if (target === undefined) throw new Error(`no ${device}`)
    const expected = predict({
      summary,
      modelId: await modelId(summary),
      device: target,
      peers: makePeerFacts(catalog, runtimes),
      catalogVersion,
      calibration,
      kernels: true,
      explain: 'largest',
    })
    const response = await post('/v1/simulate', preset('mobilenet-v1-0.25'))
    expect(await response.text()).toBe(canonicalJson(expected))
  })

  test('says where the network runs where that is asked for, and is stored without it', async () => {
    const body = { model: 'preset:mobilenet-v3-large', device: 'coral-dev-board', unit: 'tpu' }
    const plain = await post('/v1/simulate', body)
    const asked = await post('/v1/simulate', { ...body, placement: { stages: [{ id: 'resize', timeMs: 3 }] } })
    const { placement, ...prediction } = await asked.json<Prediction & { placement: Placement }>()
    expect(prediction).toEqual(await plain.json())
    expect(placement.partitions.map(({ unitId }) => unitId)).toEqual(['tpu', 'cpu'])
    expect(placement.support.lacks.some(({ op }) => op === 'HardSwish')).toBe(true)
    expect(placement.endToEnd.stages.find(({ id }) => id === 'resize')?.timeMs).toBe(3)
    expect(prediction.warnings).toMatchObject([{ code: 'operator-unsupported' }])

    const unsized = await post('/v1/simulate', { ...body, placement: { stages: [{ id: 'nms' }] } })
    expect((await problemOf(unsized)).code).toBe('invalid-field')
  })

  test('asked for twice, also twice at once, is computed once and stored once', async () => {
    const body = preset('squeezenet1-1')
    const responses = await Promise.all([post('/v1/simulate', body), post('/v1/simulate', body)])
    const texts = await Promise.all([...responses, await post('/v1/simulate', body)].map((response) => response.text()))
    expect(new Set(texts).size).toBe(1)
    const [text = ''] = texts
    expect(await storedRows(JSON.parse(text).modelId)).toBe(1)
  })

  test('that is stored answers, whatever the simulator would say today', async () => {
    const { modelId: id } = await simulate(preset('resnet18'))
    await env.DB.prepare("UPDATE predictions SET body = json_set(body, '$.boundShare', 0.125) WHERE model_id = ?")
      .bind(id)
      .run()
    expect((await simulate(preset('resnet18'))).boundShare).toBe(0.125)
  })

  test('of another catalog or engine version is another question', async () => {
    const { modelId: id } = await simulate(preset('resnet34'))
    await env.DB.prepare("UPDATE predictions SET catalog_version = 'before' WHERE model_id = ?").bind(id).run()
    await simulate(preset('resnet34'))
    expect(await storedRows(id)).toBe(2)
  })

  test('names its target by the defaults it took', async () => {
    const { deviceId, unitId, runtimeId, precision, batch, powerMode } = await simulate(preset('resnet8-ic'))
    const entry = catalog.find(({ id }) => id === device)
    const [unit] = entry?.units ?? []
    expect({ deviceId, unitId, runtimeId, precision, batch, powerMode }).toEqual({
      deviceId: device,
      unitId: unit?.id,
      runtimeId: unit?.runtimes[0]?.id,
      precision: unit?.runtimes[0]?.precisions[0],
      batch: 1,
      powerMode: entry?.powerModes[0]?.id,
    })
  })

  test('is listed by model and device, page by page', async () => {
    const points = [1, 2, 3].map((batch) => ({ ...preset('ds-cnn-kws'), batch }))
    await post('/v1/simulate/batch', {
      points: [...points, { model: 'preset:ds-cnn-kws', device: 'stm32f401re' }],
    })
    const batches: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const next = cursor === '' ? '' : `&cursor=${cursor}`
      const path = `/v1/predictions?model=preset:ds-cnn-kws&device=${device}&limit=2${next}`
      const page: { items: Prediction[]; nextCursor: string | null } = await (await request(path)).json()
      batches.push(...page.items.map(({ batch }) => batch))
      cursor = page.nextCursor
    }
    expect(batches).toEqual([1, 2, 3])
    const all = await (await request('/v1/predictions?model=preset:ds-cnn-kws')).json<{ items: Prediction[] }>()
    expect(all.items.map(({ deviceId }) => deviceId)).toEqual([device, device, device, 'stm32f401re'])
    const none = await request(`/v1/predictions?model=${'a'.repeat(26)}`)
    expect(await none.json()).toEqual({ items: [], nextCursor: null })
  })
})

describe('an anchor', () => {
  test('that names nothing is refused at its place in the list', async () => {
    const good = { device, latencyMs: 3 }
    const asked = (bad: object) => post('/v1/simulate', { ...preset('resnet8-ic'), anchors: [good, good, bad] })
    const where = async (bad: object) => {
      const { code, where } = await problemOf(await asked(bad))
      return [code, where]
    }
    expect(await where({ ...good, device: 'jetson-orin-nano-8g' })).toEqual(['unknown-device', 'anchors[2].device'])
    expect(await where({ ...good, unit: 'tpu' })).toEqual(['unknown-unit', 'anchors[2].unit'])
    expect(await where({ ...good, model: 'a'.repeat(26) })).toEqual(['unknown-model', 'anchors[2].model'])
  })
})

describe('a batch', () => {
  test('answers in order, and a bad point spoils only itself', async () => {
    const points = [
      preset('resnet8-ic'),
      { ...preset('resnet8-ic'), device: 'jetson-orin-nano-8g' },
      { ...preset('resnet8-ic'), batch: 4 },
      { ...preset('resnet8-ic'), precision: 'int2-w2a16' },
      { model: 'a'.repeat(26), device },
    ]
    const response = await post('/v1/simulate/batch', { points })
    expect(response.status).toBe(200)
    const { results } = await response.json<{
      results: { prediction: Prediction | null; problem: { code: string; fix: string } | null }[]
    }>()
    expect(results.map(({ prediction, problem }) => prediction?.batch ?? problem?.code)).toEqual([
      1,
      'unknown-device',
      4,
      'precision-not-on-unit',
      'unknown-model',
    ])
    expect(results[1]?.problem?.fix).toContain('jetson-orin-nano-8gb')
  })

  test('of more than fifty points is refused', async () => {
    const points = Array.from({ length: limits.maxBatchPoints + 1 }, () => preset('resnet8-ic'))
    const response = await post('/v1/simulate/batch', { points })
    expect(response.status).toBe(422)
    expect(await problemOf(response)).toMatchObject({ code: 'batch-too-large', where: 'points' })
    expect((await post('/v1/simulate/batch', { points: points.slice(1) })).status).toBe(200)
  })
})

describe('a fit', () => {
  test('comes with the prediction that it judges', async () => {
    const generous = { maxLatencyMs: 1e6, maxMemoryBytes: 1e12 }
    const response = await post('/v1/fit', { ...preset('resnet8-ic'), budget: generous })
    const { fit, prediction } = await response.json<{ fit: { verdict: string }; prediction: Prediction }>()
    expect(fit.verdict).toBe('fits')
    expect(prediction).toEqual(await simulate(preset('resnet8-ic')))
    const impossible = await post('/v1/fit', { ...preset('resnet8-ic'), budget: { maxLatencyMs: 1e-9 } })
    expect(await impossible.json()).toMatchObject({ fit: { verdict: 'fails', blocking: 'maxLatencyMs' } })
  })

  test.for([[{}], [{ maxLatencyMs: 0 }], [{ maxLatencyMs: '33 ms' }], [{ maxLatencyMs: null }]])(
    'with the budget %j is refused',
    async ([budget]) => {
      const problem = await problemOf(await post('/v1/fit', { ...preset('resnet8-ic'), budget }))
      expect(problem.code).toBe('invalid-field')
      expect(problem.where).toMatch(/^budget/)
    },
  )
})

describe('options that only some targets have', () => {
  const llama = { model: 'preset:tinyllama-1.1b', device: 'jetson-nano' }

  test.for([
    ['promptTokens', { ...preset('resnet8-ic'), promptTokens: 8 }],
    ['link', { ...preset('resnet8-ic'), link: 'USB 3' }],
    ['link', { ...preset('resnet8-ic'), device: 'coral-usb-accelerator', link: 'string' }],
    ['threads', { ...preset('resnet8-ic'), threads: limits.maxThreads + 1 }],
    ['batch', { ...preset('resnet8-ic'), batch: limits.maxBatch + 1 }],
    ['contextTokens', { ...llama, contextTokens: limits.maxTokens + 1 }],
    ['cacheFormat', { ...llama, cacheFormat: 'fp3' }],
  ] as const)('%s is refused where it makes no sense', async ([where, body]) => {
    expect(await problemOf(await post('/v1/simulate', body))).toMatchObject({ code: 'invalid-field', where })
  })

  test('threads slow a CPU down, and the answer is not stored as that of the default', async () => {
    const cpu = { model: 'preset:squeezenet1-0', device: 'raspberry-pi-4b', unit: 'cpu' }
    const one = await simulate({ ...cpu, threads: 1 })
    expect(await storedRows(one.modelId)).toBe(0)
    const byDefault = await simulate(cpu)
    expect(one.latencyMs).not.toEqual(byDefault.latencyMs)
    expect(await storedRows(one.modelId)).toBe(1)
  })

  test('a frame rate is a limit of its own, and lowers the power that is judged', async () => {
    const body = { ...preset('resnet8-ic'), ratePerS: 1 }
    const { fit } = await (await post('/v1/fit', { ...body, budget: { maxPowerW: 1e3 } })).json<{ fit: Fit }>()
    const { powerW } = await simulate(preset('resnet8-ic'))
    expect(fit.checks.map(({ limit, limitValue }) => [limit, limitValue])).toEqual([
      ['minThroughputPerS', 1],
      ['maxPowerW', 1e3],
    ])
    const judged = fit.checks.find(({ limit }) => limit === 'maxPowerW')?.metric
    if (judged?.availability !== 'available' || powerW.availability !== 'available') throw new Error('power is known')
    expect(judged.p50).toBeLessThan(powerW.p50)
    expect((await post('/v1/fit', { ...body, budget: {} })).status).toBe(200)
  })

  test('a point of a batch is answered as it is alone, also about a language model', async () => {
    const { results } = await (await post('/v1/simulate/batch', { points: [llama] })).json<{ results: unknown[] }>()
    expect(results).toEqual([{ prediction: await simulate(llama), problem: null }])
  })
})

describe('a model', () => {
  test('is registered once, by its graph and not by its names', async () => {
    const first = await post('/v1/models', { summary: exampleSummary })
    const renamed: GraphSummary = {
      ...exampleSummary,
      name: 'renamed',
      operators: exampleSummary.operators.map((operator) => ({ ...operator, name: `my/${operator.name}` })),
    }
    const second = await post('/v1/models', { summary: renamed })
    expect([first.status, second.status]).toEqual([201, 200])
    const { id, parameters, macs, coverage } = await first.json<{
      id: string
      parameters: number
      macs: number
      coverage: number
    }>()
    expect((await second.json<{ id: string }>()).id).toBe(id)
    expect({ parameters, macs, coverage }).toEqual({ parameters: 224, macs: 221_184, coverage: 1 })
    const read = await (await request(`/v1/models/${id}`)).json<{ name: string; summary: GraphSummary }>()
    expect(read).toMatchObject({ name: 'one-convolution', summary: exampleSummary })
  })

  test('is the same whether it is named by id or sent along', async () => {
    const { id } = await (await post('/v1/models', { summary: exampleSummary })).json<{ id: string }>()
    expect(await simulate({ model: id, device })).toEqual(await simulate({ model: exampleSummary, device }))
  })

  test('whose work is not known is counted as unknown, not as nothing', async () => {
    const operators = exampleSummary.operators.map((operator) => ({ ...operator, macs: null, vectorOps: null }))
    const response = await post('/v1/models', { summary: { ...exampleSummary, operators } })
    expect(await response.json()).toMatchObject({ macs: null, coverage: 0 })
  })

  test.for([
    ['operators[0].inputs', { inputs: [3] }],
    ['operators[0].class', { class: 'magic' }],
    ['operators[0].macs', { macs: -1 }],
    ['operators[0].macs', { macs: 1.5 }],
    ['operators[0].gemm.m', { gemm: { m: 0, n: 1, k: 1, repeat: 1 } }],
  ] as const)('with a wrong %s is refused there', async ([where, wrong]) => {
    const [first, ...rest] = exampleSummary.operators
    const summary = { ...exampleSummary, operators: [{ ...first, ...wrong }, ...rest] }
    expect(await problemOf(await post('/v1/models', { summary }))).toMatchObject({
      code: 'invalid-field',
      where: `summary.${where}`,
    })
  })

  test('with a tensor beyond any memory is refused', async () => {
    const tensors = exampleSummary.tensors.map((tensor) => ({ ...tensor, shape: [2 ** 30, 2 ** 30] }))
    const problem = await problemOf(await post('/v1/models', { summary: { ...exampleSummary, tensors } }))
    expect(problem.code).toBe('dimension-too-large')
  })
})

describe('a report', () => {
  test('is published once and read by the hash of its bytes', async () => {
    const report = { ...exampleReport, title: 'Published once', omitted: { count: 3, reason: 'size-limit' } }
    const responses = [await post('/v1/reports', report), await post('/v1/reports', report)]
    expect(responses.map(({ status }) => status)).toEqual([201, 200])
    const [hash, again] = await Promise.all(
      responses.map(async (response) => (await response.json<{ hash: string }>()).hash),
    )
    expect(again).toBe(hash)

    const response = await request(`/v1/reports/${hash}`)
    const bytes = await response.arrayBuffer()
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    expect(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(hash)
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual(report)
    expect(response.headers.get('cache-control')).toContain('immutable')
  })

  test('is downloaded as a file under the same bytes, and not sent again to whoever has it', async () => {
    const { hash } = await (await post('/v1/reports', exampleReport)).json<{ hash: string }>()
    const file = await request(`/v1/reports/${hash}.json`)
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="edgefit-.*\.json"$/)
    expect(await file.text()).toBe(await (await request(`/v1/reports/${hash}`)).text())
    const again = await request(`/v1/reports/${hash}`, { headers: { 'if-none-match': `"${hash}"` } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  test('that claims to be about another model than its own is refused', async () => {
    const model = { ...exampleReport.model, id: 'a'.repeat(26) }
    const problem = await problemOf(await post('/v1/reports', { ...exampleReport, model }))
    expect(problem).toMatchObject({ code: 'invalid-field', where: 'model.id', expected: exampleReport.model.id })
  })

  test('that was never published is not found', async () => {
    expect((await request(`/v1/reports/${'0'.repeat(64)}`)).status).toBe(404)
  })
})

describe('the catalog', () => {
  test('is searched by words in any order, within a segment, page by page', async () => {
    const found = async (query: string) =>
      (await request(`/v1/devices?${query}`)).json<{
        items: { id: string; segment: string }[]
        total: number
        nextCursor: string | null
      }>()
    const byWords = await found('q=nano+orin')
    expect(byWords.items.map(({ id }) => id)).toContain(device)
    expect(byWords.total).toBe(byWords.items.length)

    const mcus = catalog.filter(({ segment }) => segment === 'mcu').map(({ id }) => id)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof found>> = await found(
        `segment=mcu&limit=7${cursor === null ? '' : `&cursor=${cursor}`}`,
      )
      expect(page.total).toBe(mcus.length)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(mcus)
  })

  test('says of every number who states it, and what other sources say instead', async () => {
    const { entry, sources } = await (await request('/v1/devices/core-ultra-7-258v/sources')).json<DeviceSources>()
    const facts: CatalogFact[] = []
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      if ('sourceIds' in value) facts.push(value as CatalogFact)
      else for (const part of Object.values(value)) collect(part)
    }
    collect(entry)
    expect(facts.length).toBeGreaterThan(20)
    const known = new Set(sources.map(({ id }) => id))
    for (const { sourceIds } of facts) for (const id of sourceIds) expect(known).toContain(id)
    expect(new Set(facts.map(({ confirmed }) => confirmed))).toContain(false)
    expect(entry.units[0]?.densePeak.int8?.conflict?.map(({ value }) => value)).toEqual([47, 48])
    expect((await problemOf(await request('/v1/devices/no-such/sources'))).code).toBe('not-found')
  })

  test('is not sent again to whoever has it', async () => {
    const first = await request(`/v1/devices/${device}`)
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^".+"$/)
    const again = await request(`/v1/devices/${device}`, { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
  })

  test('lists every preset with its model, so that a preset can be told from a file', async () => {
    const listed = new Map<string, string>()
    let cursor: string | null = null
    do {
      const response: Response = await request(`/v1/presets?limit=100${cursor === null ? '' : `&cursor=${cursor}`}`)
      const page: PresetPage = await response.json()
      for (const { id, model } of page.items) listed.set(id, model.id)
      cursor = page.nextCursor
    } while (cursor !== null)
    expect([...listed.keys()]).toEqual([...presets.keys()])
    expect(listed.get('ds-cnn-kws')).toBe((await simulate(preset('ds-cnn-kws'))).modelId)
  })
})

describe('the limits of a request', () => {
  test('a body of more than 1 MiB, declared or streamed, is not read', async () => {
    const body = JSON.stringify({ ...preset('resnet8-ic'), pad: 'x'.repeat(limits.maxBodyBytes) })
    const declared = await post('/v1/simulate', body)
    expect([declared.status, (await problemOf(declared)).code]).toEqual([413, 'body-too-large'])
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    const written = writer.write(new TextEncoder().encode(body)).then(() => writer.close())
    const streamed = await request('/v1/simulate', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: readable,
    })
    expect(streamed.status).toBe(413)
    await written.catch(() => undefined)
  })

  test('a value nested a hundred thousand deep is refused like any other wrong value', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const response = await post('/v1/simulate', `{"model":"preset:resnet8-ic","device":${deep}}`)
    expect(await problemOf(response)).toMatchObject({ status: 422, where: 'device', received: 'a list of 1' })
  })

  test('a misspelt field is named with its path before anything else is', async () => {
    const points = [preset('resnet8-ic'), { ...preset('resnet8-ic'), anchors: [{ devise: device }] }]
    expect(await problemOf(await post('/v1/simulate/batch', { points }))).toMatchObject({
      code: 'unknown-field',
      where: 'points[1].anchors[0].devise',
    })
  })
})

describe('everything else', () => {
  test('an address that is none is a problem', async () => {
    const response = await request('/v1/nothing')
    expect([response.status, (await problemOf(response)).code]).toEqual([404, 'not-found'])
  })

  test('a wrong method is told the right ones', async () => {
    const response = await request('/v1/simulate', { method: 'DELETE' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await problemOf(response)).code).toBe('method-not-allowed')
  })

  test('pages of other origins may read and may not write', async () => {
    const preflight = (method: string, path: string) =>
      request(path, {
        method: 'OPTIONS',
        headers: { origin: 'https://elsewhere.test', 'access-control-request-method': method },
      })
    expect((await preflight('GET', '/v1/devices')).headers.get('access-control-allow-methods')).toContain('GET')
    expect((await preflight('POST', '/v1/reports')).headers.get('access-control-allow-methods')).not.toContain('POST')
    expect((await request('/v1/meta')).headers.get('access-control-allow-origin')).toBe('*')
  })

  test('answers cannot be sniffed, framed or run as a page', async () => {
    const { headers } = await request('/v1/meta')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})

describe('what-ifs', () => {
  const wide = { ...preset('mobilenet-v1-0.25'), changes: [{ kind: 'precision', precision: 'fp16' }] }
  const ask = async (body: unknown) => {
    const response = await post('/v1/whatif', body)
    expect(response.status).toBe(200)
    return response.json<WhatIfAnswer>()
  }

  test('compare each change with what /v1/simulate says, and propose changes when none are named', async () => {
    const { base, trials } = await ask(wide)
    expect(base.figures.latencyMs).toEqual((await simulate(preset('mobilenet-v1-0.25'))).latencyMs)
    expect(trials).toHaveLength(1)
    const { changes: _, ...open } = wide
    expect((await ask(open)).trials.length).toBeGreaterThan(8)
  })

  test('need the graph for pruning: a preset has one, a summary does not', async () => {
    const changes = [{ kind: 'prune', ratio: 0.5 }]
    expect((await ask({ ...wide, changes })).trials[0]?.hindrance).toBeNull()
    const { trials } = await ask({ model: exampleSummary, device, changes })
    expect(trials[0]).toMatchObject({ outcome: null, hindrance: { code: 'needs-graph' } })
  })

  test('with a battery and a rate say how long it lasts', async () => {
    const battery = { id: 'cr2477', minHours: 100 }
    const answer = await ask({ ...preset('ds-cnn-kws'), device: 'stm32l476rg', ratePerS: 0.1, battery })
    expect(answer.battery).toMatchObject({ keepsUp: true, holdsPulse: 'yes', verdict: 'fits' })
  })

  test.for([
    ['battery.id', { ratePerS: 1, battery: { id: 'potato' } }],
    ['ratePerS', { battery: { capacityWh: 1 } }],
    ['changes', { together: true, changes: [...wide.changes, ...wide.changes] }],
    ['device', { changes: [{ kind: 'device', device: 'no-such-device' }] }],
  ] as const)('are refused when %s is wrong', async ([where, body]) => {
    const problem = await problemOf(await post('/v1/whatif', { ...wide, ...body }))
    expect(problem).toMatchObject({ status: 422, where })
  })
})
