/**
 * FlatBuffers, verified as they are read: every offset, table, vtable, list and text must lie within the file, and what
 * is visited in all is bounded. Nothing is copied but numbers and texts.
 *
 * A table begins with the distance back to its vtable, which says by slot where each field lies within the table, 0 for
 * fields at their default. Lists and texts are a count and their elements; references are distances forward.
 * Source: flatbuffers.dev/internals.
 */
import { fail, type ProblemError } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'
import { maxKeptFieldBytes, maxVisits, visitsPerPage } from './limits.ts'
import { PagedSource, type Run } from './paged-source.ts'
import { TextCache } from './text-cache.ts'

const offsetBytes = 4
const vtableHeaderBytes = 4
const reexport = 'Export the model again; the file is damaged or was not written by an exporter.'

export class FlatBuffer {
  readonly pages: PagedSource
  readonly #texts = new TextCache()
  #visits = 0

  constructor(source: ByteSource) {
    this.pages = new PagedSource(source, () => this.visit(visitsPerPage))
  }

  /** The table that the file's first offset leads to. */
  root(): Table {
    return new Table(this, this.target(0))
  }

  /** Counts towards the limit. A step that runs again after a page fault counts again. Throws `too-many-nodes`. */
  visit(visits: number): void {
    this.#visits += visits
    if (this.#visits <= maxVisits) return
    throw fail('too-many-nodes', 'Simplify the model or strip its metadata, and export it again.', {
      expected: `at most ${maxVisits} tables and elements of lists`,
    })
  }

  /** A part of the file that holds `length` bytes from `at`. Throws `truncated` where the file ends before. */
  run(at: number, length: number): Run {
    const end = at + length
    if (end <= this.pages.size) return this.pages.locate(at, length)
    throw fail('truncated', 'Copy or download the file again, or export it again; it points beyond its end.', {
      where: `byte ${at}`,
      expected: `at least ${end} bytes`,
      received: `${this.pages.size} bytes`,
    })
  }

  u8(at: number): number {
    const run = this.run(at, 1)
    return run.view.getUint8(at - run.start)
  }

  i8(at: number): number {
    const run = this.run(at, 1)
    return run.view.getInt8(at - run.start)
  }

  u16(at: number): number {
    const run = this.run(at, 2)
    return run.view.getUint16(at - run.start, true)
  }

  i32(at: number): number {
    const run = this.run(at, 4)
    return run.view.getInt32(at - run.start, true)
  }

  u32(at: number): number {
    const run = this.run(at, 4)
    return run.view.getUint32(at - run.start, true)
  }

  f32(at: number): number {
    const run = this.run(at, 4)
    return run.view.getFloat32(at - run.start, true)
  }

  /** Beyond 2^53 rounded, so that callers check. */
  i64(at: number): number {
    return this.i32(at + 4) * 2 ** 32 + this.u32(at)
  }

  u64(at: number): number {
    return this.u32(at + 4) * 2 ** 32 + this.u32(at)
  }

  /** `length` bytes from `at`, as they lie in memory. */
  bytes(at: number, length: number): Uint8Array {
    const { view, start } = this.run(at, length)
    return new Uint8Array(view.buffer, view.byteOffset + at - start, length)
  }

  /** Where the reference at `at` leads. Throws `malformed` for one that leads to itself. */
  target(at: number): number {
    const distance = this.u32(at)
    if (distance < offsetBytes) throw malformed(at, 'a reference forward', String(distance))
    return at + distance
  }

  /** Throws `malformed` for text longer than `maxKeptFieldBytes`; what is not UTF-8 becomes U+FFFD. */
  text(at: number): string {
    const length = this.u32(at)
    if (length > maxKeptFieldBytes) {
      throw malformed(at, `text of at most ${maxKeptFieldBytes} bytes`, `${length} bytes`)
    }
    this.visit(Math.ceil(length / 8))
    return this.#texts.decode(this.bytes(at + offsetBytes, length), 0, length)
  }

  /** A list at `at` of elements of `elementBytes`. */
  list(at: number, elementBytes: number): List {
    const length = this.u32(at)
    const start = at + offsetBytes
    if (start + length * elementBytes > this.pages.size) this.run(start, length * elementBytes)
    return { start, length }
  }
}

/** Where the elements of a list lie; they have not been read. */
export interface List {
  readonly start: number
  readonly length: number
}

export const nothing: List = { start: 0, length: 0 }

/** One table; a slot is the position of a field in the schema, a union's type and its value having one each. */
export class Table {
  readonly at: number
  readonly #file: FlatBuffer
  readonly #vtable: number
  readonly #slots: number
  readonly #size: number

  constructor(file: FlatBuffer, at: number) {
    file.visit(1)
    this.#file = file
    this.at = at
    const vtable = at - file.i32(at)
    if (vtable < 0) throw malformed(at, 'a table', `a description at byte ${vtable}`)
    const vtableBytes = file.u16(vtable)
    this.#size = file.u16(vtable + 2)
    if (vtableBytes < vtableHeaderBytes || vtableBytes % 2 !== 0 || this.#size < offsetBytes) {
      throw malformed(at, 'a table', `a description of ${vtableBytes} bytes for ${this.#size}`)
    }
    this.#vtable = vtable
    this.#slots = (vtableBytes - vtableHeaderBytes) / 2
    // Both whole, so that fields need no check against the end of the file.
    file.run(vtable, vtableBytes)
    file.run(at, this.#size)
  }

  /** Where the field of `slot` lies, `null` at its default. */
  #field(slot: number, bytes: number): number | null {
    if (slot >= this.#slots) return null
    const distance = this.#file.u16(this.#vtable + vtableHeaderBytes + 2 * slot)
    if (distance === 0) return null
    if (distance < offsetBytes || distance + bytes > this.#size) {
      throw malformed(this.at, `field ${slot} within the table's ${this.#size} bytes`, `at ${distance}`)
    }
    return this.at + distance
  }

  u8(slot: number, fallback = 0): number {
    const at = this.#field(slot, 1)
    return at === null ? fallback : this.#file.u8(at)
  }

  i8(slot: number, fallback = 0): number {
    const at = this.#field(slot, 1)
    return at === null ? fallback : this.#file.i8(at)
  }

  i32(slot: number, fallback = 0): number {
    const at = this.#field(slot, 4)
    return at === null ? fallback : this.#file.i32(at)
  }

  u32(slot: number, fallback = 0): number {
    const at = this.#field(slot, 4)
    return at === null ? fallback : this.#file.u32(at)
  }

  f32(slot: number, fallback = 0): number {
    const at = this.#field(slot, 4)
    return at === null ? fallback : this.#file.f32(at)
  }

  i64(slot: number, fallback = 0): number {
    const at = this.#field(slot, 8)
    return at === null ? fallback : this.#file.i64(at)
  }

  u64(slot: number, fallback = 0): number {
    const at = this.#field(slot, 8)
    return at === null ? fallback : this.#file.u64(at)
  }

  #reference(slot: number): number | null {
    const at = this.#field(slot, offsetBytes)
    return at === null ? null : this.#file.target(at)
  }

  /** `null` where the field is absent, as for all that follow. */
  text(slot: number): string | null {
    const at = this.#reference(slot)
    return at === null ? null : this.#file.text(at)
  }

  table(slot: number): Table | null {
    const at = this.#reference(slot)
    return at === null ? null : new Table(this.#file, at)
  }

  /** Empty where the field is absent. */
  list(slot: number, elementBytes: number): List {
    const at = this.#reference(slot)
    return at === null ? nothing : this.#file.list(at, elementBytes)
  }

  has(slot: number): boolean {
    return this.#field(slot, 1) !== null
  }

  ints(slot: number): number[] {
    return this.#read(this.list(slot, 4), 4, (at) => this.#file.i32(at))
  }

  longs(slot: number): number[] {
    return this.#read(this.list(slot, 8), 8, (at) => this.#file.i64(at))
  }

  /** Where the tables of a list are. */
  tables(slot: number): number[] {
    return this.#read(this.list(slot, offsetBytes), offsetBytes, (at) => this.#file.target(at))
  }

  #read({ start, length }: List, elementBytes: number, read: (at: number) => number): number[] {
    this.#file.visit(length)
    // One page fault for all.
    this.#file.run(start, length * elementBytes)
    const elements = new Array<number>(length)
    for (let index = 0; index < length; index += 1) elements[index] = read(start + index * elementBytes)
    return elements
  }
}

export function malformed(at: number, expected: string, received?: string): ProblemError {
  return fail('malformed', reexport, { where: `byte ${at}`, expected, ...(received === undefined ? {} : { received }) })
}
