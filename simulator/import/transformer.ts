/** Hyper-parameters → the graph that stands for a file: a short prompt, one item. */

import type { WeightFormat, WeightFormats } from '../build/transformer/builder.ts'
import type { TransformerConfig } from '../build/transformer/config.ts'
import { decoder } from '../build/transformer/decoder.ts'
import { encoder } from '../build/transformer/encoder.ts'
import { encoderDecoder } from '../build/transformer/encoder-decoder.ts'
import { dtypes } from '../graph/dtype.ts'
import type { Graph } from '../graph/graph.ts'
import { checkTransformer } from './check-transformer.ts'
import type { LanguageModelSource } from './reader.ts'
import { elementsOf } from './tensor-table.ts'

/** Tokens of the prompt, or of the text that an encoder reads. */
export const assumedTokens = 128

export interface BuiltTransformer {
  readonly graph: Graph
  /** `null` for anything but a decoder. */
  readonly languageModel: LanguageModelSource | null
}

/**
 * `formatOf` is asked once for every parameter.
 * Throws `invalid-field` for sizes that no model has, `shape-mismatch` for those that contradict each other.
 */
export function buildTransformer(name: string, config: TransformerConfig, formatOf: WeightFormats): BuiltTransformer {
  checkTransformer(config)
  const formats: Record<string, WeightFormat> = {}
  const noted: WeightFormats = (label) => {
    const format = formatOf(label)
    if (format !== 'float32') formats[label] = format
    return format
  }
  switch (config.architecture) {
    case 'decoder': {
      const newTokens = Math.min(assumedTokens, config.positions ?? assumedTokens)
      const pass = { batch: 1, newTokens, pastTokens: 0, cacheType: 'float32', logits: 'last' } as const
      return { graph: decoder(name, config, pass, noted), languageModel: { config, formats } }
    }
    case 'encoder': {
      const tokens = Math.min(assumedTokens, config.positions ?? assumedTokens)
      return { graph: encoder(name, config, [1, tokens], noted), languageModel: null }
    }
    case 'encoder-decoder':
      return { graph: encoderDecoder(name, config, [1, assumedTokens], noted), languageModel: null }
  }
}

/** The format of a parameter in a source's record. */
export function formatsOf({ formats }: LanguageModelSource): WeightFormats {
  return (label) => (Object.hasOwn(formats, label) ? (formats[label] ?? 'float32') : 'float32')
}

/** Elements of all constants but indices and shapes. */
export function parametersOf(graph: Graph): number {
  let total = 0
  for (const { dtype, dims } of graph.constants.values()) {
    if (dims.length > 0 && dtype !== 'int64' && dtypes[dtype].kind !== 'boolean') total += elementsOf(dims)
  }
  return total
}
