/** The two kinds of sources: those somebody opened, and those quoted from memory. */
import type { Source } from '../schema.ts'

/** Day on which the figures of the opened sources were carried over, from notes taken with the source open. */
const carriedOver = '2026-11-24'

export type SourceEntry = Omit<Source, 'id'>

export function opened(
  title: string,
  publisher: string,
  locator: string,
  date: string | null = null,
  licence: string | null = null,
): SourceEntry {
  return { title, publisher, locator, date, licence, retrieved: carriedOver }
}

export function remembered(title: string, publisher: string, locator: string, date: string | null = null): SourceEntry {
  return { title, publisher, locator, date, licence: null, retrieved: null }
}
