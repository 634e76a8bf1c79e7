/** Numbers given as options, within the bounds that the API states for the same field; a wrong one is named with its option. */
import type { z } from 'zod'
import { fail } from '../simulator/problem.ts'
import { expectation } from '../worker/contract/issue.ts'

/** An integer from 0 to 2^53 − 1. */
export function wholeNumber(text: string, option: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(value)) throw wrongNumber(option, 'a whole number', text)
  return value
}

/** Throws `ProblemError` `invalid-usage` for what is no number, and for a number that `schema` refuses. */
export function numberOption(text: string, option: string, schema: z.ZodType<number>): number {
  const value = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw wrongNumber(option, issue === undefined ? 'a number' : expectation(issue), text)
}

/** `numberOption` of what was given; `undefined` = left out. */
export function optionalNumber(
  text: string | undefined,
  option: string,
  schema: z.ZodType<number>,
): number | undefined {
  return text === undefined ? undefined : numberOption(text, option, schema)
}

function wrongNumber(option: string, expected: string, received: string) {
  return fail('invalid-usage', `Correct the number after ${option}.`, { where: option, expected, received })
}
