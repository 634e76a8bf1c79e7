/** Counting and naming in English sentences. */
import type { Segment } from '../../../../simulator/hardware/device.ts'

const numberWords = [
  'No',
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Eleven',
  'Twelve',
]

/** `Three`, `27`. */
export const countWord = (count: number): string => numberWords[count] ?? count.toLocaleString('en-US')
/** With a small first letter, for use inside a sentence. */
export const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
export const plural = (count: number, one: string, many = `${one}s`): string => (count === 1 ? one : many)

export const segmentNouns: Record<Segment, readonly [one: string, many: string]> = {
  phone: ['phone', 'phones'],
  laptop: ['laptop', 'laptops'],
  embedded: ['board', 'boards'],
  automotive: ['automotive unit', 'automotive units'],
  mcu: ['microcontroller', 'microcontrollers'],
  cloud: ['cloud device', 'cloud devices'],
  'edge-server': ['edge server', 'edge servers'],
  browser: ['browser', 'browsers'],
  serverless: ['edge worker', 'edge workers'],
  research: ['research part', 'research parts'],
}
