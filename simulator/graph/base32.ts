/** Ids as text: RFC 4648 base32 in lower case, safe in URLs, file names and case-insensitive systems. */

export const idBits = 128
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** Bits from the most significant on, five per character, the last character filled with zeros. */
export function base32(octets: Uint8Array): string {
  let text = ''
  let buffer = 0
  let bits = 0
  for (const octet of octets) {
    buffer = (buffer << 8) | octet
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(buffer >>> bits) & 31] ?? ''
    }
    buffer &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + (alphabet[(buffer << (5 - bits)) & 31] ?? '')
}
