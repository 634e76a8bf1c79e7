/** Protocol-buffer wire format, writing side: varints, fixed32 and length-delimited fields into one growing buffer. */

const encoder = new TextEncoder()

export class ProtoWriter {
  #bytes = new Uint8Array(256)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** A view on what was written; valid until the next write. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  /** int64 or enum field; `value` is a safe integer, negatives take ten bytes. */
  int(field: number, value: number): void {
    this.#varint(field * 8)
    this.#varint(value)
  }

  float(field: number, value: number): void {
    this.#varint(field * 8 + 5)
    this.#reserve(4)
    new DataView(this.#bytes.buffer).setFloat32(this.#length, value, true)
    this.#length += 4
  }

  string(field: number, value: string): void {
    this.blob(field, encoder.encode(value))
  }

  blob(field: number, value: Uint8Array): void {
    this.header(field, value.length)
    this.#reserve(value.length)
    this.#bytes.set(value, this.#length)
    this.#length += value.length
  }

  message(field: number, write: (nested: ProtoWriter) => void): void {
    const nested = new ProtoWriter()
    write(nested)
    this.blob(field, nested.bytes)
  }

  /** Tag and length of a length-delimited field whose bytes follow elsewhere. */
  header(field: number, lengthBytes: number): void {
    this.#varint(field * 8 + 2)
    this.#varint(lengthBytes)
  }

  #varint(value: number): void {
    this.#reserve(10)
    if (value < 0) {
      // Two's complement over 64 bits: a negative int64 always fills ten bytes.
      let rest = BigInt.asUintN(64, BigInt(value))
      while (rest > 127n) {
        this.#bytes[this.#length++] = Number(rest & 127n) | 128
        rest >>= 7n
      }
      this.#bytes[this.#length++] = Number(rest)
      return
    }
    let rest = value
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    this.#bytes[this.#length++] = rest
  }

  #reserve(extra: number): void {
    if (this.#length + extra <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + extra))
    grown.set(this.bytes)
    this.#bytes = grown
  }
}
