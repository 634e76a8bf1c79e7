import { expect, test } from 'vitest'
import { readOperations } from '../../web/app/api/open-api.ts'

const document = {
  paths: {
    '/v1/fit': {
      post: {
        operationId: 'fit',
        summary: 'Verdict',
        requestBody: {
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/FitRequest' }, example: { device: 'x' } },
          },
        },
        responses: { 200: { description: 'The verdict.' }, 422: { description: 'Wrong.' } },
      },
    },
    '/v1/devices/{id}': {
      get: {
        summary: 'One device',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', description: 'Id.' } }],
        responses: { 200: { description: 'It.' } },
      },
    },
  },
  components: {
    schemas: {
      Budget: { type: 'object', properties: { maxPowerW: { type: ['number', 'null'] } } },
      FitRequest: {
        type: 'object',
        required: ['device'],
        properties: {
          device: { type: 'string', description: 'Id of a device.' },
          budget: { $ref: '#/components/schemas/Budget' },
          points: { type: 'array', items: { enum: ['a', 'b'] } },
        },
      },
    },
  },
}

test('operations come with parameters, nested fields, types and an example', () => {
  const [fit, device] = readOperations(document)
  expect(fit).toMatchObject({ id: 'fit', method: 'POST', path: '/v1/fit', example: { device: 'x' } })
  expect(fit?.body).toEqual([
    { path: 'device', type: 'string', required: true, description: 'Id of a device.' },
    { path: 'budget', type: 'object', required: false, description: '' },
    { path: 'budget.maxPowerW', type: 'number | null', required: false, description: '' },
    { path: 'points', type: 'a | b[]', required: false, description: '' },
  ])
  expect(fit?.responses.map(({ status }) => status)).toEqual(['200', '422'])
  expect(device?.id).toBe('get /v1/devices/{id}')
  expect(device?.parameters).toEqual([{ path: 'id', type: 'string', required: true, description: 'Id.' }])
  expect(device?.example).toBeNull()
})

test('a document that is none gives no operations', () => {
  expect(readOperations(null)).toEqual([])
  expect(readOperations({ paths: 3 })).toEqual([])
})
