/** Decoders of a few thousand parameters, one for each way in which published ones differ. */
import type {
  DecoderConfig,
  DecoderLayer,
  GroupedAttention,
  MultiHeadStateSpace,
} from '../../../../simulator/build/transformer/config.ts'
import { plainAttention, plainDecoder, rmsNorm } from '../../../../simulator/build/transformer/dense-decoder.ts'

const width = 32
const vocabulary = 40
const rotary = { size: 8, theta: 10_000 }
const grouped: GroupedAttention = { ...plainAttention(4, 2, 8), rotary }
const gated = { kind: 'dense', hidden: 48, gated: true, activation: 'silu', bias: false } as const
const plain = { kind: 'dense', hidden: 64, gated: false, activation: 'gelu-tanh', bias: true } as const
const layer: DecoderLayer = { attention: grouped, feedForward: gated, parallel: null }
const base: DecoderConfig = { ...plainDecoder(vocabulary, width, rmsNorm(1e-5)), layers: [layer, layer] }

const stateSpace: MultiHeadStateSpace = {
  kind: 'multi-head-state-space',
  heads: 4,
  headSize: 8,
  groups: 2,
  states: 6,
  kernel: 4,
  convolutionBias: true,
  bias: false,
  gatedNorm: false,
}

const attending = (change: Partial<GroupedAttention>): DecoderLayer => ({
  ...layer,
  attention: { ...grouped, ...change },
})

export const tinyDecoders: Readonly<Record<string, DecoderConfig>> = {
  'grouped queries': base,
  'one key head': { ...base, layers: [attending({ keyHeads: 1 })] },
  'biases and tied embeddings': { ...base, tied: true, layers: [attending({ bias: true, outputBias: true })] },
  'partial rotation': { ...base, layers: [attending({ rotary: { size: 4, theta: 100 } })] },
  'normed queries and keys': {
    ...base,
    layers: [attending({ queryKeyNorm: 'head' }), attending({ queryKeyNorm: 'all' })],
  },
  'a window in every other layer': {
    ...base,
    layers: [attending({ window: 3 }), layer, attending({ window: 3, rotary: { size: 8, theta: 100 } })],
  },
  'norms around both branches, soft caps, scaled embeddings': {
    ...base,
    normPlacement: 'sandwich',
    logitSoftcap: 30,
    embeddingScale: Math.sqrt(width),
    layers: [attending({ softcap: 5, scale: 0.25 })],
  },
  'norms after the branches': { ...base, normPlacement: 'post-branch' },
  'parallel branches': {
    ...base,
    norm: { kind: 'layer', epsilon: 1e-5, bias: true },
    outputBias: true,
    layers: [
      { attention: { ...grouped, keyHeads: 4, bias: true }, feedForward: plain, parallel: 'one-norm' },
      { attention: grouped, feedForward: plain, parallel: 'two-norms' },
    ],
  },
  'learned positions': {
    ...base,
    norm: { kind: 'layer', epsilon: 1e-5, bias: true },
    positions: 16,
    embeddingWidth: 24,
    tied: true,
    layers: [{ ...attending({ rotary: null, keyHeads: 4, bias: true }), feedForward: plain }],
  },
  experts: {
    ...base,
    layers: [
      layer,
      {
        ...layer,
        feedForward: {
          kind: 'experts',
          experts: 6,
          chosen: 2,
          hidden: 16,
          gated: true,
          bias: true,
          routerBias: true,
          shared: { ...gated, hidden: 20 },
          sharedGate: true,
        },
      },
    ],
  },
  'latent attention': {
    ...base,
    layers: [12, null].map((queryRank) => ({
      ...layer,
      attention: {
        kind: 'latent',
        heads: 4,
        queryRank,
        keyRank: 16,
        plainSize: 8,
        rotary: { size: 4, theta: 10_000 },
        valueSize: 6,
      },
    })),
  },
  'a gate on attention': { ...base, layers: [attending({ outputGate: true, bias: true })] },
  'a state per feature': {
    ...base,
    layers: (['scaled', 'plain', null] as const).map((norm, index) => ({
      attention: {
        kind: 'selective-state-space',
        inner: 48,
        states: 4,
        stepRank: 3,
        kernel: 4,
        convolutionBias: true,
        bias: index === 0,
        norm,
      },
      feedForward: null,
      parallel: null,
    })),
  },
  'a state per head, beside attention': {
    ...base,
    layers: [
      { ...layer, attention: stateSpace, feedForward: null },
      { ...layer, attention: { kind: 'sum', parts: [{ ...stateSpace, gatedNorm: true }, grouped] } },
      { ...layer, attention: null },
    ],
  },
  'the delta rule': {
    ...base,
    layers: [
      { ...layer, attention: { kind: 'delta', keyHeads: 2, valueHeads: 4, keySize: 8, valueSize: 6, kernel: 4 } },
    ],
  },
  'short convolutions': {
    ...base,
    layers: [true, false].map((bias) => ({ ...layer, attention: { kind: 'short-convolution', kernel: 3, bias } })),
  },
}
