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
  if (typeof value === 'number') return `${roundForJson(value)}`
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  // One growing string instead of lists of pieces: summaries have hundreds of thousands of fields.
  let text = ''
  if (Array.isArray(value)) {
    for (const item of value) text += text === '' ? canonicalJson(item) : `,${canonicalJson(item)}`
    return `[${text}]`
  }
  if (!isPlainObject(value)) throw new TypeError(`${Object.prototype.toString.call(value)} has no canonical JSON`)
  for (const key of Object.keys(value).sort()) {
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(value[key])}`
  }
  return `{${text}}`
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === '[object Object]'
}

/** A copy as a reader of the canonical JSON has it: numbers rounded, keys sorted. Throws as `canonicalJson` does. */
export function asPublished<Value>(value: Value): Value {
  return JSON.parse(canonicalJson(value)) // JSON of the same shape
}

/** The number that `canonicalJson` writes for `value`. */
export function roundForJson(value: number): number {
  if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical JSON`)
  const rounded = Number.isSafeInteger(value) ? value : Number(value.toPrecision(significantDigits))
  return rounded === 0 ? 0 : rounded
}
