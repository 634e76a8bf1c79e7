/**
 * MobileBERT.
 *
 * Figures: all weights, the pooler included.
 * Sources: arXiv:2004.02984; huggingface/transformers src/transformers/models/mobilebert/modeling_mobilebert.py.
 */

import type { PresetTable } from '../../simulator/build/preset.ts'
import { mobilebert } from '../../simulator/build/transformer/mobilebert.ts'

export const mobilebertPresets: PresetTable = {
  mobilebert: {
    family: 'bert',
    task: 'NLP',
    inputShape: [1, 384],
    citation: 'arXiv:2004.02984; huggingface/transformers src/transformers/models/mobilebert',
    build: mobilebert,
  },
}
