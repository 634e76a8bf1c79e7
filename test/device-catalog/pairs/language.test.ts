import { describe, expect, test } from 'vitest'
import { catalogContext } from '../../../calibration/evidence/load.ts'
import { countedFigures } from '../../../device-catalog/pairs/figures.ts'
import { promptOf, readPair } from '../../../device-catalog/pairs/pair.ts'
import { answer, questionOf } from '../../../device-catalog/pairs/question.ts'
import { fusionProfiles } from '../../../device-catalog/runtimes/fusion.ts'

const context = catalogContext()

function pair(rest: Readonly<Record<string, string>>) {
  const row: Record<string, string> = {
    preset_id: 'llama-3.2-1b',
    device_id: 'nvidia-h100-sxm',
    compute_unit: 'gpu',
    runtime: 'tensorrt-llm',
    precision: 'fp8',
    latency_kind: 'token rate',
    ...rest,
  }
  return readPair((column) => row[column] ?? '')
}

async function figuresOf(rest: Readonly<Record<string, string>>) {
  const question = await questionOf(pair(rest), context)
  return countedFigures(answer(question), question.kind, question.input)
}

async function tokensPerS(rest: Readonly<Record<string, string>>): Promise<number> {
  const { tokensPerS: metric } = await figuresOf(rest)
  if (metric?.availability !== 'available') throw new Error('no token rate')
  return metric.p50
}

describe('the precision of a language model', () => {
  const precisionOf = async (rest: Readonly<Record<string, string>>) => {
    const { request } = await questionOf(
      pair({ device_id: 'core-ultra-7-155h', runtime: 'openvino', ...rest }),
      context,
    )
    return request.precision
  }

  test('is that of packed weights where a row does not state it', async () => {
    for (const compute_unit of ['cpu', 'gpu', 'npu']) {
      expect(await precisionOf({ compute_unit, precision: 'unstated' })).toBe('int4-w4a16')
    }
    const network = { preset_id: 'mobilenet-v2-1.0', latency_kind: 'mean', precision: 'unstated' }
    expect(await precisionOf(network)).toBeUndefined()
    expect(await precisionOf({ precision: 'fp16' })).toBe('fp16')
  })

  test('in plain int4 keeps floating-point activations', async () => {
    const genie = { device_id: 'snapdragon-8-elite-qrd', compute_unit: 'npu', runtime: 'genie' }
    expect(await precisionOf({ ...genie, precision: 'int4' })).toBe('int4-w4f16')
    expect(await precisionOf({ ...genie, precision: 'int4-w4a16' })).toBe('int4-w4a16')
  })
})

describe('generated tokens', () => {
  test('come slower the more the cache holds', async () => {
    const [short, long] = [await tokensPerS({ context_length: '128' }), await tokensPerS({ context_length: '16384' })]
    expect(long).toBeLessThan(short)
  })

  test('are timed in the middle of the answer, after the prompt', async () => {
    const cached = async (rest: Readonly<Record<string, string>>) =>
      (await questionOf(pair(rest), context)).input.pastTokens
    expect(await cached({ input_shape: 'tg 1024 tokens', context_length: '1024' })).toBe(512)
    expect(await cached({ input_shape: 'prompt 1024', context_length: '1024' })).toBe(1024)
    expect(await cached({ input_shape: 'tokens', context_length: '4096' })).toBe(4096)
    expect(await cached({ input_shape: 'ISL/OSL 128/2048', latency_kind: 'serving' })).toBe(128 + 1024)
  })

  test('say what length of the cache was assumed where the row does not', async () => {
    const { remarks } = await questionOf(pair({ input_shape: 'tokens' }), context)
    expect(remarks).toContain('128 tokens in the cache assumed')
  })

  test('do not carry the cache over the link of a card', async () => {
    const { request } = await questionOf(pair({ context_length: '16384' }), context)
    const boundaryBytes = request.workloads?.get('fp8', fusionProfiles.compiler, 1).boundaryBytes ?? Number.NaN
    // Two ids in, one row of logits out.
    expect(boundaryBytes).toBeLessThan(1e6)
  })

  test('of many requests at once are many times those of one, and fewer behind long prompts', async () => {
    const one = await tokensPerS({ context_length: '1000' })
    const serving = (input_shape: string) => tokensPerS({ input_shape, latency_kind: 'serving' })
    const [short, long] = [await serving('ISL/OSL 128/1000'), await serving('ISL/OSL 8000/1000')]
    expect(short).toBeGreaterThan(5 * one)
    expect(long).toBeLessThan(short)
  })
})

describe('the first token beside a token rate', () => {
  test('comes after the prompt that the row states, or the shortest chunk', () => {
    expect(promptOf(pair({ input_shape: 'prompt 1024', context_length: '1024' }))).toMatchObject({
      kindText: 'ttft',
      size: { kind: 'tokens', tokens: 1024 },
      contextTokens: null,
    })
    expect(promptOf(pair({ input_shape: 'tokens', context_length: '4096' }))?.size).toEqual({ kind: 'default' })
  })

  test('comes after the whole context of a graph that is compiled for a short one', () => {
    const size = (context_length: string) => promptOf(pair({ input_shape: 'tokens', context_length }))?.size
    expect(size('1024')).toEqual({ kind: 'tokens', tokens: 1024 })
    expect(size('2048')).toEqual({ kind: 'default' })
  })

  test('is no question of rows about anything else', () => {
    expect(promptOf(pair({ latency_kind: 'ttft' }))).toBeNull()
    expect(promptOf(pair({ latency_kind: 'mean' }))).toBeNull()
    expect(promptOf(pair({ latency_kind: 'serving', input_shape: 'ISL/OSL 128/128' }))).toBeNull()
  })

  test('takes longer after a longer prompt', async () => {
    const ttftMs = async (input_shape: string) => {
      const { ttftMs: metric } = await figuresOf({ input_shape, latency_kind: 'ttft' })
      return metric?.availability === 'available' ? metric.p50 : Number.NaN
    }
    expect(await ttftMs('prompt 2048')).toBeGreaterThan(await ttftMs('prompt 128'))
  })
})
