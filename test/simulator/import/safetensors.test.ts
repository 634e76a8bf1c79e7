import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { withConfigBeside } from '../../../simulator/import/beside.ts'
import { fromBytes } from '../../../simulator/import/byte-source.ts'
import { openModel } from '../../../simulator/import/index.ts'
import { inspectModel } from '../../../simulator/import/inspect.ts'
import { safetensorsReader } from '../../../simulator/import/safetensors.ts'
import { describeReader } from '../../contracts/reader-contract.ts'
import { modelsFolder } from '../graph/shared-models.ts'
import { rejectionOf } from './problem-of.ts'

type Listed = Readonly<Record<string, readonly [dtype: string, shape: readonly number[], bytes: number]>>

/** A file whose tensors are zeros, one after the other. */
function build(tensors: Listed, metadata?: Readonly<Record<string, string>>): Uint8Array {
  let end = 0
  const entries = Object.entries(tensors).map(([name, [dtype, shape, bytes]]) => {
    const begin = end
    end += bytes
    return [name, { dtype, shape, data_offsets: [begin, end] }] as const
  })
  const header = { ...(metadata === undefined ? {} : { __metadata__: metadata }), ...Object.fromEntries(entries) }
  return withHeader(JSON.stringify(header), end)
}

function withHeader(json: string, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(json)
  const file = new Uint8Array(8 + text.length + dataBytes)
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true)
  file.set(text, 8)
  return file
}

const open = (content: Uint8Array, name: string | null = null) => safetensorsReader.open(fromBytes(content), name)

const layer: Listed = { 'a.weight': ['BF16', [8, 16], 256], 'a.bias': ['F32', [8], 32], count: ['I64', [], 8] }

describeReader(safetensorsReader, {
  small: {
    'a layer': build(layer, { format: 'pt' }),
    'types under a byte': build({ w: ['F4', [4, 32], 64], s: ['F8_E4M3', [64], 64], t: ['F6_E2M3', [64], 48] }),
  },
  heavy: build({ w: ['F32', [1024, 1024], 4 * 1024 * 1024] }),
})

describe('a safetensors file', () => {
  test('lists its tensors with their bytes, and says that their work is not known', async () => {
    const parsed = await open(build(layer, { format: 'pt' }))
    expect(parsed).toMatchObject({ weightBytes: 296, producer: 'pt', nodes: 0, problems: [{ code: 'no-graph' }] })
    expect(await inspectModel(parsed, {})).toMatchObject({
      params: 136,
      macs: null,
      coverage: 0,
      tensors: { 'a.weight': { dtype: 'bfloat16', shape: [8, 16] }, count: { dtype: 'int64', shape: [] } },
    })
  })

  test.for<[string, Uint8Array, string, string | null]>([
    ['a tensor whose bytes are not those of its shape', build({ w: ['F32', [3], 8] }), 'tensor-size-mismatch', 'w'],
    ['an element type of no format', build({ w: ['F7', [8], 7] }), 'invalid-field', 'w.dtype'],
    ['sizes beyond any memory', build({ w: ['F32', [2 ** 40, 2 ** 40], 0] }), 'dimension-too-large', 'w'],
    [
      'a negative size',
      withHeader('{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,0]}}', 0),
      'invalid-field',
      'w.shape',
    ],
    ['a header that is no JSON', withHeader('{"w":', 0), 'invalid-json', null],
    ['a header that the file does not hold', withHeader('{}', 0).subarray(0, 9), 'truncated', null],
    ['tensors that the file does not hold', build(layer).subarray(0, -1), 'truncated', null],
  ])('%s is refused', async ([, content, code, where]) => {
    expect(await rejectionOf(open(content))).toMatchObject({ code, where })
  })

  test('a header longer than any is refused unread', async () => {
    const file = withHeader('{}', 0)
    new DataView(file.buffer).setBigUint64(0, 2n ** 40n, true)
    expect((await rejectionOf(open(file))).code).toBe('malformed')
  })
})

const config = {
  model_type: 'llama',
  vocab_size: 10,
  hidden_size: 16,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  intermediate_size: 24,
  tie_word_embeddings: true,
  torch_dtype: 'bfloat16',
}
const parameters = 10 * 16 + 4 * 16 * 16 + 3 * 16 * 24 + 3 * 16
const weights = build({ all: ['BF16', [parameters], 2 * parameters] })
const beside = (content: unknown) => async (name: string) =>
  name === 'config.json'
    ? new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content))
    : null

describe('a config.json beside the weights', () => {
  test('gives the graph; bytes stay those of the file', async () => {
    const parsed = await withConfigBeside(await open(weights), beside(config))
    const { params, macs, problems, tensors } = await inspectModel(parsed, {})
    expect(problems).toEqual([])
    expect(params).toBe(parameters)
    expect(macs).toBeGreaterThan(0)
    expect(tensors.all).toEqual({ dtype: 'bfloat16', shape: [parameters] })
    expect(parsed).toMatchObject({
      format: 'safetensors',
      weightBytes: 2 * parameters,
      languageModel: { config: { width: 16 } },
    })
  })

  test('of another model is told', async () => {
    const parsed = await withConfigBeside(await open(weights), beside({ ...config, hidden_size: 64 }))
    expect(parsed.problems).toMatchObject([{ code: 'tensor-size-mismatch', received: `${parameters} in the tensors` }])
  })

  test('that cannot be used leaves the table and says why', async () => {
    const unknown = await withConfigBeside(await open(weights), beside({ ...config, model_type: 'rwkv' }))
    expect(unknown.problems).toMatchObject([
      { code: 'no-graph' },
      { code: 'unsupported-format', where: 'config.json: model_type' },
    ])
    const broken = await withConfigBeside(await open(weights), beside('{'))
    expect(broken.problems).toMatchObject([{ code: 'no-graph' }, { code: 'invalid-json', where: 'config.json' }])
  })

  test('beside one of several files says that the others are missing', async () => {
    const parsed = await withConfigBeside(await open(weights, 'model-00001-of-00003.safetensors'), beside(config))
    expect(parsed.problems).toMatchObject([{ code: 'external-data-missing', expected: '2 more files' }])
  })

  test('gives an index of several files its graph and bytes', async () => {
    const index = { metadata: { total_size: 123_456 }, weight_map: { a: 'model-00001-of-00002.safetensors' } }
    const alone = await openModel(
      fromBytes(new TextEncoder().encode(JSON.stringify(index))),
      'model.safetensors.index.json',
    )
    expect(alone).toMatchObject({ format: 'safetensors-index', weightBytes: 123_456, problems: [{ code: 'no-graph' }] })
    const parsed = await withConfigBeside(alone, beside(config))
    expect(parsed).toMatchObject({ weightBytes: 123_456, problems: [] })
    expect(parsed.nodes).toBeGreaterThan(10)
  })

  test('is not looked for beside a model that has a graph', async () => {
    const described = await openModel(fromBytes(new TextEncoder().encode(JSON.stringify(config))), null)
    const never = () => Promise.reject(new Error('read'))
    expect(await withConfigBeside(described, never)).toBe(described)
  })
})

const silero = new URL('silero-vad-16k.safetensors', modelsFolder)

test.skipIf(!existsSync(silero))(
  'Silero VAD has the tensors that were counted (skipped where it is not at hand)',
  async () => {
    const parsed = await open(readFileSync(silero))
    expect(parsed.graph.constants.size).toBe(15)
    expect(parsed.weightBytes).toBe(1_238_532)
    expect((await inspectModel(parsed, {})).params).toBe(309_633)
  },
)
