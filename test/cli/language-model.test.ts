/** Language models end to end: files written by code, read by the command line as a process. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildGguf, llamaEntries, llamaTensors, u32 } from '../support/build-gguf.ts'
import { runEdgefit } from './run-edgefit.ts'

// Every test starts processes, on a machine that may be busy.
const patience = 60_000

const sizes = { vocabulary: 512, width: 256, depth: 4, heads: 8, keyHeads: 2, keyWidth: 64, hidden: 768 }
const q4K = 12
const spec = { entries: llamaEntries(sizes), tensors: llamaTensors(sizes, () => q4K) }
const parameters = 2 * 512 * 256 + 4 * (2 * 256 * 256 + 2 * 256 * 64 + 3 * 256 * 768 + 2 * 256) + 256
const config = {
  model_type: 'llama',
  vocab_size: 512,
  hidden_size: 256,
  num_hidden_layers: 4,
  num_attention_heads: 8,
  num_key_value_heads: 2,
  intermediate_size: 768,
  torch_dtype: 'float16',
}

let folder: string
const at = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgefit-llm-'))
  await writeFile(at('llama.gguf'), buildGguf(spec))
  const half = Math.floor(spec.tensors.length / 2)
  const count = u32(2)
  const first = {
    entries: { ...spec.entries, 'split.no': u32(0), 'split.count': count },
    tensors: spec.tensors.slice(0, half),
  }
  const second = { entries: { 'split.no': u32(1), 'split.count': count }, tensors: spec.tensors.slice(half) }
  await writeFile(at('split-00001-of-00002.gguf'), buildGguf(first))
  await writeFile(at('split-00002-of-00002.gguf'), buildGguf(second))
  await mkdir(at('hf'))
  const header = JSON.stringify({ w: { dtype: 'F16', shape: [parameters], data_offsets: [0, 2 * parameters] } })
  const file = new Uint8Array(8 + header.length + 2 * parameters)
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true)
  file.set(new TextEncoder().encode(header), 8)
  await writeFile(at('hf/model.safetensors'), file)
  await writeFile(at('hf/config.json'), JSON.stringify(config))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function answerOf(argv: readonly string[]) {
  const { code, stdout, stderr } = await runEdgefit([...argv, '--json'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

describe('inspect', { timeout: patience }, () => {
  test('gives a GGUF file, in one piece or two, and weights with their config.json the same parameters', async () => {
    const gguf = await answerOf(['inspect', at('llama.gguf')])
    const split = await answerOf(['inspect', at('split-00002-of-00002.gguf')])
    const safetensors = await answerOf(['inspect', at('hf/model.safetensors')])
    const alone = await answerOf(['inspect', at('hf/config.json')])
    for (const answer of [gguf, split, safetensors, alone]) {
      expect(answer).toMatchObject({ params: parameters, problems: [], coverage: 1 })
      expect(answer.macs).toBe(gguf.macs)
    }
    expect([gguf, split, safetensors, alone].map(({ format }) => format)).toEqual([
      'gguf',
      'gguf',
      'safetensors',
      'config',
    ])
    expect(split.weightBytes).toBe(gguf.weightBytes)
    expect(safetensors.weightBytes).toBe(2 * parameters)
    expect(gguf.tensors['blk.0.attn_k.weight']).toEqual({ dtype: 'q4_k', shape: [64, 256] })
  })
})

describe('sim', { timeout: patience }, () => {
  const target = ['--device', 'nvidia-rtx4090', '--precision', 'fp16']

  test('of a preset gives the first token, tokens per second and the cache', async () => {
    const tokens = ['--prompt-tokens', '256', '--context', '1000', '--kv-cache', 'int8']
    const answer = await answerOf(['sim', 'preset:llama-3.2-1b', ...target, ...tokens])
    expect(answer).toMatchObject({
      promptTokens: 256,
      contextTokens: 1000,
      cacheFormat: 'int8',
      kvBytesPerToken: 2 * 16 * 8 * 64,
      memory: { kvCacheBytes: 2 * 16 * 8 * 64 * 1001 },
      step: { bound: 'memory' },
    })
    expect(answer.ttftMs).toEqual(answer.latencyMs)
    expect([answer.msPerToken, answer.tokensPerS]).toEqual([answer.step.latencyMs, answer.step.throughputPerS])
    expect(answer.contexts.at(-1)).toMatchObject({ contextTokens: 131_072, fits: true })
  })

  test('of a GGUF file reads its weights at their size in the file', async () => {
    const { memory } = await answerOf(['sim', at('llama.gguf'), ...target])
    const matrices = parameters - 256 * (2 * 4 + 1)
    // Norms are in the precision of the activations; beside them are the frequencies of the rotation and some shapes.
    const stored = (matrices * 4.5) / 8 + 2 * 256 * (2 * 4 + 1)
    expect(memory.weightBytes - stored).toBeGreaterThanOrEqual(0)
    expect(memory.weightBytes - stored).toBeLessThan(100)
  })

  test('shows all of it as text', async () => {
    const { code, stdout } = await runEdgefit(['sim', 'preset:tinyllama-1.1b', ...target])
    expect(code).toBe(0)
    for (const text of ['first token', 'each token', 'KV cache', 'prompt of 128 tokens', 'tokens in the cache']) {
      expect(stdout).toContain(text)
    }
  })

  test.for([
    ['a model that writes no tokens', ['sim', 'preset:resnet8-ic', '--device', 'jetson-nano', '--context', '5']],
    ['a format of no cache', ['sim', 'preset:tinyllama-1.1b', '--device', 'jetson-nano', '--kv-cache', 'fp3']],
    ['no count', ['sim', 'preset:tinyllama-1.1b', '--device', 'jetson-nano', '--prompt-tokens', 'many']],
  ] as const)('refuses %s', async ([, argv]) => {
    const { code, stderr } = await runEdgefit(argv)
    expect(code).toBe(3)
    expect(stderr).toContain('edgefit: invalid-usage')
  })
})

test('predict answers rows about a file as it answers those about a preset', { timeout: patience }, async () => {
  const rows = [
    ['tg 512 tokens', 'token rate'],
    ['pp 512 tokens', 'prompt tokens per second'],
    ['prompt 64', 'ttft'],
    ['tokens', 'ms per output token'],
  ]
  const lines = rows.map(([shape, kind]) => `${at('llama.gguf')},nvidia-rtx4090,gpu,fp16,${shape},${kind}`)
  await writeFile(
    at('in.csv'),
    ['model,device_id,compute_unit,precision,input_shape,latency_kind', ...lines, ''].join('\n'),
  )
  expect((await runEdgefit(['predict', '--pairs', at('in.csv'), '--out', at('out.csv')])).code).toBe(0)
  const [header = '', ...answers] = (await readFile(at('out.csv'), 'utf8')).trim().split('\n')
  const column = (name: string) => answers.map((line) => Number(line.split(',')[header.split(',').indexOf(name)]))
  expect(answers.length).toBe(4)
  const [generated = 0, , , each = 0] = column('tokens_per_s')
  expect(generated).toBeGreaterThan(0)
  expect(each).toBeGreaterThan(0)
  expect(column('throughput_per_s')[1]).toBeGreaterThan(generated)
  expect(column('ttft_ms')[2]).toBeGreaterThan(0)
})
