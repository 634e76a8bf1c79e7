import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { fusionProfiles } from '../../../device-catalog/runtimes/fusion.ts'
import { presetDecoder } from '../../../model-zoo/index.ts'
import type { DecoderConfig } from '../../../simulator/build/transformer/config.ts'
import { decoder } from '../../../simulator/build/transformer/decoder.ts'
import { denseDecoder } from '../../../simulator/build/transformer/dense-decoder.ts'
import { countWork } from '../../../simulator/cost/workload.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { makePeerFacts } from '../../../simulator/hardware/missing.ts'
import {
  type CacheFormat,
  type LanguageModelRequest,
  predictLanguageModel,
} from '../../../simulator/predict/language-model.ts'
import type { Metric } from '../../../simulator/predict/prediction.ts'
import { ProblemError } from '../../../simulator/problem.ts'
import { bytesFromGib } from '../../../simulator/quantities.ts'
import { fact, makeDevice, makeUnit, onUnit } from '../../support/devices.ts'
import { tinyDecoders } from '../build/transformer/tiny-decoders.ts'

const gpu = makeUnit({
  id: 'gpu',
  kind: 'gpu',
  peak: { fp16: 50e12, fp32: 10e12 },
  runtime: 'tensorrt',
  precisions: ['fp16', 'int4-w4a16', 'int8-w8a16'],
})
const card = (gib: number) =>
  makeDevice([gpu], { id: 'card', dramBytes: fact(bytesFromGib(gib)), dramBytesPerS: fact(500e9) })
const context = { peers: makePeerFacts([card(24)]), catalogVersion: 'test' }

function config(id: string): DecoderConfig {
  const found = presetDecoder(id) ?? tinyDecoders[id]
  if (found === undefined || found === null) throw new Error(`no decoder ${id}`)
  return found
}

function ask(id: string, more: Partial<LanguageModelRequest> = {}) {
  return predictLanguageModel({ model: { name: id, config: config(id) }, device: card(24), ...context, ...more })
}

function median(metric: Metric): number {
  if (metric.availability === 'unavailable') throw new Error(`needs ${metric.missing}`)
  return metric.p50
}

/** 0.3 B parameters: large enough to be bound by memory, small enough for many runs. */
const small = denseDecoder({
  vocabulary: 32_000,
  width: 1024,
  depth: 4,
  heads: 16,
  keyHeads: 4,
  hidden: 4096,
  contextLength: 4096,
})
const askSmall = (more: Partial<LanguageModelRequest> = {}) =>
  predictLanguageModel({ model: { name: 'small', config: small }, device: card(24), ...context, ...more })

describe('the cache of keys and values', { timeout: 60_000 }, () => {
  // 2 · layers · key heads · head size · bytes, by hand from the published hyper-parameters.
  it.for<[string, CacheFormat, number]>([
    ['llama-2-7b', 'fp16', 2 * 32 * 32 * 128 * 2],
    ['llama-3-8b', 'fp16', 2 * 32 * 8 * 128 * 2],
    ['llama-3-8b', 'activation', 2 * 32 * 8 * 128 * 2],
    ['llama-3-8b', 'fp8', 2 * 32 * 8 * 128],
    ['llama-3-8b', 'int4', (2 * 32 * 8 * 128) / 2],
    ['llama-3-8b', 'q8_0', ((2 * 32 * 8 * 128) / 32) * 34],
    ['llama-3.2-1b', 'fp16', 2 * 16 * 8 * 64 * 2],
    ['qwen2-0.5b', 'fp16', 2 * 24 * 2 * 64 * 2],
    ['gemma-2b', 'int8', 2 * 18 * 1 * 256],
    ['phi-3-mini', 'fp16', 2 * 32 * 32 * 96 * 2],
  ])('%s in %s grows by %d bytes per token', async ([id, cacheFormat, bytes]) => {
    const { kvBytesPerToken, memory, contextTokens } = await ask(id, { cacheFormat, contextTokens: 700 })
    expect(kvBytesPerToken).toBe(bytes)
    expect(memory.kvCacheBytes).toBe(bytes * (contextTokens + 1))
  })

  it('of latent attention holds one vector and one rotated key per token', async () => {
    const { kvBytesPerToken } = await ask('latent attention')
    expect(kvBytesPerToken).toBe(2 * (16 + 4) * 2)
  })

  it('stops growing at the window', async () => {
    const within = await ask('mistral-7b', { contextTokens: 2000 })
    const beyond = await ask('mistral-7b', { contextTokens: 6000 })
    expect(within.kvBytesPerToken).toBe(2 * 32 * 8 * 128 * 2)
    expect(beyond.kvBytesPerToken).toBe(0)
    expect(beyond.memory.kvCacheBytes).toBe(4096 * within.kvBytesPerToken)
  })

  it('is a state of constant size where layers have one, whatever the context', async () => {
    // Three layers of 48 features with 4 states and 3 earlier samples each, in two bytes.
    const bytes = 2 * 3 * 48 * (4 + 3)
    for (const contextTokens of [10, 1000]) {
      const { kvBytesPerToken, memory, step } = await ask('a state per feature', { contextTokens })
      expect([kvBytesPerToken, memory.kvCacheBytes]).toEqual([0, bytes])
      expect(median(step.latencyMs)).toBeGreaterThan(0)
    }
  })

  it('is read whole in every step and written by one token', () => {
    const pass = { batch: 1, newTokens: 1, pastTokens: 999, cacheType: 'int8', logits: 'last' } as const
    const summary = summarize(bindShapes(decoder('small', small, pass), {}), 'small')
    const { kernels, kvCacheBytes, boundaryBytes } = countWork(summary, 'fp16', fusionProfiles.compiler, 1)
    const attention = kernels.filter((kernel) => kernel.class === 'attention')
    const perToken = 2 * 4 * 64
    expect(attention.length).toBe(4)
    for (const { inputBytes, outputBytes } of attention) {
      expect(inputBytes).toBe(999 * perToken + 2 * 16 * 64 + 2 * perToken)
      expect(outputBytes).toBe(2 * 16 * 64 + perToken)
    }
    expect(kvCacheBytes).toBe(4 * 1000 * perToken)
    // Token, position and logits cross the boundary; the cache stays.
    expect(boundaryBytes).toBe(8 + 8 + 2 * 32_000)
  })
})

describe('a step', { timeout: 60_000 }, () => {
  it('reads every weight but the token table, and the cache', async () => {
    const { step } = await ask('llama-3-8b', { precision: 'fp16', contextTokens: 1000 })
    const read = 2 * (8_030_261_248 - 128_256 * 4096) + 1000 * 131_072
    expect(step.totals.trafficBytes / read).toBeGreaterThan(1)
    expect(step.totals.trafficBytes / read).toBeLessThan(1.01)
    expect(step.bound).toBe('memory')
  })

  it('of four-bit weights takes about a quarter as long, scales included', async () => {
    const half = await ask('llama-3-8b', { precision: 'fp16' })
    const quarter = await ask('llama-3-8b', { precision: 'int4-w4a16' })
    const ratio = median(half.msPerToken) / median(quarter.msPerToken)
    expect(ratio).toBeGreaterThan(2.5)
    expect(ratio).toBeLessThan(16 / 4.5)
  })

  it('reads only the experts that its token takes, and more of them for more items', () => {
    const experts = config('experts')
    const weightsOf = (batch: number): number => {
      const pass = { batch, newTokens: 1, pastTokens: 4, cacheType: 'float32', logits: 'last' } as const
      const summary = summarize(bindShapes(decoder('experts', experts, pass), {}), 'experts')
      const kernel = countWork(summary, 'fp16', fusionProfiles.compiler, batch).kernels.find(({ name }) =>
        name.includes('MixtureOfExperts'),
      )
      return kernel?.weightBytes ?? Number.NaN
    }
    const each = 2 * (3 * 32 * 16 + 2 * 16 + 32)
    expect(weightsOf(1) / each).toBeCloseTo(2, 1)
    expect(weightsOf(3) / each).toBeCloseTo(4, 1)
    expect(weightsOf(64)).toBe(6 * each)
  })

  it('for more items gives more tokens per second, and each of them later', async () => {
    const [one, eight] = [await askSmall({ batch: 1 }), await askSmall({ batch: 8 })]
    expect(median(eight.tokensPerS)).toBeGreaterThan(4 * median(one.tokensPerS))
    expect(median(eight.msPerToken)).toBeGreaterThan(median(one.msPerToken))
    expect(eight.kvBytesPerToken).toBe(one.kvBytesPerToken)
    expect(eight.memory.kvCacheBytes).toBe(8 * one.memory.kvCacheBytes)
  })

  test.prop([fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 1, max: 16 })], { numRuns: 20 })(
    'takes the inverse of its rate, bounds as well',
    async (contextTokens, batch) => {
      const { msPerToken, tokensPerS } = await askSmall({ contextTokens, batch })
      if (msPerToken.availability === 'unavailable' || tokensPerS.availability === 'unavailable')
        throw new Error('no figure')
      expect((tokensPerS.p50 * msPerToken.p50) / (1000 * batch)).toBeCloseTo(1, 12)
      expect((tokensPerS.pi80[0] * msPerToken.pi80[1]) / (1000 * batch)).toBeCloseTo(1, 12)
      expect((tokensPerS.pi95[1] * msPerToken.pi95[0]) / (1000 * batch)).toBeCloseTo(1, 12)
    },
  )

  test.prop([fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 1, max: 4000 })], { numRuns: 20 })(
    'is never faster with more tokens in the cache',
    async (a, b) => {
      const [fewer, more] = [Math.min(a, b), Math.max(a, b)]
      const short = median((await askSmall({ contextTokens: fewer })).msPerToken)
      expect(median((await askSmall({ contextTokens: more })).msPerToken)).toBeGreaterThanOrEqual(short)
    },
  )
})

describe('the first token', { timeout: 60_000 }, () => {
  it('comes after one pass over the prompt', async () => {
    const { ttftMs, prefill, promptTokensPerS } = await askSmall({ promptTokens: 600 })
    expect(ttftMs).toEqual(prefill.latencyMs)
    expect(median(promptTokensPerS)).toBeCloseTo((600 * 1000) / median(ttftMs), 6)
  })

  test.prop([fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 3000 })], { numRuns: 20 })(
    'never comes earlier after a prompt that is longer by a whole tile',
    async (tokens, more) => {
      const short = median((await askSmall({ promptTokens: tokens })).ttftMs)
      const longer = median((await askSmall({ promptTokens: tokens + 256 + more })).ttftMs)
      expect(longer).toBeGreaterThanOrEqual(short * 0.999)
    },
  )

  it('waits for scores that a runtime stores, ever longer with the square of the prompt', async () => {
    const ttftOn = async (runtime: string, promptTokens: number): Promise<number> => {
      const device = makeDevice([{ ...gpu, runtimes: [onUnit(runtime, ['fp16'])] }], {
        dramBytesPerS: fact(100e9),
      })
      const { prefill } = await askSmall({ device, precision: 'fp16', promptTokens, kernels: true })
      return prefill.kernels
        .filter(({ class: is }) => is === 'attention')
        .reduce((sum, { memoryMs }) => sum + memoryMs, 0)
    }
    const storedMs = async (tokens: number) =>
      (await ttftOn('llama.cpp-cuda', tokens)) - (await ttftOn('pytorch-eager', tokens))
    // 5 passes over half of 16 heads × 2048² scores of 4 bytes in 4 layers, at three quarters of 100 GB/s.
    expect(await storedMs(2048)).toBeCloseTo((1000 * 5 * 4 * 0.5 * 4 * 16 * 2048 ** 2) / 75e9, 6)
    expect((await storedMs(2048)) / (await storedMs(1024))).toBeCloseTo(4, 6)
  })

  it('of a long prompt needs the activations of one piece of it', async () => {
    const piece = await askSmall({ promptTokens: 512, contextTokens: 3000 })
    const long = await askSmall({ promptTokens: 3000, contextTokens: 3000 })
    expect(long.memory.peakActivationBytes).toBe(piece.memory.peakActivationBytes)
    expect(long.prefill.memory.peakActivationBytes).toBeGreaterThan(4 * long.memory.peakActivationBytes)
  })
})

describe('the host', { timeout: 60_000 }, () => {
  const on = async (runtime: string) => {
    const device = makeDevice([{ ...gpu, runtimes: [onUnit(runtime, ['fp16'])] }])
    const { ttftMs, msPerToken } = await askSmall({ device, precision: 'fp16' })
    return { ttftMs: median(ttftMs), msPerToken: median(msPerToken) }
  }

  it('adds its time between passes to each, and that of a new length to a prompt', async () => {
    const [host, none] = [await on('openvino'), await on('onnxruntime-directml')]
    // Alike but for the host (docs/method/language-model.md, LM-6).
    const logits = 32_000
    expect(host.msPerToken - none.msPerToken).toBeCloseTo(5 + 30e-6 * logits, 6)
    expect(host.ttftMs - none.ttftMs).toBeCloseTo(30 + 430e-6 * logits, 6)
  })

  it('and the unpacking of weights are in the explanation', async () => {
    const explainedOn = async (runtime: string) => {
      const device = makeDevice([{ ...gpu, runtimes: [onUnit(runtime, ['int4-q4_k_m'])] }])
      const { step } = await askSmall({ device, precision: 'int4-q4_k_m', explain: 'largest' })
      return JSON.stringify(step.explanation)
    }
    expect(await explainedOn('llama.cpp-metal')).toContain('"formula":"LM-7","quantity":"unpacking weights"')
    expect(await explainedOn('llama.cpp-metal')).not.toContain('LM-6')
    expect(await explainedOn('openvino')).toContain('"formula":"LM-6"')
  })
})

describe('memory', { timeout: 60_000 }, () => {
  it('is weights, cache, activations and runtime', async () => {
    const { memory } = await askSmall({ promptTokens: 300, contextTokens: 900 })
    const { weightBytes, kvCacheBytes, peakActivationBytes, runtimeBytes, totalBytes } = memory
    expect(median(totalBytes)).toBe(weightBytes + kvCacheBytes + peakActivationBytes + (runtimeBytes ?? Number.NaN))
  })

  it('that is not there is said, and so is the context at which it runs out', async () => {
    const tight = await ask('llama-3-8b', { precision: 'fp16', device: card(16), contextTokens: 12_000 })
    expect(tight.warnings.map(({ code }) => code)).toContain('does-not-fit-memory')
    expect(tight.contexts.map(({ contextTokens, fits }) => [contextTokens, fits])).toEqual([
      [512, true],
      [1024, true],
      [2048, true],
      [4096, true],
      [8192, false],
    ])
    expect((await ask('llama-3-8b', { precision: 'int4-w4a16', device: card(16) })).warnings).toEqual([])
  })
})

it('token counts that are none are refused', async () => {
  for (const more of [{ promptTokens: 0 }, { contextTokens: 1.5 }]) {
    await expect(askSmall(more)).rejects.toBeInstanceOf(ProblemError)
  }
})
