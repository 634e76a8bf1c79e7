/** What a network is for, told from its inputs and outputs alone. */
import type { GraphSummary, TensorSummary } from '../graph/summary.ts'
import { findKvCache } from './kv-cache.ts'

/** What runtimes tell networks apart by. */
export const networkKinds = ['language', 'other'] as const
export type NetworkKind = (typeof networkKinds)[number]

/** Fewer scores than this are classes, not words of a vocabulary **(default)**. */
const leastVocabulary = 8192

/** A language model reads tokens and what it kept of earlier ones, nothing else, and scores a vocabulary. */
export function networkKind(summary: GraphSummary): NetworkKind {
  const { tensors } = summary
  const outputs = tensors.filter(({ role }) => role === 'output')
  const continued = new Set(findKvCache(summary).continues)
  const isTokens = ({ dtype }: TensorSummary): boolean => dtype.startsWith('int') || dtype.startsWith('uint')
  const isState = (tensor: TensorSummary, index: number): boolean =>
    continued.has(index) || outputs.some(({ shape }) => shape.join() === tensor.shape.join())
  const inputs = tensors.flatMap((tensor, index) => (tensor.role === 'input' ? [{ tensor, index }] : []))
  const readsTokens = inputs.some(({ tensor }) => isTokens(tensor))
  const readsOnlyTokens = inputs.every(({ tensor, index }) => isTokens(tensor) || isState(tensor, index))
  const scoresWords = outputs.some(({ shape }) => shape.length >= 2 && (shape.at(-1) ?? 0) >= leastVocabulary)
  return readsTokens && readsOnlyTokens && scoresWords ? 'language' : 'other'
}
