/** Hyper-parameters from a file are checked before anything is built from them: whole, positive, and of a size that exists. */

import type {
  DecoderLayer,
  GroupedAttention,
  LatentAttention,
  TokenMixer,
  TransformerConfig,
} from '../build/transformer/config.ts'
import { fail } from '../problem.ts'
import { maxTransformerLayers } from './limits.ts'

/** Any size of a model; products of two stay exact, and no published one comes near. */
const maxSize = 2 ** 26

/** Throws `invalid-field` naming the hyper-parameter. */
export function checkTransformer(config: TransformerConfig): void {
  size('vocabulary', config.vocabulary)
  size('width', config.width)
  switch (config.architecture) {
    case 'decoder':
      depth('layers', config.layers.length)
      optionalSize('positions', config.positions)
      optionalSize('embedding width', config.embeddingWidth)
      for (const layer of new Set(config.layers)) checkLayer(layer)
      break
    case 'encoder':
      depth('layers', config.depth)
      optionalSize('positions', config.positions)
      optionalSize('embedding width', config.embeddingWidth)
      checkGrouped(config.attention)
      size('hidden', config.feedForward.hidden)
      if (config.head.kind === 'classes') size('classes', config.head.classes)
      break
    case 'encoder-decoder':
      depth('encoder layers', config.encoderDepth)
      depth('decoder layers', config.decoderDepth)
      for (const field of ['heads', 'headSize', 'relativeBuckets', 'relativeDistance'] as const)
        size(field, config[field])
      size('hidden', config.feedForward.hidden)
  }
}

function checkLayer({ attention, feedForward }: DecoderLayer): void {
  if (attention !== null) checkMixer(attention)
  if (feedForward === null) return
  size('hidden', feedForward.hidden)
  if (feedForward.kind !== 'experts') return
  size('experts', feedForward.experts)
  size('chosen experts', feedForward.chosen)
  if (feedForward.chosen > feedForward.experts)
    throw refuse('chosen experts', `at most ${feedForward.experts}`, feedForward.chosen)
  if (feedForward.shared !== null) size('hidden of the shared expert', feedForward.shared.hidden)
}

function checkMixer(mixer: TokenMixer): void {
  switch (mixer.kind) {
    case 'grouped':
      checkGrouped(mixer)
      break
    case 'latent':
      checkLatent(mixer)
      break
    case 'sum':
      for (const part of mixer.parts) checkMixer(part)
      break
    case 'short-convolution':
      checkKernel(mixer.kernel)
      break
    case 'selective-state-space':
      size('inner features', mixer.inner)
      size('states', mixer.states)
      size('step rank', mixer.stepRank)
      checkKernel(mixer.kernel)
      break
    case 'multi-head-state-space':
      for (const field of ['heads', 'headSize', 'groups', 'states'] as const) size(field, mixer[field])
      checkGroups(mixer.heads, 'groups', mixer.groups)
      checkKernel(mixer.kernel)
      break
    case 'delta':
      for (const field of ['keyHeads', 'valueHeads', 'keySize', 'valueSize'] as const) size(field, mixer[field])
      checkGroups(mixer.valueHeads, 'key heads', mixer.keyHeads)
      checkKernel(mixer.kernel)
      break
  }
}

function checkGroups(heads: number, what: string, groups: number): void {
  if (heads % groups !== 0) throw refuse(what, `a divisor of ${heads} heads`, groups)
}

/** One token back at the least: without, there is no state to keep. */
function checkKernel(kernel: number): void {
  size('kernel', kernel)
  if (kernel < 2) throw refuse('kernel', '2 or more tokens', kernel)
}

function checkGrouped({ heads, keyHeads, headSize, valueSize, window, rotary }: GroupedAttention): void {
  size('heads', heads)
  size('key heads', keyHeads)
  size('head size', headSize)
  size('value size', valueSize)
  checkGroups(heads, 'key heads', keyHeads)
  if (window !== null && !(Number.isSafeInteger(window) && window > 0)) throw refuse('window', 'a whole number', window)
  if (rotary !== null) checkRotation(rotary.size, headSize)
}

function checkLatent({ heads, queryRank, keyRank, plainSize, valueSize, rotary }: LatentAttention): void {
  size('heads', heads)
  optionalSize('query rank', queryRank)
  size('key rank', keyRank)
  size('head size without rotation', plainSize)
  size('value size', valueSize)
  checkRotation(rotary.size, rotary.size)
}

/** Features turn in pairs. */
function checkRotation(rotated: number, headSize: number): void {
  const isEven = Number.isSafeInteger(rotated) && rotated > 0 && rotated % 2 === 0
  if (!isEven || rotated > headSize) throw refuse('rotated features', `an even number up to ${headSize}`, rotated)
}

function depth(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1 || value > maxTransformerLayers) {
    throw refuse(what, `1 to ${maxTransformerLayers}`, value)
  }
}

function optionalSize(what: string, value: number | null): void {
  if (value !== null) size(what, value)
}

function size(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1 || value > maxSize) {
    throw refuse(what, `a whole number from 1 to ${maxSize}`, value)
  }
}

function refuse(where: string, expected: string, received: number) {
  return fail('invalid-field', 'Correct the hyper-parameters of the model.', {
    where,
    expected,
    received: `${received}`,
  })
}
