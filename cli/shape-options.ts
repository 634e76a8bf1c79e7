/**
 * `--dims symbol=value,…` and `--input-shapes NAME=1x3x224x224,…`: sizes for what the model file leaves open;
 * `--input-values NAME=16000,…`: content of inputs that decides sizes, branches or rounds.
 */
import type { ShapeBindings } from '../simulator/graph/bindings.ts'
import { fail } from '../simulator/problem.ts'

/** Each may be repeated. */
export const shapeOptions = {
  dims: { type: 'string', multiple: true },
  'input-shapes': { type: 'string', multiple: true },
  'input-values': { type: 'string', multiple: true },
} as const

export const shapeUsage = '[--dims SYMBOL=N,…] [--input-shapes NAME=1x3x224x224,…] [--input-values NAME=480:640,…]'

interface ShapeOptionValues {
  readonly dims?: readonly string[] | undefined
  readonly 'input-shapes'?: readonly string[] | undefined
  readonly 'input-values'?: readonly string[] | undefined
}

/** Throws `ProblemError` `invalid-usage`. */
export function parseBindings(options: ShapeOptionValues): ShapeBindings {
  return {
    dims: parseDims(options.dims),
    inputShapes: parseInputShapes(options['input-shapes']),
    inputValues: parseInputValues(options['input-values']),
  }
}

/** Throws `ProblemError` `invalid-usage` for what is not `symbol=value`. */
export function parseDims(options: readonly string[] = []): Record<string, number> {
  return parsePairs(options, '--dims', /(.+?)=(\d+)(?:,|$)/y, 'SYMBOL=N', size)
}

/** `scalar` is the shape without axes. Throws `ProblemError` `invalid-usage` for what is not `NAME=shape`. */
export function parseInputShapes(options: readonly string[] = []): Record<string, readonly number[]> {
  const pattern = /(.+?)=(scalar|\d+(?:x\d+)*)(?:,|$)/y
  return parsePairs(options, '--input-shapes', pattern, 'NAME=1x3x224x224 or NAME=scalar', (text) =>
    text === 'scalar' ? [] : text.split('x').map(size),
  )
}

/** Row-major. Throws `ProblemError` `invalid-usage` for what is not `NAME=number` or `NAME=number:number:…`. */
export function parseInputValues(options: readonly string[] = []): Record<string, readonly number[]> {
  const number = String.raw`-?\d+(?:\.\d+)?(?:e-?\d+)?`
  const pattern = new RegExp(`(.+?)=(${number}(?::${number})*)(?:,|$)`, 'y')
  return parsePairs(options, '--input-values', pattern, 'NAME=16000 or NAME=480:640', (text) =>
    text.split(':').map(Number),
  )
}

/** Names may hold `=` and `,`: the last `=` before a value separates, and a comma only counts after a value. */
function parsePairs<Value>(
  options: readonly string[],
  option: string,
  pattern: RegExp,
  expected: string,
  read: (text: string) => Value,
): Record<string, Value> {
  const pairs = new Map<string, Value>()
  for (const text of options) {
    pattern.lastIndex = 0
    while (pattern.lastIndex < text.length) {
      const [, name, value] = pattern.exec(text) ?? []
      if (name === undefined || value === undefined) {
        throw fail('invalid-usage', `Write ${option} as ${expected}, separated by commas.`, {
          where: option,
          expected,
          received: text,
        })
      }
      pairs.set(name, read(value))
    }
  }
  return Object.fromEntries(pairs)
}

function size(digits: string): number {
  const value = Number(digits)
  if (!Number.isSafeInteger(value)) {
    throw fail('dimension-too-large', 'Give a size that a tensor can have.', { received: digits })
  }
  return value
}
