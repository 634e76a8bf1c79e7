/** Spellings of `input_shape`: tensor sizes, sequence lengths, and the token counts of language-model benchmarks. */
import { fail } from '../../simulator/problem.ts'

/** What a row says about the size of the input. */
export type InputSize =
  | { readonly kind: 'default' }
  /** Shape of the first input, batch first. */
  | { readonly kind: 'tensor'; readonly shape: readonly number[] }
  /** Tokens of an encoder, or of the prompt of a language model. */
  | { readonly kind: 'tokens'; readonly tokens: number }
  /** Tokens that a language model has in its cache while it generates. */
  | { readonly kind: 'generated'; readonly tokens: number }
  /** One new token: a step of a decoder. */
  | { readonly kind: 'step' }
  /** Serving benchmark: prompt and answer length. */
  | { readonly kind: 'serving'; readonly promptTokens: number; readonly answerTokens: number }

type Spelling = readonly [pattern: RegExp, read: (numbers: readonly number[]) => InputSize]

const spellings: readonly Spelling[] = [
  [/^(?:tokens)?$/, () => ({ kind: 'default' })],
  [/^1 token$/, () => ({ kind: 'step' })],
  // 'seq 384', 'prompt 32', 'prompt 128, 64 new tokens', 'pp 512 tokens', 'ctx 512', '54 tokens'
  [/^seq (\d+)$/, ([tokens = 0]) => ({ kind: 'tokens', tokens })],
  [/^prompt (\d+)(?:, \d+ new tokens)?$/, ([tokens = 0]) => ({ kind: 'tokens', tokens })],
  [/^pp (\d+) tokens$/, ([tokens = 0]) => ({ kind: 'tokens', tokens })],
  [/^ctx (\d+)$/, ([tokens = 0]) => ({ kind: 'tokens', tokens })],
  [/^(\d+) tokens$/, ([tokens = 0]) => ({ kind: 'tokens', tokens })],
  [/^tg (\d+) tokens$/, ([tokens = 0]) => ({ kind: 'generated', tokens })],
  [
    /^ISL\/OSL (\d+)\/(\d+)$/,
    ([promptTokens = 0, answerTokens = 0]) => ({ kind: 'serving', promptTokens, answerTokens }),
  ],
]

/** Throws `ProblemError` `invalid-field` for a size that is not one of the spellings, or holds a zero. */
export function parseInputSize(text: string): InputSize {
  if (/^\d+(?:x\d+)+$/.test(text)) return { kind: 'tensor', shape: text.split('x').map(size) }
  for (const [pattern, read] of spellings) {
    const match = pattern.exec(text)
    if (match !== null) return read(match.slice(1).map(size))
  }
  throw unreadable(text)

  function size(digits: string): number {
    const value = Number(digits)
    if (!Number.isSafeInteger(value) || value === 0) throw unreadable(text)
    return value
  }
}

function unreadable(text: string) {
  return fail('invalid-field', 'Write the input size as one of the spellings, or leave it blank.', {
    where: 'input_shape',
    expected: '1x3x224x224, seq 384, prompt 128, pp 512 tokens, tg 512 tokens, ISL/OSL 128/2048, 1 token or tokens',
    received: text,
  })
}
