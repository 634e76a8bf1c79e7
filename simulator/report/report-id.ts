/** The address of a report: SHA-256 of its canonical JSON in lower-case hex, so `sha256sum report.json` checks a copy. */
import { canonicalJson } from '../json.ts'
import type { Report } from './format.ts'

/** The bytes that are stored, shared and downloaded. */
export function reportBytes(report: Report): Uint8Array {
  return new TextEncoder().encode(canonicalJson(report))
}

export async function reportId(report: Report): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', reportBytes(report))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
