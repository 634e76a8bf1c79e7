/** A walk along the header of a GGUF file, either byte order, versions 1 to 3; payloads are jumped over, not read. */
import { fail } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'
import { maxKeptFieldBytes, maxStructureBytes } from './limits.ts'
import { ReadAhead } from './read-ahead.ts'

const utf8 = new TextDecoder()

export class GgufCursor {
  /** Position in the file. */
  at = 0
  littleEndian = true
  /** Sizes and counts: 4 bytes in version 1, 8 later. */
  sizeBytes: 4 | 8 = 8
  readonly fileBytes: number
  readonly #window: ReadAhead
  #view: DataView = new DataView(new ArrayBuffer(0))

  constructor(source: ByteSource) {
    this.fileBytes = source.size
    this.#window = new ReadAhead(source)
  }

  /** Makes the next `length` bytes readable. Throws `truncated` where the file ends before, `malformed` for absurd lengths. */
  async need(length: number): Promise<void> {
    if (this.#window.has(this.at, length)) return
    if (this.at + length > this.fileBytes) throw this.truncated(length)
    if (this.at + length > maxStructureBytes) {
      throw this.malformed(`a header of at most ${maxStructureBytes} bytes`, `at least ${this.at + length}`)
    }
    await this.#window.load(this.at, length)
    const { bytes } = this.#window
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  async u32(): Promise<number> {
    await this.need(4)
    return this.#read((view, offset) => view.getUint32(offset, this.littleEndian), 4)
  }

  /** A count or a length. Throws `dimension-too-large` beyond safe integers. */
  async size(): Promise<number> {
    if (this.sizeBytes === 4) return this.u32()
    return this.integer64(false)
  }

  async integer64(signed: boolean): Promise<number> {
    await this.need(8)
    const start = this.at
    const value = this.#read(
      (view, offset) =>
        signed ? view.getBigInt64(offset, this.littleEndian) : view.getBigUint64(offset, this.littleEndian),
      8,
    )
    const number = Number(value)
    if (!Number.isSafeInteger(number)) {
      throw fail('dimension-too-large', 'Convert or download the model again; its header is damaged.', {
        where: `byte ${start}`,
        expected: 'at most 2^53 - 1',
        received: String(value),
      })
    }
    return number
  }

  /** One element of a fixed-size type, as `read` takes it from the view. */
  async scalar(
    bytes: number,
    read: (view: DataView, offset: number, littleEndian: boolean) => number,
  ): Promise<number> {
    await this.need(bytes)
    return this.#read((view, offset) => read(view, offset, this.littleEndian), bytes)
  }

  /** UTF-8 text of at most `maxKeptFieldBytes`. */
  async text(): Promise<string> {
    const length = await this.size()
    if (length > maxKeptFieldBytes) throw this.malformed(`a name of at most ${maxKeptFieldBytes} bytes`, `${length}`)
    await this.need(length)
    const from = this.at - this.#window.start
    this.at += length
    return utf8.decode(this.#window.bytes.subarray(from, from + length))
  }

  /** Jumps over `length` bytes, which must lie within the file. */
  skip(length: number): void {
    if (this.at + length > this.fileBytes) throw this.truncated(length)
    this.at += length
  }

  /** Jumps over `count` texts. Their lengths stand before each, so all of them are walked along. */
  async skipTexts(count: number): Promise<void> {
    this.require(count * this.sizeBytes)
    for (let i = 0; i < count; i += 1) {
      if (!this.#window.has(this.at, this.sizeBytes)) await this.need(this.sizeBytes)
      this.skip(this.#length())
    }
  }

  /** The length at the cursor, which is in the window; exact up to 2^53, and beyond that outside any file. */
  #length(): number {
    return this.#read((view, offset) => {
      if (this.sizeBytes === 4) return view.getUint32(offset, this.littleEndian)
      const [low, high] = this.littleEndian ? [offset, offset + 4] : [offset + 4, offset]
      return view.getUint32(low, this.littleEndian) + view.getUint32(high, this.littleEndian) * 2 ** 32
    }, this.sizeBytes)
  }

  /** Throws `truncated` unless `length` bytes are left: what a count claims must fit into the file. */
  require(length: number): void {
    if (this.at + length > this.fileBytes) throw this.truncated(length)
  }

  malformed(expected: string, received: string) {
    return fail('malformed', 'Convert or download the model again; its header is damaged.', {
      where: `byte ${this.at}`,
      expected,
      received,
    })
  }

  truncated(length: number) {
    return fail('truncated', 'Copy or download the file again; its last part is missing.', {
      where: `byte ${this.at}`,
      expected: `${length} more bytes`,
      received: `${Math.max(0, this.fileBytes - this.at)}`,
    })
  }

  #read<Value>(read: (view: DataView, offset: number) => Value, bytes: number): Value {
    const value = read(this.#view, this.at - this.#window.start)
    this.at += bytes
    return value
  }
}
