/**
 * Whisper.
 *
 * Figures: as deployed in two files. The encoder computes keys and values of the decoder's cross attention once, so their
 * projections count there; its table of sinusoids counts as weights. The decoder's token table is its output matrix too.
 * Sources: arXiv:2212.04356; github:openai/whisper whisper/model.py; quic/ai-hub-models whisper_*.
 */

import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import { type WhisperConfig, whisperDecoder, whisperEncoder } from '../../simulator/build/transformer/whisper.ts'

/** Tokens already written when the step is timed: the decoder files hold room for 200. */
const writtenTokens = 199

const published = { melBands: 80, vocabulary: 51_865, frames: 1500, tokens: 448 }

function presetPair(size: string, width: number, depth: number, heads: number): Record<string, Preset> {
  const config: WhisperConfig = {
    ...published,
    width,
    heads,
    encoderDepth: depth,
    decoderDepth: depth,
    hidden: 4 * width,
  }
  const shared = {
    family: 'speech',
    task: 'speech',
    citation: 'arXiv:2212.04356; openai/whisper whisper/model.py',
  }
  return {
    [`whisper-${size}-encoder`]: {
      ...shared,
      inputShape: [1, config.melBands, 2 * config.frames],
      build: (name, shape) => whisperEncoder(name, shape, config),
    },
    [`whisper-${size}-decoder`]: {
      ...shared,
      inputShape: [1, 1],
      build: (name, shape) => whisperDecoder(name, shape, config, writtenTokens),
    },
  }
}

export const whisperPresets: PresetTable = {
  ...presetPair('tiny', 384, 4, 6),
  ...presetPair('base', 512, 6, 8),
  ...presetPair('small', 768, 12, 12),
}
