/**
 * Typed access to parsed JSON with the path of every field: what is missing or of another kind is refused as
 * `invalid-field` at exactly that path, `layers[3].out`.
 */
import { fail } from '../problem.ts'

export class JsonFields {
  /** Path of this object, '' at the top. */
  readonly path: string
  readonly #fields: Readonly<Record<string, unknown>>

  private constructor(fields: Readonly<Record<string, unknown>>, path: string) {
    this.#fields = fields
    this.path = path
  }

  /** Throws `invalid-field` when `value` is no object. */
  static of(value: unknown, path = ''): JsonFields {
    if (!isObject(value)) throw invalid(path === '' ? 'the document' : path, 'an object', value)
    return new JsonFields(value, path)
  }

  /** The same object with one more field, or another value of it. */
  with(name: string, value: unknown): JsonFields {
    return new JsonFields({ ...this.#fields, [name]: value }, this.path)
  }

  get names(): readonly string[] {
    return Object.keys(this.#fields)
  }

  /** Present and not null. */
  has(name: string): boolean {
    return this.value(name) !== null
  }

  /** `null` where the field is absent. */
  value(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? (this.#fields[name] ?? null) : null
  }

  at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`
  }

  /** A positive safe integer. */
  count(name: string, fallback?: number): number {
    const value = this.value(name)
    if (value === null && fallback !== undefined) return fallback
    if (!isCount(value)) throw this.refuse(name, 'a positive whole number')
    return value
  }

  /** A safe integer that is not negative. */
  countOrZero(name: string, fallback: number): number {
    return this.value(name) === 0 ? 0 : this.count(name, fallback)
  }

  countOrNull(name: string): number | null {
    return this.has(name) ? this.count(name) : null
  }

  /** A finite number. */
  number(name: string, fallback?: number): number {
    const value = this.value(name)
    if (value === null && fallback !== undefined) return fallback
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.refuse(name, 'a number')
    return value
  }

  numberOrNull(name: string): number | null {
    return this.has(name) ? this.number(name) : null
  }

  text(name: string, fallback?: string): string {
    const value = this.value(name)
    if (value === null && fallback !== undefined) return fallback
    if (typeof value !== 'string') throw this.refuse(name, 'a text')
    return value
  }

  textOrNull(name: string): string | null {
    return this.has(name) ? this.text(name) : null
  }

  flag(name: string, fallback?: boolean): boolean {
    const value = this.value(name)
    if (value === null && fallback !== undefined) return fallback
    if (typeof value !== 'boolean') throw this.refuse(name, 'true or false')
    return value
  }

  object(name: string): JsonFields {
    return JsonFields.of(this.value(name), this.at(name))
  }

  objectOrNull(name: string): JsonFields | null {
    return this.has(name) ? this.object(name) : null
  }

  /** Elements of a list as they are; `null` where the field is absent. */
  listOrNull(name: string): readonly unknown[] | null {
    const value = this.value(name)
    if (value === null) return null
    if (!Array.isArray(value)) throw this.refuse(name, 'a list')
    return value
  }

  counts(name: string): readonly number[] {
    const list = this.listOrNull(name)
    if (list === null) throw this.refuse(name, 'a list of positive whole numbers')
    return list.map((item, index) => {
      if (!isCount(item)) throw invalid(`${this.at(name)}[${index}]`, 'a positive whole number', item)
      return item
    })
  }

  texts(name: string): readonly string[] {
    const list = this.listOrNull(name) ?? []
    return list.map((item, index) => {
      if (typeof item !== 'string') throw invalid(`${this.at(name)}[${index}]`, 'a text', item)
      return item
    })
  }

  /** Throws `unknown-field` at the first field that is not one of `names`. */
  allowOnly(names: readonly string[]): void {
    const surplus = this.names.find((name) => !names.includes(name))
    if (surplus === undefined) return
    throw fail('unknown-field', 'Remove the field, or correct its name.', {
      where: this.at(surplus),
      expected: names.join(', '),
      received: surplus.slice(0, shownCharacters),
    })
  }

  /** The problem of a field that is not `expected`. */
  refuse(name: string, expected: string) {
    return invalid(this.at(name), expected, this.value(name))
  }
}

/** JSON text → value. Throws `invalid-json`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw fail('invalid-json', 'Correct the text: it must be one JSON value.', {
      received: error instanceof Error ? error.message : String(error),
    })
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

function invalid(where: string, expected: string, value: unknown) {
  return fail('invalid-field', `Give ${where} as ${expected}.`, { where, expected, received: shown(value) })
}

const shownCharacters = 80

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  const text = typeof value === 'object' ? (Array.isArray(value) ? 'a list' : 'an object') : JSON.stringify(value)
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text
}
