import { describe, expect, test } from 'vitest'
import { bertConfig } from '../../../../simulator/build/transformer/bert.ts'
import type { EncoderConfig, EncoderDecoderConfig } from '../../../../simulator/build/transformer/config.ts'
import { encoder } from '../../../../simulator/build/transformer/encoder.ts'
import { distanceBucket, encoderDecoder } from '../../../../simulator/build/transformer/encoder-decoder.ts'
import { whisper, whisperDecoder, whisperEncoder } from '../../../../simulator/build/transformer/whisper.ts'
import { writeOnnx } from '../../../../simulator/export/onnx.ts'
import type { Graph } from '../../../../simulator/graph/graph.ts'
import { bindShapes } from '../../../../simulator/graph/infer.ts'
import { countParameters } from '../../../../simulator/graph/parameters.ts'
import { runOnnx } from '../../../model-zoo/run-onnx.ts'

const bert = bertConfig({ vocabulary: 50, width: 24, depth: 2, heads: 3, hidden: 40, positions: 16 })

const encoders: Readonly<Record<string, EncoderConfig>> = {
  'a span': bert,
  'a pooled token and one set of weights for all layers': {
    ...bert,
    sharedLayers: true,
    embeddingWidth: 12,
    head: { kind: 'pooler' },
  },
  'masked tokens': { ...bert, embeddingWidth: 12, head: { kind: 'vocabulary' } },
  'a score per token': { ...bert, head: { kind: 'discriminator' } },
  classes: { ...bert, segments: 0, head: { kind: 'classes', classes: 5 } },
  'the mean of the tokens': { ...bert, segments: 1, head: { kind: 'mean' } },
  'rotary positions and gates': {
    ...bert,
    positions: null,
    normPlacement: 'pre',
    finalNorm: true,
    attention: { ...bert.attention, rotary: { size: 8, theta: 10_000 } },
    feedForward: { ...bert.feedForward, gated: true },
    head: { kind: 'none' },
  },
  'fewer key heads': { ...bert, attention: { ...bert.attention, keyHeads: 1 }, head: { kind: 'none' } },
  'tokens that see only those before them': { ...bert, causal: true, head: { kind: 'none' } },
}

async function outputsOf(graph: Graph) {
  const { shapes, values } = await runOnnx(writeOnnx(graph, { seed: 3 }), graph)
  for (const list of Object.values(values)) expect(list.every(Number.isFinite)).toBe(true)
  return shapes
}

function declared(graph: Graph) {
  return Object.fromEntries(graph.outputs.map((name) => [name, graph.values.get(name)?.shape]))
}

describe('encoders run in onnxruntime', { timeout: 60_000 }, () => {
  test.for(Object.entries(encoders))('%s', async ([, config]) => {
    const graph = encoder('tiny', config, [2, 7])
    expect(bindShapes(graph, {}).problems).toEqual([])
    expect(await outputsOf(graph)).toEqual(declared(graph))
  })

  test('shared layers are counted once', () => {
    const params = (change: Partial<EncoderConfig>) =>
      countParameters(bindShapes(encoder('tiny', { ...bert, ...change }, [1, 7]), {}))
    const layer = params({ depth: 3 }) - params({ depth: 2 })
    expect(params({ sharedLayers: true, depth: 9 })).toBe(params({ depth: 1 }))
    expect(layer).toBe(4 * (24 * 24 + 24) + 2 * 24 * 40 + 40 + 24 + 4 * 24)
  })
})

const t5: EncoderDecoderConfig = {
  architecture: 'encoder-decoder',
  vocabulary: 60,
  width: 24,
  encoderDepth: 2,
  decoderDepth: 3,
  heads: 3,
  headSize: 10,
  feedForward: { kind: 'dense', hidden: 40, gated: true, activation: 'gelu-tanh', bias: false },
  epsilon: 1e-6,
  relativeBuckets: 8,
  relativeDistance: 20,
  tied: false,
}

describe('T5', { timeout: 60_000 }, () => {
  test('runs in onnxruntime', async () => {
    const graph = encoderDecoder('tiny', t5, [2, 9])
    expect(await outputsOf(graph)).toEqual({ logits: [2, 60] })
  })

  test('distances fall into buckets as in the published code', () => {
    // Values of T5Attention._relative_position_bucket (huggingface/transformers) for 32 buckets up to 128.
    const distances = [-200, -127, -64, -16, -9, -8, -7, -1, 0, 1, 7, 8, 16, 64, 200]
    const both = distances.map((distance) => distanceBucket(distance, 32, 128, true))
    expect(both).toEqual([15, 15, 14, 10, 8, 8, 7, 1, 0, 17, 23, 24, 26, 30, 31])
    const past = distances.map((distance) => distanceBucket(distance, 32, 128, false))
    expect(past).toEqual([31, 31, 26, 16, 9, 8, 7, 1, 0, 0, 0, 0, 0, 0, 0])
  })
})

describe('Whisper', { timeout: 60_000 }, () => {
  const config = {
    melBands: 8,
    width: 24,
    encoderDepth: 2,
    decoderDepth: 3,
    heads: 3,
    hidden: 40,
    vocabulary: 60,
    frames: 10,
    tokens: 12,
  }

  test('both halves run in onnxruntime', async () => {
    const listening = whisperEncoder('tiny', [1, 8, 20], config)
    expect(await outputsOf(listening)).toEqual(declared(listening))
    const writing = whisperDecoder('tiny', [1, 1], config, 4)
    expect(await outputsOf(writing)).toMatchObject({ logits: [1, 1, 60], 'present.2.key': [1, 3, 5, 8] })
  })

  test('the halves have the parameters of the whole between them', () => {
    const params = (graph: Graph) => countParameters(bindShapes(graph, {}))
    const halves =
      params(whisperEncoder('tiny', [1, 8, 20], config)) + params(whisperDecoder('tiny', [1, 1], config, 4))
    expect(params(whisper('tiny', 1, config))).toBe(halves)
  })
})
