/**
 * A window that moves over a `ByteSource`, so that a walk of small steps costs few reads: a file handle or a `Blob`
 * answers in tens of microseconds whatever the length.
 */
import type { ByteSource } from './byte-source.ts'
import { maxReadAheadBytes, minReadAheadBytes } from './limits.ts'

export class ReadAhead {
  /** The window; index 0 is byte `start` of the source. Replaced, never written to, by `load`. */
  bytes: Uint8Array = new Uint8Array(0)
  start = 0
  #aheadBytes = minReadAheadBytes
  readonly #source: ByteSource

  constructor(source: ByteSource) {
    this.#source = source
  }

  /** Whether `length` bytes from `offset` are in the window. */
  has(offset: number, length: number): boolean {
    return offset >= this.start && offset + length <= this.start + this.bytes.length
  }

  /** Moves the window to `offset` with at least `length` bytes, which must lie within the source. */
  async load(offset: number, length: number): Promise<void> {
    const sequential = offset >= this.start && offset <= this.start + this.bytes.length
    this.#aheadBytes = sequential ? Math.min(this.#aheadBytes * 2, maxReadAheadBytes) : minReadAheadBytes
    const wanted = Math.min(Math.max(length, this.#aheadBytes), this.#source.size - offset)
    this.bytes = await this.#source.read(offset, wanted)
    this.start = offset
  }
}
