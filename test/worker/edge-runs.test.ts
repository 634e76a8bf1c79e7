/** Real inference in workerd: the numbers of Node, an honest slope, and a queue that outlives its process. */
import { abortAllDurableObjects, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, inject, test } from 'vitest'
import { rSquared, theilSen } from '../../simulator/statistics.ts'
import { type EdgeRun, edgeRunSchema } from '../../worker/contract/edge-run.ts'
import { post, problemOf, request } from './support/api.ts'

async function start(body: unknown, headers?: Record<string, string>): Promise<string> {
  const response = await post('/v1/edge-runs', body, headers)
  expect(response.status).toBe(202)
  const { id, status } = await response.json<{ id: string; status: string }>()
  expect(status).toBe('queued')
  return id
}

async function read(id: string): Promise<EdgeRun> {
  return edgeRunSchema.parse(await (await request(`/v1/edge-runs/${id}`)).json())
}

/** Polls until the run leaves the given states. */
async function waitWhile(id: string, ...states: EdgeRun['status'][]): Promise<EdgeRun> {
  for (;;) {
    const run = await read(id)
    if (!states.includes(run.status)) return run
    await scheduler.wait(100)
  }
}

describe('outputs', () => {
  const runner = env.RUNNER.getByName('outputs')

  test.for(Object.entries(inject('nodeOutputs')))(
    'of %s are those of onnxruntime-web under Node',
    async ([id, expected]) => {
      const { outputs } = await runner.load(id)
      await runner.release()
      expect(outputs.map(({ name, shape }) => ({ name, shape }))).toEqual(
        expected.map(({ name, shape }) => ({ name, shape })),
      )
      for (const [index, node] of expected.entries()) {
        const edge = outputs[index]
        expect(node.sumAbs).toBeGreaterThan(0)
        expect(Math.abs((edge?.sum ?? Number.NaN) - node.sum)).toBeLessThanOrEqual(1e-6 * node.sumAbs)
        expect(Math.abs((edge?.sumAbs ?? Number.NaN) - node.sumAbs)).toBeLessThanOrEqual(1e-6 * node.sumAbs)
        node.head.forEach((value, place) => {
          expect(edge?.head[place]).toBeCloseTo(value, 5)
        })
      }
    },
  )
})

describe('a run', () => {
  test('is measured as a slope over its own samples, and reads the same ever after', async () => {
    const id = await start({ model: 'preset:resnet8-ic', precision: 'fp32', repeats: 5 })
    const run = await waitWhile(id, 'queued', 'running')

    expect(run).toMatchObject({ status: 'done', model: 'preset:resnet8-ic', precision: 'fp32', repeats: 5, colo: null })
    expect(run.versions.onnxruntimeWeb).toBe('1.30.0')
    expect(run.outputs).toHaveLength(1)
    expect(run.samples).toHaveLength(4 * 5)
    const ladder = [...new Set(run.samples.map(({ k }) => k))].sort((a, b) => a - b)
    const [unit = 0] = ladder
    expect(ladder).toEqual([1, 2, 4, 8].map((rung) => rung * unit))
    const points = run.samples.map(({ k, ms }) => ({ x: k, y: ms }))
    const line = theilSen(points)
    expect(run.r2).toBeCloseTo(rSquared(points, line), 6)
    // A machine that is busy with other tests may not allow a measurement; then there is no number, and it says why.
    if (run.valid) {
      expect(run.slopeMs).toBeCloseTo(line.slope, 6)
      expect(run.interceptMs).toBeCloseTo(line.intercept, 6)
      expect(run.r2).toBeGreaterThanOrEqual(0.98)
      expect(run.problem).toBeNull()
    } else {
      expect([run.slopeMs, run.interceptMs]).toEqual([null, null])
      expect(run.problem?.code).toBe('slope-not-linear')
    }
    expect(await read(id)).toEqual(run)
  })

  test('that was interrupted is finished by the next delivery of the alarm', async () => {
    const id = await start({ model: 'preset:resnet8-ic', repeats: 5 }, { 'cf-ray': '8f2a-ORD' })
    expect((await waitWhile(id, 'queued')).status).toBe('running')
    await abortAllDurableObjects()
    const run = await waitWhile(id, 'queued', 'running')
    expect(run).toMatchObject({ status: 'done', colo: 'ORD' })
    expect(run.samples).toHaveLength(4 * 5)
  })

  test('fails with a problem when the runner breaks', async () => {
    const id = crypto.randomUUID()
    const order = { id, presetId: 'no-such-preset', precision: 'fp32', repeats: 5, colo: null } as const
    await env.COORDINATOR.getByName('broken').enqueue(order)
    const run = await waitWhile(id, 'queued', 'running')
    expect(run).toMatchObject({ status: 'failed', valid: false, slopeMs: null, samples: [] })
    expect(run.problem).toMatchObject({ code: 'runner-failed', received: expect.stringContaining('no-such-preset') })
  })
})

describe('refused', () => {
  test.for([
    [{ model: 'preset:mobilenet-v9' }, 422, 'unknown-preset'],
    [{ model: 'preset:resnet50' }, 422, 'does-not-fit-memory'],
    [{ model: 'preset:resnet8-ic', precision: 'int8' }, 422, 'precision-not-on-unit'],
    [{ model: 'preset:resnet8-ic', repeats: 4 }, 422, 'invalid-field'],
    [{ model: 'resnet8-ic' }, 422, 'invalid-field'],
  ] as const)('%j with %i %s', async ([body, status, code]) => {
    const response = await post('/v1/edge-runs', body)
    expect(response.status).toBe(status)
    expect((await problemOf(response)).code).toBe(code)
  })

  test('when ten runs of the same data centre are waiting', async () => {
    await runInDurableObject(env.COORDINATOR.getByName('AMS'), async (_, { storage }) => {
      for (let place = 0; place < 10; place += 1) await storage.put(`queue:${place}`, {})
    })
    const response = await post('/v1/edge-runs', { model: 'preset:resnet8-ic' }, { 'cf-ray': '8f2a-AMS' })
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('60')
    expect((await problemOf(response)).code).toBe('rate-limited')
  })

  test('to be read under an id that was never given', async () => {
    expect((await request(`/v1/edge-runs/${crypto.randomUUID()}`)).status).toBe(404)
    expect((await request('/v1/edge-runs/latest')).status).toBe(422)
  })
})
