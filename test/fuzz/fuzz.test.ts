/** Ten thousand mutated files of every format: each is read or refused with a typed problem, in bounded time and memory. */
import { expect, test } from 'vitest'
import { fuzz } from '../../scripts/fuzz/run.ts'
import { fromBytes, openModel } from '../../simulator/import/index.ts'
import { makeCase } from './cases.ts'
import { makeCorpus } from './corpus.ts'

const cases = 10_000

test('no mutated file crashes, hangs or floods the readers and what follows them', { timeout: 300_000 }, async () => {
  const report = await fuzz({ seed: 20_261_124, first: 0, cases, largestBytes: 20_000 })
  expect(report.failure).toBeNull()
  expect(report.read + report.refused).toBe(cases)
  // Mutations that only ever break the header would test nothing behind it.
  expect(report.read).toBeGreaterThan(cases / 20)
})

test('every file that the fuzzer starts from can be read, and its formats are all there are', async () => {
  const { small } = makeCorpus(0)
  const formats = new Set<string>()
  for (const { content, name } of small) formats.add((await openModel(fromBytes(content), name)).format)
  expect([...formats].sort()).toEqual([
    'config',
    'coreml',
    'description',
    'gguf',
    'onnx',
    'safetensors',
    'safetensors-index',
    'tflite',
  ])
})

test('a case is the same whenever it is made', () => {
  const corpus = makeCorpus(0)
  expect(makeCase(corpus, 7, 41)).toEqual(makeCase(corpus, 7, 41))
  expect(makeCase(corpus, 7, 42)).not.toEqual(makeCase(corpus, 8, 42))
})
