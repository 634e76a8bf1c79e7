import { describe, expect, test } from 'vitest'
import { modelAmong } from '../../web/app/workers/dropped-files.ts'
import { makeModelService } from '../../web/app/workers/make-model-service.ts'
import { bytesOf, modelOf, node, tensor, value } from '../support/build-onnx.ts'

/** A model is read without the catalog. */
const service = makeModelService(
  () => {},
  () => Promise.reject(new Error('not needed')),
)

/** x [2, 6] reshaped to what stands in the file beside the model from byte 8 on. */
const model = new File(
  [
    new Uint8Array(
      modelOf({
        name: 'net',
        inputs: [value('x', [2, 6])],
        outputs: [value('y')],
        initializers: [
          tensor({ name: 'target', type: 7, dims: [2], external: { location: 'data/net.onnx.data', offset: '8' } }),
        ],
        nodes: [node('Reshape', ['x', 'target'], ['y'])],
      }),
    ),
  ],
  'net.onnx',
)
const data = new File([new Uint8Array(bytesOf(BigInt64Array.from([99n, 3n, 4n])))], 'net.onnx.data')

describe('a model and its external data', () => {
  test('dropped together, in any order, give the shapes that the data decides', async () => {
    for (const files of [
      [model, data],
      [data, model],
    ]) {
      const reading = await service.openFiles(files, {})
      if (reading.kind !== 'opened') throw new Error(reading.kind)
      expect(reading.model.name).toBe('net.onnx')
      expect(reading.model.problems).toEqual([])
      expect(reading.model.summary.tensors.find(({ role }) => role === 'output')?.shape).toEqual([3, 4])
    }
  })

  test('without the data the file that is missing is named', async () => {
    const reading = await service.openFiles([model], {}).catch((error: unknown) => error)
    expect(JSON.stringify(reading)).toContain('data/net.onnx.data')
  })
})

test.each([
  [['weights.bin', 'b.onnx', 'a.onnx'], 'a.onnx'],
  [['config.json', 'model.safetensors'], 'model.safetensors'],
  [['model-2.safetensors', 'model.safetensors.index.json', 'model-1.safetensors'], 'model-1.safetensors'],
  [['config.json'], 'config.json'],
  [['cat.png', 'dog.png'], 'cat.png'],
])('of %j the model is %s', (names, expected) => {
  expect(modelAmong(names.map((name) => new File([], name))).name).toBe(expected)
})
