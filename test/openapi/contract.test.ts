/**
 * The OpenAPI document, walked: what it says about every operation is sent to the Worker and compared with what comes
 * back. Examples are taken from the document itself, so an example that does not work fails here.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import * as devices from '../../worker/contract/device.ts'
import * as edgeRuns from '../../worker/contract/edge-run.ts'
import { exampleEdgeRunId, exampleReport, exampleSummary } from '../../worker/contract/examples.ts'
import * as fits from '../../worker/contract/fit.ts'
import * as meta from '../../worker/contract/meta.ts'
import * as models from '../../worker/contract/model.ts'
import * as predictions from '../../worker/contract/prediction.ts'
import * as reports from '../../worker/contract/report.ts'
import * as simulations from '../../worker/contract/simulation.ts'
import * as validations from '../../worker/contract/validation.ts'
import * as whatIfs from '../../worker/contract/what-if.ts'
import { post, problemOf, request } from '../worker/support/api.ts'

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['query', 'path']),
  required: z.boolean().optional(),
  schema: z.object({ example: z.unknown().optional() }).loose(),
})

const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string(),
  tags: z.array(z.string()).min(1),
  parameters: z.array(parameterSchema).default([]),
  requestBody: z
    .object({ content: z.object({ 'application/json': z.object({ example: z.record(z.string(), z.unknown()) }) }) })
    .optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: z.record(z.string(), z.unknown()) })),
})

const documentSchema = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.partialRecord(z.enum(['get', 'post']), operationSchema)),
})

interface Operation extends z.infer<typeof operationSchema> {
  readonly method: 'get' | 'post'
  readonly path: string
}

const operations = Object.entries(documentSchema.parse(await (await request('/openapi.json')).json()).paths).flatMap(
  ([path, byMethod]) =>
    (['get', 'post'] as const).flatMap((method): Operation[] => {
      const operation = byMethod[method]
      return operation === undefined ? [] : [{ ...operation, method, path }]
    }),
)
const withBody = operations.filter(({ requestBody }) => requestBody !== undefined)
const withQuery = operations.filter(({ parameters }) => parameters.some((parameter) => parameter.in === 'query'))

/** The schemas of successful responses, by operation and status, as the contract declares them. */
const successSchemas = new Map(
  [
    meta.getMeta,
    devices.listDevices,
    devices.getDevice,
    devices.getDeviceSources,
    models.registerModel,
    models.getModel,
    models.listPresets,
    simulations.simulate,
    simulations.simulateBatch,
    fits.checkFit,
    predictions.listPredictions,
    edgeRuns.startEdgeRun,
    edgeRuns.getEdgeRun,
    reports.publishReport,
    reports.getReport,
    whatIfs.whatIf,
    validations.getValidation,
  ].flatMap(({ operationId, responses }) =>
    Object.entries(responses).flatMap(([status, response]): [string, z.ZodType][] =>
      'application/json' in response.content
        ? [[`${operationId} ${status}`, response.content['application/json'].schema]]
        : [],
    ),
  ),
)

/** Sends an operation with the examples of the document, optionally changed. */
function send(operation: Operation, changes: { readonly body?: unknown; readonly query?: string } = {}) {
  const { method, path, parameters, requestBody } = operation
  const exampleOf = (name: string) => String(parameters.find((parameter) => parameter.name === name)?.schema.example)
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => exampleOf(name))
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.schema.example !== undefined)
    .map(({ name }) => `${name}=${encodeURIComponent(exampleOf(name))}`)
  const url = `${address}?${[...query, changes.query ?? ''].filter((part) => part !== '').join('&')}`
  return method === 'get'
    ? request(url)
    : post(url, changes.body ?? requestBody?.content['application/json'].example ?? {})
}

// What the examples of the reading operations point at.
beforeAll(async () => {
  await post('/v1/models', { summary: exampleSummary })
  await post('/v1/reports', exampleReport)
})

describe('the document', () => {
  test('describes the whole API', () => {
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'get /v1/devices',
      'get /v1/devices/{id}',
      'get /v1/devices/{id}/sources',
      'get /v1/edge-runs/{id}',
      'get /v1/meta',
      'get /v1/models/{id}',
      'get /v1/predictions',
      'get /v1/presets',
      'get /v1/reports/{hash}',
      'get /v1/validation',
      'post /v1/edge-runs',
      'post /v1/fit',
      'post /v1/models',
      'post /v1/reports',
      'post /v1/simulate',
      'post /v1/simulate/batch',
      'post /v1/whatif',
    ])
  })

  test.for(operations)(
    'gives $operationId an example for everything that is required',
    ({ method, parameters, requestBody }) => {
      for (const { schema, required } of parameters) if (required === true) expect(schema.example).toBeDefined()
      expect(requestBody === undefined).toBe(method === 'get')
    },
  )
})

describe.for(operations)('$operationId', (operation) => {
  test('accepts its example, and the answer is what its schema says', async () => {
    const response = await send(operation)
    if (operation.path.includes('/edge-runs/')) {
      // The one address that cannot be known beforehand: ids of runs are random.
      expect([response.status, (await problemOf(response)).received]).toEqual([404, exampleEdgeRunId])
      return
    }
    const schema = successSchemas.get(`${operation.operationId} ${response.status}`)
    if (schema === undefined) throw new Error(`${response.status} is not declared: ${await response.text()}`)
    schema.parse(await response.json())
  })
})

describe.for(withBody)('the body of $operationId', (operation) => {
  const example = operation.requestBody?.content['application/json'].example ?? {}

  async function expectProblem(response: Response, status: number) {
    expect(response.status).toBe(status)
    expect(Object.keys(operation.responses)).toContain(String(status))
    return problemOf(response)
  }

  test('is refused with an unknown field, wherever that is, and the field is named', async () => {
    for (const [path, body] of withUnknownField(example)) {
      const problem = await expectProblem(await send(operation, { body }), 422)
      expect(problem).toMatchObject({ code: 'unknown-field', where: path })
    }
  })

  test('is refused without any of its fields', async () => {
    expect((await expectProblem(await send(operation, { body: {} }), 422)).code).toBe('invalid-field')
  })

  test('is refused when it is no JSON, not declared as JSON, or too large', async () => {
    expect((await expectProblem(await send(operation, { body: '{"model":' }), 400)).code).toBe('invalid-json')
    const undeclared = await request(operation.path, { method: 'POST', body: JSON.stringify(example) })
    expect((await expectProblem(undeclared, 415)).where).toBe('header content-type')
    const large = `"${'x'.repeat(1024 * 1024)}"`
    expect((await expectProblem(await send(operation, { body: large }), 413)).code).toBe('body-too-large')
  })
})

test.for(withQuery)('$operationId refuses a query parameter that it does not know', async (operation) => {
  const problem = await problemOf(await send(operation, { query: 'colour=red' }))
  expect(problem).toMatchObject({ status: 422, code: 'unknown-field', where: 'colour' })
})

/** Copies of a body with one field too many: at the top, and in the first object of every kind of place below it. */
function withUnknownField(body: unknown, path = ''): [path: string, body: unknown][] {
  if (Array.isArray(body)) {
    const [first, ...rest] = body
    return withUnknownField(first, `${path}[0]`).map(([where, changed]) => [where, [changed, ...rest]])
  }
  if (typeof body !== 'object' || body === null) return []
  const here = (name: string) => (path === '' ? name : `${path}.${name}`)
  return [
    [here('colour'), { ...body, colour: 'red' }],
    ...Object.entries(body).flatMap(([name, value]) =>
      withUnknownField(value, here(name)).map(([where, changed]): [string, unknown] => [
        where,
        { ...body, [name]: changed },
      ]),
    ),
  ]
}
