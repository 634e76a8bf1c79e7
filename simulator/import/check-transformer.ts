/** Hyper-parameters from a file are checked before anything is built from them: whole, positive, and of a size that exists. */
import { fail } from '../problem.ts'
import type { DecoderLayer, GroupedAttention, LatentAttention, TransformerConfig } from '../zoo/transformer/config.ts'
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
  if (attention.kind === 'grouped') checkGrouped(attention)
  else checkLatent(attention)
  size('hidden', feedForward.hidden)
  if (feedForward.kind !== 'experts') return
  size('experts', feedForward.experts)
  size('chosen experts', feedForward.chosen)
  if (feedForward.chosen > feedForward.experts)
    throw refuse('chosen experts', `at most ${feedForward.experts}`, feedForward.chosen)
  if (feedForward.shared !== null) size('hidden of the shared expert', feedForward.shared.hidden)
}

function checkGrouped({ heads, keyHeads, headSize, valueSize, window, rotary }: GroupedAttention): void {
  size('heads', heads)
  size('key heads', keyHeads)
  size('head size', headSize)
  size('value size', valueSize)
  if (heads % keyHeads !== 0) throw refuse('key heads', `a divisor of ${heads} heads`, keyHeads)
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
