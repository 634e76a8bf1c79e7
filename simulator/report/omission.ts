/** What a report leaves out, in words. */
import type { Report } from './format.ts'
import type { Messages } from './text/en.ts'

/** No note where every device that was answered has its row. */
export function omissionNotes({ omitted }: Pick<Report, 'omitted'>, messages: Messages): string[] {
  return omitted === undefined ? [] : [messages.omitted[omitted.reason](omitted.count)]
}
