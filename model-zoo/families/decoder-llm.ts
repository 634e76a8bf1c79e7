/**
 * Decoder-only language models: Llama 2 and 3, TinyLlama, Mistral, Qwen 2, Phi-3, Gemma.
 *
 * Figures: all weights, the token table included (once where it is the output matrix too). The graph of a preset reads one
 * chunk of a prompt; `presetDecoder` gives the hyper-parameters for other passes.
 * Sources: config.json of the published checkpoints; arXiv:2307.09288, 2407.21783, 2401.02385, 2310.06825, 2407.10671,
 * 2404.14219, 2403.08295.
 */
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { DecoderConfig } from '../../simulator/build/transformer/config.ts'
import { decoder } from '../../simulator/build/transformer/decoder.ts'
import { denseDecoder } from '../../simulator/build/transformer/dense-decoder.ts'

/** Tokens that NPU runtimes read at a time, and the shortest prompt that they time. */
const chunkTokens = 128

const configs: Readonly<Record<string, DecoderConfig>> = {
  'llama-2-7b': denseDecoder({
    vocabulary: 32_000,
    width: 4096,
    depth: 32,
    heads: 32,
    keyHeads: 32,
    hidden: 11_008,
    contextLength: 4096,
  }),
  'llama-3-8b': denseDecoder({
    vocabulary: 128_256,
    width: 4096,
    depth: 32,
    heads: 32,
    keyHeads: 8,
    hidden: 14_336,
    theta: 500_000,
    contextLength: 8192,
  }),
  'llama-3.2-1b': denseDecoder({
    vocabulary: 128_256,
    width: 2048,
    depth: 16,
    heads: 32,
    keyHeads: 8,
    hidden: 8192,
    tied: true,
    theta: 500_000,
    contextLength: 131_072,
  }),
  'llama-3.2-3b': denseDecoder({
    vocabulary: 128_256,
    width: 3072,
    depth: 28,
    heads: 24,
    keyHeads: 8,
    hidden: 8192,
    tied: true,
    theta: 500_000,
    contextLength: 131_072,
  }),
  'qwen2-0.5b': qwen2(151_936, 896, 24, 14, 2, 4864, true),
  'qwen2-1.5b': qwen2(151_936, 1536, 28, 12, 2, 8960, true),
  'qwen2-7b': qwen2(152_064, 3584, 28, 28, 4, 18_944, false),
  'phi-3-mini': denseDecoder({
    vocabulary: 32_064,
    width: 3072,
    depth: 32,
    heads: 32,
    keyHeads: 32,
    hidden: 8192,
    contextLength: 4096,
  }),
  'mistral-7b': denseDecoder({
    vocabulary: 32_000,
    width: 4096,
    depth: 32,
    heads: 32,
    keyHeads: 8,
    hidden: 14_336,
    window: 4096,
    contextLength: 32_768,
  }),
  'gemma-2b': denseDecoder({
    vocabulary: 256_000,
    width: 2048,
    depth: 18,
    heads: 8,
    keyHeads: 1,
    headSize: 256,
    hidden: 16_384,
    tied: true,
    activation: 'gelu-tanh',
    epsilon: 1e-6,
    embeddingScale: Math.sqrt(2048),
    contextLength: 8192,
  }),
  'tinyllama-1.1b': denseDecoder({
    vocabulary: 32_000,
    width: 2048,
    depth: 22,
    heads: 32,
    keyHeads: 4,
    hidden: 5632,
    contextLength: 2048,
  }),
}

function qwen2(
  vocabulary: number,
  width: number,
  depth: number,
  heads: number,
  keyHeads: number,
  hidden: number,
  tied: boolean,
): DecoderConfig {
  const contextLength = 32_768
  return denseDecoder({
    vocabulary,
    width,
    depth,
    heads,
    keyHeads,
    hidden,
    tied,
    bias: true,
    theta: 1e6,
    epsilon: 1e-6,
    contextLength,
  })
}

/** Hyper-parameters of a preset that is a language model; `null` for any other id. */
export function presetDecoder(id: string): DecoderConfig | null {
  return Object.hasOwn(configs, id) ? (configs[id] ?? null) : null
}

export const decoderLlmPresets: PresetTable = Object.fromEntries(
  Object.entries(configs).map(([id, config]): [string, Preset] => [
    id,
    {
      family: 'llm',
      task: 'LLM',
      inputShape: [1, chunkTokens],
      citation: 'config.json of the published checkpoint; huggingface/transformers src/transformers/models',
      build: (name, [batch = 1, newTokens = chunkTokens]) =>
        decoder(name, config, { batch, newTokens, pastTokens: 0, cacheType: 'float32', logits: 'last' }),
    },
  ]),
)
