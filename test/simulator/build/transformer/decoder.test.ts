import { describe, expect, test } from 'vitest'
import type { DecoderConfig } from '../../../../simulator/build/transformer/config.ts'
import { decoder } from '../../../../simulator/build/transformer/decoder.ts'
import type { DecoderPass } from '../../../../simulator/build/transformer/pass.ts'
import { bindShapes } from '../../../../simulator/graph/infer.ts'
import { countParameters } from '../../../../simulator/graph/parameters.ts'
import { summarize } from '../../../../simulator/graph/summarize.ts'
import { type Run, runPass } from './run-pass.ts'
import { tinyDecoders } from './tiny-decoders.ts'

const kinds = Object.entries(tinyDecoders)
const ids = [7, 3, 21, 3, 14, 9, 30]

function passOf(config: DecoderConfig, newTokens: number, pastTokens = 0, more: Partial<DecoderPass> = {}) {
  return decoder('tiny', config, { batch: 1, newTokens, pastTokens, cacheType: 'float32', logits: 'last', ...more })
}

function logitsOf(outputs: ReadonlyMap<string, Run>): Run {
  const logits = outputs.get('logits')
  if (logits === undefined) throw new Error('no logits')
  return logits
}

function largestDifference(a: Run, b: Run): number {
  return a.values.reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - (b.values[index] ?? Number.NaN))),
    0,
  )
}

describe('decoders run in onnxruntime', { timeout: 60_000 }, () => {
  test.for(kinds)('%s: finite logits that depend on every token', async ([, config]) => {
    const graph = passOf(config, ids.length, 0, { logits: 'all' })
    const logits = logitsOf(await runPass(graph, { ids, firstPosition: 0 }))
    expect(logits.dims).toEqual([1, ids.length, config.vocabulary])
    expect(logits.values.every(Number.isFinite)).toBe(true)
    const last = logits.values.slice(-config.vocabulary)
    expect(Math.max(...last) - Math.min(...last)).toBeGreaterThan(0.01)
    const changed = logitsOf(await runPass(graph, { ids: ids.with(-1, 2), firstPosition: 0 }))
    const row = (run: Run, token: number) =>
      run.values.slice(token * config.vocabulary, (token + 1) * config.vocabulary)
    // A later token leaves what came before alone.
    expect(row(changed, ids.length - 2)).toEqual(row(logits, ids.length - 2))
    expect(row(changed, ids.length - 1)).not.toEqual(row(logits, ids.length - 1))
  })

  test.for(kinds)('%s: one step with the cache gives what reading everything at once gives', async ([, config]) => {
    const whole = logitsOf(await runPass(passOf(config, ids.length), { ids, firstPosition: 0 }))
    const before = ids.length - 1
    const prompt = await runPass(passOf(config, before), { ids: ids.slice(0, before), firstPosition: 0 })
    const step = await runPass(passOf(config, 1, before), {
      ids: ids.slice(before),
      firstPosition: before,
      cache: prompt,
    })
    expect(logitsOf(step).dims).toEqual([1, config.vocabulary])
    expect(largestDifference(logitsOf(step), whole)).toBeLessThan(1e-3)
  })

  test('a prompt in two pieces gives what it gives at once', async () => {
    const config = tinyDecoders['grouped queries']
    if (config === undefined) throw new Error('no such decoder')
    const whole = logitsOf(await runPass(passOf(config, ids.length), { ids, firstPosition: 0 }))
    const first = await runPass(passOf(config, 4), { ids: ids.slice(0, 4), firstPosition: 0 })
    const second = await runPass(passOf(config, 3, 4), { ids: ids.slice(4), firstPosition: 4, cache: first })
    expect(largestDifference(logitsOf(second), whole)).toBeLessThan(1e-3)
  })
})

function counted(config: DecoderConfig, newTokens: number, pastTokens = 0) {
  const bound = bindShapes(passOf(config, newTokens, pastTokens), {})
  const summary = summarize(bound, 'tiny')
  return {
    problems: bound.problems,
    params: countParameters(bound),
    macs: summary.operators.reduce((sum, { macs }) => sum + (macs ?? Number.NaN), 0),
  }
}

describe('decoders are counted', () => {
  test.for(kinds)('%s: every shape follows, and the parameters are those of any pass', ([, config]) => {
    const prompt = counted(config, 5)
    const step = counted(config, 1, 11)
    expect([...prompt.problems, ...step.problems]).toEqual([])
    expect(step.params).toBe(prompt.params)
  })

  test('dense attention costs one product per query, key and head, and weights one per token', () => {
    const config = tinyDecoders['grouped queries']
    if (config === undefined) throw new Error('no such decoder')
    const perToken = 2 * (32 * 32 + 2 * 32 * 16 + 32 * 32 + 3 * 32 * 48)
    const tokens = 6
    expect(counted(config, tokens).macs).toBe(tokens * perToken + 40 * 32 + 2 * 4 * tokens * tokens * 16)
    expect(counted(config, 1, tokens).macs).toBe(perToken + 40 * 32 + 2 * 4 * (tokens + 1) * 16)
  })

  test('a window bounds the keys that a step reads', () => {
    const config = tinyDecoders['a window in every other layer']
    if (config === undefined) throw new Error('no such decoder')
    const added = (from: number, to: number) => counted(config, 1, to).macs - counted(config, 1, from).macs
    // Only the one layer without a window grows: 4 heads of 8 + 8 per token.
    expect(added(10, 20)).toBe(10 * 4 * 16)
  })

  test.for([
    // Projections 32 → 96 (one with a bias), 48 → 11, 3 → 48, 48 → 32; four taps; an update and a read of 48 × 4.
    ['a state per feature', 3 * (32 * 96 + 4 * 48 + 48 * 11 + 3 * 48 + 2 * 48 * 4 + 48 * 32)],
    // 32 → 16 + 16 + 24 and 4 + 4; four taps of 56; update, correction and read of 4 heads of 8 × 6; gate and output of 24; the network.
    ['the delta rule', 32 * (56 + 8) + 4 * 56 + 3 * 4 * 8 * 6 + 2 * 32 * 24 + 3 * 32 * 48],
  ] as const)('%s costs the same after any context', ([kind, macs]) => {
    const config = tinyDecoders[kind]
    if (config === undefined) throw new Error('no such decoder')
    for (const past of [1, 50]) expect(counted(config, 1, past).macs).toBe(macs + 40 * 32)
    expect(counted(config, 6).macs).toBe(6 * macs + 40 * 32)
  })

  test('only the experts that a token takes count', () => {
    const config = tinyDecoders.experts
    if (config === undefined) throw new Error('no such decoder')
    const expert = 3 * 32 * 16
    const router = 32 * 6
    const shared = 3 * 32 * 20 + 32
    const biases = 6 + 6 * (2 * 16 + 32)
    const dense = 3 * 32 * 48
    const attention = 2 * (32 * 32 + 2 * 32 * 16 + 32 * 32) + 2 * 4 * 16
    const { macs, params } = counted(config, 1)
    expect(macs).toBe(attention + dense + router + 2 * expert + shared + 40 * 32)
    expect(params).toBe(attention - 2 * 4 * 16 + dense + router + 6 * expert + biases + shared + 2 * 40 * 32 + 5 * 32)
  })
})
