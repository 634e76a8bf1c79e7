/**
 * Bibliography: every source id of the catalog.
 *
 * A source whose `retrieved` is `null` is quoted from memory; no figure that rests on it alone is confirmed.
 */
import { deviceSources } from './bibliography/devices.ts'
import { tableSources } from './bibliography/tables.ts'

export const sources = { ...deviceSources, ...tableSources } as const

export type SourceId = keyof typeof sources

export function isSourceId(text: string): text is SourceId {
  return Object.hasOwn(sources, text)
}
