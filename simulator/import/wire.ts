/**
 * Protobuf wire format over the kept parts of a file (see `skim.ts`), addressed by file offset.
 *
 * Field types: 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes; groups (3, 4) are not used by model formats.
 * Source: protobuf.dev/programming-guides/encoding.
 */
import { fail, type ProblemError } from '../problem.ts'
import { maxFields, maxKeptFieldBytes } from './limits.ts'
import { TextCache } from './text-cache.ts'

/** Bytes of a file from offset `start`. */
export interface Segment {
  readonly start: number
  readonly bytes: Uint8Array
}

export const wireTypes = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const

const reexport = 'Export the model again; the file is damaged or was not written by an exporter.'

export class WireReader {
  /** Number, wire type and extent of the current field's value, as file offsets; at the start the whole file. */
  field = 0
  type: number = wireTypes.lengthDelimited
  valueStart = 0
  valueEnd: number

  readonly #segments: readonly Segment[]
  readonly #size: number
  readonly #texts = new TextCache()
  #segment = 0
  #bytes: Uint8Array
  #base: number
  /** Next byte within the current segment. */
  #at = 0
  #low = 0
  #high = 0
  #fields = 0

  /** `segments`: in order of `start`; `size`: bytes of the whole file. */
  constructor(segments: readonly Segment[], size: number) {
    this.#segments = segments
    this.#size = size
    this.#bytes = segments[0]?.bytes ?? new Uint8Array(0)
    this.#base = segments[0]?.start ?? 0
    this.valueEnd = size
  }

  /** Calls `readField` for each field of the message that is the current value; at the start, of the whole file. */
  message(readField: () => void): void {
    this.#expect(wireTypes.lengthDelimited)
    const end = this.valueEnd
    let next = this.valueStart
    while (next < end) {
      this.header(next, end)
      next = this.valueEnd
      readField()
    }
  }

  /**
   * Reads key and length of the field at `offset` of a message that ends at `end`; a varint is read whole.
   * Throws `truncated` where the file ends first, `malformed` where the message does, and for a message that is as long as
   * only payloads are: the walk jumped over it.
   */
  header(offset: number, end: number): void {
    this.spend(1)
    if (!this.#seek(offset)) {
      throw this.malformed(offset, `a message of at most ${maxKeptFieldBytes} bytes`, `${end - offset} bytes`)
    }
    this.#varint(end)
    // A field number has 29 bits, so a key has 32.
    if (this.#high !== 0 || this.#low >>> 3 === 0) throw this.malformed(offset, 'a field number')
    this.field = this.#low >>> 3
    this.type = this.#low & 7
    if (this.type === wireTypes.lengthDelimited) this.#varint(end)
    this.valueStart = this.#base + this.#at
    switch (this.type) {
      case wireTypes.varint:
        this.#varint(end)
        this.valueEnd = this.#base + this.#at
        return
      case wireTypes.fixed64:
        this.valueEnd = this.valueStart + 8
        break
      case wireTypes.lengthDelimited:
        this.valueEnd = this.valueStart + this.#high * 2 ** 32 + this.#low
        break
      case wireTypes.fixed32:
        this.valueEnd = this.valueStart + 4
        break
      default:
        throw this.malformed(offset, 'a field type of 0, 1, 2 or 5', String(this.type))
    }
    if (this.valueEnd > end) throw this.#cutOff(offset, this.valueEnd, end)
  }

  get valueBytes(): number {
    return this.valueEnd - this.valueStart
  }

  /** Signed 64-bit value of a varint field; beyond 2^53 it is rounded, so callers check or saturate. */
  int64(): number {
    this.#expect(wireTypes.varint)
    return (this.#high | 0) * 2 ** 32 + this.#low
  }

  float32(): number {
    this.#expect(wireTypes.fixed32)
    const values: number[] = []
    this.floats(values, 4)
    return values[0] ?? 0
  }

  /** Text of a length-delimited field; bytes that are not UTF-8 become U+FFFD. */
  text(): string {
    this.#expect(wireTypes.lengthDelimited)
    if (!this.#isKept()) {
      throw this.malformed(this.valueStart, `text of at most ${maxKeptFieldBytes} bytes`, `${this.valueBytes} bytes`)
    }
    return this.#texts.decode(this.#bytes, this.#at, this.valueBytes)
  }

  /** Bytes of a length-delimited field as a view, or `null` where the walk jumped over them. */
  content(): Uint8Array | null {
    this.#expect(wireTypes.lengthDelimited)
    return this.#isKept() ? this.#bytes.subarray(this.#at, this.#at + this.valueBytes) : null
  }

  /** Appends the values of a repeated varint field, packed or one by one. False where the walk jumped over them. */
  int64s(values: number[], signed = true): boolean {
    if (this.type === wireTypes.varint) {
      values.push(this.#integer(signed))
      return true
    }
    this.#expect(wireTypes.lengthDelimited)
    if (!this.#isKept()) return false
    const end = this.valueEnd
    for (let left = this.valueBytes; left > 0; left = end - this.#base - this.#at) {
      this.spend(1)
      this.#varint(end)
      values.push(this.#integer(signed))
    }
    return true
  }

  /** Appends the values of a repeated float or double field, packed or one by one. False where the walk jumped over them. */
  floats(values: number[], widthBytes: 4 | 8): boolean {
    if (this.type !== (widthBytes === 4 ? wireTypes.fixed32 : wireTypes.fixed64)) {
      this.#expect(wireTypes.lengthDelimited)
      if (this.valueBytes % widthBytes !== 0) throw this.malformed(this.valueStart, `a multiple of ${widthBytes} bytes`)
    }
    if (!this.#isKept()) return false
    this.spend(this.valueBytes / widthBytes)
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.#at, this.valueBytes)
    for (let at = 0; at < view.byteLength; at += widthBytes) {
      values.push(widthBytes === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true))
    }
    return true
  }

  /** Counts what is made from the file against `maxFields`. */
  spend(fields: number): void {
    this.#fields += fields
    if (this.#fields > maxFields) throw tooManyFields(this.valueStart)
  }

  malformed(offset: number, expected: string, received?: string): ProblemError {
    return fail('malformed', reexport, {
      where: `byte ${offset}`,
      expected,
      ...(received === undefined ? {} : { received }),
    })
  }

  #expect(type: number): void {
    if (this.type !== type) {
      throw this.malformed(this.valueStart, `field ${this.field} with wire type ${type}`, `wire type ${this.type}`)
    }
  }

  #integer(signed: boolean): number {
    return (signed ? this.#high | 0 : this.#high) * 2 ** 32 + this.#low
  }

  /** Reads a varint into `#high`, `#low`: unsigned halves of 64 bits. */
  #varint(end: number): void {
    const bytes = this.#bytes
    const limit = Math.min(bytes.length, end - this.#base)
    const start = this.#at
    let at = start
    let low = 0
    let high = 0
    for (let shift = 0; ; shift += 7) {
      const byte = at < limit ? bytes[at] : undefined
      if (byte === undefined) throw this.#cutOff(this.#base + start, this.#base + at + 1, end)
      at += 1
      if (shift < 28) low |= (byte & 0x7f) << shift
      else if (shift === 28) {
        low |= (byte & 0x0f) << 28
        high = (byte & 0x7f) >> 4
      } else if (shift < 63) high |= (byte & 0x7f) << (shift - 32)
      else {
        if (byte > 1) throw this.malformed(this.#base + start, 'a varint of at most 64 bits')
        high |= byte << 31
      }
      if (byte < 0x80) break
    }
    this.#at = at
    this.#low = low >>> 0
    this.#high = high >>> 0
  }

  /** Moves to `offset` if it was kept. */
  #seek(offset: number): boolean {
    const at = offset - this.#base
    if (at >= 0 && at < this.#bytes.length) {
      this.#at = at
      return true
    }
    this.#segment = this.#find(offset)
    const segment = this.#segments[this.#segment]
    if (segment === undefined || offset >= segment.start + segment.bytes.length) return false
    this.#bytes = segment.bytes
    this.#base = segment.start
    this.#at = offset - segment.start
    return true
  }

  /** Moves to the current value if it was kept; kept content never straddles two segments. */
  #isKept(): boolean {
    if (this.valueBytes === 0) return true
    return this.#seek(this.valueStart) && this.#at + this.valueBytes <= this.#bytes.length
  }

  /** Index of the last segment that starts at or before `offset`; the next one most of the time. */
  #find(offset: number): number {
    const next = this.#segments[this.#segment + 1]
    if (next !== undefined && offset >= next.start && offset < next.start + next.bytes.length) return this.#segment + 1
    let low = 0
    let high = this.#segments.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#segments[middle]?.start ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  #cutOff(offset: number, needed: number, end: number): ProblemError {
    if (needed <= this.#size) return this.malformed(offset, `a field that ends by byte ${end}`, `one up to ${needed}`)
    return fail('truncated', 'Copy or download the file again; its end is missing.', {
      where: `byte ${offset}`,
      expected: `at least ${needed} bytes`,
      received: `${this.#size} bytes`,
    })
  }
}

export function tooManyFields(offset: number): ProblemError {
  return fail('too-many-nodes', 'Simplify the model (constant folding, fewer unrolled steps) and export it again.', {
    where: `byte ${offset}`,
    expected: `at most ${maxFields} fields`,
  })
}
