/**
 * Random access to model bytes wherever they live: memory, a `Blob`, a file handle, ranged HTTP.
 *
 * An implementation is one method: `blob.slice(offset, offset + length).arrayBuffer()`, or a positioned read into a new
 * buffer. It need not cache or read ahead; readers do (`read-ahead.ts`).
 */

export interface ByteSource {
  readonly size: number
  /** Exactly `length` bytes from `offset`; a view where possible. Rejects when the range is outside the source. */
  read(offset: number, length: number): Promise<Uint8Array>
}

export function fromBytes(content: Uint8Array): ByteSource {
  return {
    size: content.byteLength,
    async read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > content.byteLength) {
        throw new RangeError(`range ${offset}+${length} is outside ${content.byteLength} bytes`)
      }
      return content.subarray(offset, offset + length)
    },
  }
}
