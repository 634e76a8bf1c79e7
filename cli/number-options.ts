/** Numbers given as options; a wrong one is named with its option. */
import { fail } from '../simulator/problem.ts'

/** An integer from 0 to 2^53 − 1. */
export function wholeNumber(text: string, option: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(value)) throw notANumber(text, option, 'a whole number')
  return value
}

/** An integer from 1. */
export function positiveCount(text: string, option: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(value) || value < 1) throw notANumber(text, option, 'a whole number, 1 or more')
  return value
}

/** A finite number above 0. */
export function positiveNumber(text: string, option: string): number {
  const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw notANumber(text, option, 'a number above 0')
  return value
}

function notANumber(text: string, option: string, expected: string) {
  return fail('invalid-usage', `Give ${option} ${expected}.`, { where: option, expected, received: text })
}
