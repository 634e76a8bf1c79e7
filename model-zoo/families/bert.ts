/**
 * BERT and its descendants: DistilBERT (half the layers), ALBERT (one set of weights for all layers), ELECTRA, RoBERTa
 * (larger vocabulary), MiniLM (narrower).
 *
 * Figures: all weights of the encoder and of the head that it is used with: a span (BERT, DistilBERT), the pooled first
 * token (ALBERT), a score per token (ELECTRA), hidden states (RoBERTa), the mean of the tokens (MiniLM sentence vectors).
 * Sources: arXiv:1810.04805, 1910.01108, 1909.11942, 2003.10555, 1907.11692, 2002.10957; huggingface/transformers
 * src/transformers/models/{bert,distilbert,albert,electra,roberta}.
 */
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import { bertConfig } from '../../simulator/build/transformer/bert.ts'
import type { EncoderConfig } from '../../simulator/build/transformer/config.ts'
import { encoder } from '../../simulator/build/transformer/encoder.ts'

const vocabulary = 30_522
const positions = 512
const base = bertConfig({ vocabulary, width: 768, depth: 12, heads: 12, hidden: 3072, positions })

const preset = (config: EncoderConfig, tokens: number, citation: string): Preset => ({
  family: 'bert',
  task: 'NLP',
  inputShape: [1, tokens],
  citation: `${citation}; huggingface/transformers src/transformers/models`,
  build: (name, shape) => encoder(name, config, shape),
})

export const bertPresets: PresetTable = {
  'bert-base': preset(base, 384, 'arXiv:1810.04805'),
  'bert-large': preset(
    bertConfig({ vocabulary, width: 1024, depth: 24, heads: 16, hidden: 4096, positions }),
    384,
    'arXiv:1810.04805',
  ),
  'distilbert-base': preset({ ...base, depth: 6, segments: 0 }, 384, 'arXiv:1910.01108'),
  'albert-base-v2': preset(
    {
      ...base,
      vocabulary: 30_000,
      feedForward: { ...base.feedForward, activation: 'gelu-tanh' },
      embeddingWidth: 128,
      sharedLayers: true,
      head: { kind: 'pooler' },
    },
    384,
    'arXiv:1909.11942',
  ),
  'electra-base': preset({ ...base, head: { kind: 'discriminator' } }, 384, 'arXiv:2003.10555'),
  'roberta-base': preset(
    {
      ...base,
      vocabulary: 50_265,
      positions: 514,
      segments: 1,
      norm: { ...base.norm, epsilon: 1e-5 },
      head: { kind: 'none' },
    },
    128,
    'arXiv:1907.11692',
  ),
  'minilm-l6': preset(
    {
      ...bertConfig({ vocabulary, width: 384, depth: 6, heads: 12, hidden: 1536, positions }),
      head: { kind: 'mean' },
    },
    128,
    'arXiv:2002.10957; sentence-transformers/all-MiniLM-L6-v2',
  ),
}
