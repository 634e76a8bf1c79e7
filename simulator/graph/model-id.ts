/** The model id: a hash of what costing reads, so that equal work has one id whatever its tensors are called. */
import { canonicalJson } from '../json.ts'
import type { GraphSummary } from './summary.ts'

const idBits = 128
/** RFC 4648 base32 in lower case: safe in URLs, file names and case-insensitive systems. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** SHA-256 of the canonical summary without names, first 128 bits, lower-case base32 (26 characters). */
export async function modelId(summary: GraphSummary): Promise<string> {
  const { name: _, operators, ...rest } = summary
  const unnamed = { ...rest, operators: operators.map(({ name: _name, ...operator }) => operator) }
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson(unnamed)))
  return base32(new Uint8Array(digest, 0, idBits / 8))
}

/** Bits from the most significant on, five per character, the last character filled with zeros. */
function base32(octets: Uint8Array): string {
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
