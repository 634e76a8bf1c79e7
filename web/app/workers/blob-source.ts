/** ByteSource over a dropped file: only the ranges that are asked for are read from disk. */
import type { ByteSource } from '../../../simulator/import/byte-source.ts'

/** `onRead` hears how far into the file the last read went, as a share of it. */
export function fromBlob(blob: Blob, onRead: (share: number) => void = () => {}): ByteSource {
  return {
    size: blob.size,
    async read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > blob.size) {
        throw new RangeError(`range ${offset}+${length} is outside ${blob.size} bytes`)
      }
      const part = new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer())
      onRead(blob.size === 0 ? 1 : (offset + length) / blob.size)
      return part
    },
  }
}
