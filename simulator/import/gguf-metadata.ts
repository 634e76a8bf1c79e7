/** Hyper-parameters of a GGUF file by their key behind the architecture's name: `llama.block_count` is `block_count`. */
import { fail } from '../problem.ts'
import type { GgufValue } from './gguf-header.ts'
import { maxTransformerLayers } from './limits.ts'

export class GgufMetadata {
  readonly architecture: string
  readonly #entries: ReadonlyMap<string, GgufValue>

  constructor(entries: ReadonlyMap<string, GgufValue>) {
    this.#entries = entries
    this.architecture = this.text('general.architecture') ?? ''
  }

  /** A whole key; `null` where it is absent or no text. */
  text(key: string): string | null {
    const value = this.#entries.get(key)
    return typeof value === 'string' ? value : null
  }

  /** A whole key: how many elements its list has. */
  lengthOf(key: string): number | null {
    const value = this.#entries.get(key)
    return typeof value === 'object' ? value.length : null
  }

  /** A whole key. */
  integer(key: string): number | null {
    const value = this.#entries.get(key)
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
  }

  has(key: string): boolean {
    return this.#entries.has(this.#full(key))
  }

  /** A positive whole number. Throws `invalid-field` where it is absent or another. */
  count(key: string): number {
    const count = this.countOrNull(key)
    if (count === null) throw this.#invalid(key, 'a positive whole number')
    return count
  }

  /** Throws `invalid-field` for more layers than any model has. */
  layers(): number {
    const layers = this.count('block_count') - (this.countOrNull('nextn_predict_layers') ?? 0)
    if (layers < 1 || layers > maxTransformerLayers) throw this.#invalid('block_count', `1 to ${maxTransformerLayers}`)
    return layers
  }

  countOrNull(key: string): number | null {
    const value = this.#entries.get(this.#full(key))
    if (value === undefined) return null
    const first = Array.isArray(value) ? Math.max(...value) : value
    if (typeof first !== 'number' || !Number.isSafeInteger(first) || first < 0) {
      throw this.#invalid(key, 'a positive whole number')
    }
    // Writers state 0 for what a model does not have.
    return first === 0 ? null : first
  }

  /** One number for every layer, however the file states it: one for all, or a list. */
  perLayer(key: string, layers: number, fallback: number): readonly number[] {
    const value = this.#entries.get(this.#full(key))
    if (value === undefined) return Array.from({ length: layers }, () => fallback)
    const list = typeof value === 'number' ? Array.from({ length: layers }, () => value) : value
    if (
      !Array.isArray(list) ||
      list.length < layers ||
      !list.every((item) => Number.isSafeInteger(item) && item >= 0)
    ) {
      throw this.#invalid(key, `${layers} whole numbers`)
    }
    return list.slice(0, layers)
  }

  /** A list as it is stated; `null` where the key is absent or no list of numbers. */
  numbers(key: string): readonly number[] | null {
    const value = this.#entries.get(this.#full(key))
    return Array.isArray(value) ? value : null
  }

  number(key: string): number | null {
    const value = this.#entries.get(this.#full(key))
    return typeof value === 'number' && Number.isFinite(value) ? value : null
  }

  flag(key: string): boolean {
    return this.#entries.get(this.#full(key)) === true
  }

  #full(key: string): string {
    return `${this.architecture}.${key}`
  }

  #invalid(key: string, expected: string) {
    const value = this.#entries.get(this.#full(key))
    return fail('invalid-field', 'Convert the model again; its metadata is incomplete.', {
      where: this.#full(key),
      expected,
      received: value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80),
    })
  }
}
