/**
 * UTF-8 → string, remembering recent strings: in a model most names come again soon, as the input of a later node or as
 * the operator of the next one. A hit allocates nothing.
 */

const slots = 4096 // a power of two
const longestRemembered = 128

const utf8 = new TextDecoder()

export class TextCache {
  readonly #recent: (string | undefined)[] = new Array(slots).fill(undefined)

  /** `length` bytes from `start`; what is not UTF-8 becomes U+FFFD. */
  decode(bytes: Uint8Array, start: number, length: number): string {
    if (length > longestRemembered) return utf8.decode(bytes.subarray(start, start + length))
    let hash = length
    let highBits = 0
    for (let index = start; index < start + length; index += 1) {
      const byte = bytes[index] ?? 0
      hash = Math.imul(hash, 31) + byte
      highBits |= byte
    }
    if (highBits >= 0x80) return utf8.decode(bytes.subarray(start, start + length))
    const slot = (hash ^ (hash >>> 12)) & (slots - 1)
    const recent = this.#recent[slot]
    if (recent !== undefined && isAscii(recent, bytes, start, length)) return recent
    // ASCII, where the characters are the bytes; `Reflect.apply` spreads them without an iterator.
    const text: string = Reflect.apply(String.fromCharCode, null, bytes.subarray(start, start + length))
    this.#recent[slot] = text
    return text
  }
}

function isAscii(text: string, bytes: Uint8Array, start: number, length: number): boolean {
  if (text.length !== length) return false
  for (let index = 0; index < length; index += 1) if (text.charCodeAt(index) !== bytes[start + index]) return false
  return true
}
