import { expect, test } from 'vitest'
import { fromBytes, openModel } from '../../simulator/import/index.ts'
import { digestAll } from './analyses.ts'
import { modelFiles } from './files.ts'

test('fifty files or more, of every format, are read, each with an analysis of its own', async () => {
  const formats = await Promise.all(
    modelFiles.map(async ({ name, build }) => (await openModel(fromBytes(build()), name)).format),
  )
  const all = ['coreml', 'config', 'description', 'gguf', 'onnx', 'safetensors', 'safetensors-index', 'tflite']
  expect([...new Set(formats)].toSorted()).toEqual(all.toSorted())
  const digests = Object.values(await digestAll())
  expect(digests.length).toBeGreaterThanOrEqual(50)
  expect(new Set(digests.map(({ analysis }) => analysis)).size).toBe(digests.length)
})
