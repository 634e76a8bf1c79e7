/**
 * Text tower of CLIP ViT-L/14, the text encoder of Stable Diffusion 1.x: pre-norm, causal, 77 tokens.
 *
 * Figures: all weights of the tower, without the projection to the space shared with images, which diffusion does not use.
 * Sources: arXiv:2103.00020; huggingface/transformers src/transformers/models/clip/modeling_clip.py (CLIPTextModel).
 */
import type { PresetTable } from '../../simulator/build/preset.ts'
import { bertConfig } from '../../simulator/build/transformer/bert.ts'
import type { EncoderConfig } from '../../simulator/build/transformer/config.ts'
import { encoder } from '../../simulator/build/transformer/encoder.ts'

const largeText: EncoderConfig = {
  ...bertConfig({ vocabulary: 49_408, width: 768, depth: 12, heads: 12, hidden: 3072, positions: 77, epsilon: 1e-5 }),
  feedForward: { kind: 'dense', hidden: 3072, gated: false, activation: 'quick-gelu', bias: true },
  normPlacement: 'pre',
  segments: 0,
  embeddingNorm: false,
  causal: true,
  finalNorm: true,
  head: { kind: 'none' },
}

export const clipTextPresets: PresetTable = {
  'sd15-text-encoder': {
    family: 'diffusion',
    task: 'diffusion',
    inputShape: [1, 77],
    citation: 'arXiv:2103.00020, 2112.10752; huggingface/transformers CLIPTextModel',
    build: (name, shape) => encoder(name, largeText, shape),
  },
}
