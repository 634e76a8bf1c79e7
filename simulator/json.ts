/** Canonical JSON: one value, one text, in every runtime; the bytes behind ids, reports and golden files. */

const significantDigits = 9

/**
 * Keys sorted by UTF-16 code unit, no white space, numbers rounded to 9 significant digits (the last bits of
 * `Math.exp` and friends differ between JavaScript engines). Safe integers are counts and stay exact, so that a
 * summary read back gives the very numbers that it was costed with.
 *
 * Throws `TypeError` on NaN, infinities, `undefined`, functions, maps, dates and whatever else is not a JSON value.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return formatNumber(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isPlainObject(value)) throw new TypeError(`${Object.prototype.toString.call(value)} has no canonical JSON`)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

function isPlainObject(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]'
}

/** The number that `canonicalJson` writes for `value`. */
export function roundForJson(value: number): number {
  if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical JSON`)
  const rounded = Number.isSafeInteger(value) ? value : Number(value.toPrecision(significantDigits))
  return rounded === 0 ? 0 : rounded
}

function formatNumber(value: number): string {
  return JSON.stringify(roundForJson(value))
}
