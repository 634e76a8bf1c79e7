/**
 * Vision transformer (ViT, DeiT): patches as tokens, a class token, pre-norm encoder blocks.
 *
 * Figures: all weights as published; MACs include both attention products, as timm counts them.
 * Sources: arXiv:2010.11929, arXiv:2012.12877 (DeiT); huggingface/pytorch-image-models timm/models/vision_transformer.py.
 */

import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import { type VitConfig, vit } from '../../simulator/build/transformer/vit.ts'

const preset = (config: VitConfig, size = 224): Preset => ({
  family: 'vit',
  task: 'classification',
  inputShape: [1, 3, size, size],
  citation: 'arXiv:2010.11929, 2012.12877; huggingface/pytorch-image-models timm/models/vision_transformer.py',
  build: (name, shape) => vit(name, shape, config),
})

export const vitPresets: PresetTable = {
  'vit-tiny-patch16': preset({ width: 192, depth: 12, heads: 3, patch: 16 }),
  'vit-small-patch16': preset({ width: 384, depth: 12, heads: 6, patch: 16 }),
  'vit-base-patch16': preset({ width: 768, depth: 12, heads: 12, patch: 16 }),
  'vit-large-patch16': preset({ width: 1024, depth: 24, heads: 16, patch: 16 }),
  'vit-base-patch32': preset({ width: 768, depth: 12, heads: 12, patch: 32 }, 384),
}
