/**
 * FlatBuffers by hand, right and wrong: tables are lists of fields by slot, laid out front to back, so that references
 * lead forward and a table's description stands before it.
 */

export type Field = { readonly slot: number } & (
  | { readonly kind: Scalar; readonly value: number | bigint }
  | { readonly kind: 'object'; readonly value: FlatObject }
)
type Scalar = 'i8' | 'i32' | 'u32' | 'f32' | 'i64'

export type FlatObject =
  | { readonly kind: 'table'; readonly fields: readonly Field[] }
  | { readonly kind: 'list'; readonly items: readonly FlatObject[] }
  /** `count` elements, given as they lie in memory. */
  | { readonly kind: 'data'; readonly bytes: Uint8Array; readonly count: number; readonly alignment: number }

const widths: Readonly<Record<Scalar | 'object', number>> = { i8: 1, i32: 4, u32: 4, f32: 4, i64: 8, object: 4 }

export const table = (...fields: readonly (Field | readonly Field[] | null | undefined)[]): FlatObject => ({
  kind: 'table',
  fields: fields.flatMap((field) => field ?? []),
})
export const tables = (items: readonly FlatObject[]): FlatObject => ({ kind: 'list', items })

const scalar =
  (kind: Scalar) =>
  (slot: number, value: number | bigint): Field => ({ slot, kind, value })
export const i8 = scalar('i8')
export const i32 = scalar('i32')
export const u32 = scalar('u32')
export const f32 = scalar('f32')
export const i64 = scalar('i64')
export const object = (slot: number, value: FlatObject): Field => ({ slot, kind: 'object', value })

export const bytes = (content: Uint8Array, alignment = 4): FlatObject => ({
  kind: 'data',
  bytes: content,
  count: content.length,
  alignment,
})
export const text = (value: string): FlatObject => bytes(new TextEncoder().encode(value))
export const ints = (values: readonly number[]): FlatObject => ({
  kind: 'data',
  bytes: new Uint8Array(Int32Array.from(values).buffer),
  count: values.length,
  alignment: 4,
})
export const floats = (values: readonly number[]): FlatObject => ({
  kind: 'data',
  bytes: new Uint8Array(Float32Array.from(values).buffer),
  count: values.length,
  alignment: 4,
})
export const longs = (values: readonly number[]): FlatObject => ({
  kind: 'data',
  bytes: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
  count: values.length,
  alignment: 8,
})

/** A whole file around its root table; an object that is used twice is stored once. */
export function flatFile(identifier: string, root: FlatObject): Uint8Array {
  const writer = new Writer()
  writer.reserve(8)
  for (let index = 0; index < identifier.length; index += 1)
    writer.view.setUint8(4 + index, identifier.charCodeAt(index))
  writer.refer(0, root)
  return writer.finish()
}

class Writer {
  view = new DataView(new ArrayBuffer(1024))
  #length = 0
  readonly #places = new Map<FlatObject, number>()
  readonly #pending: { readonly at: number; readonly target: FlatObject }[] = []

  reserve(length: number): number {
    const at = this.#length
    this.#length += length
    if (this.#length > this.view.byteLength) {
      const grown = new Uint8Array(Math.max(2 * this.view.byteLength, this.#length))
      grown.set(new Uint8Array(this.view.buffer))
      this.view = new DataView(grown.buffer)
    }
    return at
  }

  refer(at: number, target: FlatObject): void {
    this.#pending.push({ at, target })
  }

  finish(): Uint8Array {
    // Grows while it is walked.
    for (const { at, target } of this.#pending) {
      const place = this.#places.get(target) ?? this.#write(target)
      this.#places.set(target, place)
      this.view.setUint32(at, place - at, true)
    }
    return new Uint8Array(this.view.buffer, 0, this.#length)
  }

  #align(alignment: number, behind: number): void {
    while ((this.#length + behind) % alignment !== 0) this.reserve(1)
  }

  #write(target: FlatObject): number {
    if (target.kind === 'table') return this.#writeTable(target.fields)
    const count = target.kind === 'list' ? target.items.length : target.count
    this.#align(target.kind === 'list' ? 4 : target.alignment, 4)
    const at = this.reserve(4)
    this.view.setUint32(at, count, true)
    if (target.kind === 'data') {
      const start = this.reserve(target.bytes.length)
      new Uint8Array(this.view.buffer).set(target.bytes, start)
      // Texts end with a zero that is not counted.
      if (target.alignment === 4) this.reserve(1)
    } else {
      for (const item of target.items) this.refer(this.reserve(4), item)
    }
    return at
  }

  #writeTable(fields: readonly Field[]): number {
    const slots = Math.max(0, ...fields.map(({ slot }) => slot + 1))
    const descriptionBytes = 4 + 2 * slots
    this.#align(2, 0)
    const description = this.reserve(descriptionBytes)
    this.#align(8, 0)
    const start = this.reserve(4)
    this.view.setInt32(start, start - description, true)
    for (const field of fields) {
      this.#align(widths[field.kind], 0)
      const at = this.reserve(widths[field.kind])
      this.view.setUint16(description + 4 + 2 * field.slot, at - start, true)
      this.#writeField(at, field)
    }
    this.view.setUint16(description, descriptionBytes, true)
    this.view.setUint16(description + 2, this.#length - start, true)
    return start
  }

  #writeField(at: number, field: Field): void {
    if (field.kind === 'object') this.refer(at, field.value)
    else if (field.kind === 'i64') this.view.setBigInt64(at, BigInt(field.value), true)
    else if (field.kind === 'i8') this.view.setInt8(at, Number(field.value))
    else if (field.kind === 'f32') this.view.setFloat32(at, Number(field.value), true)
    else this.view.setUint32(at, Number(field.value), true)
  }
}
