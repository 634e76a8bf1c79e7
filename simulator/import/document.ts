/** JSON documents that stand for a model: read whole, within bounds. */
import { fail } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'
import { JsonFields, parseJson } from './json-fields.ts'
import { maxDocumentBytes } from './limits.ts'

const utf8 = new TextDecoder()

/** The file's top-level object. Throws `malformed` for one that is too long, `invalid-json`, `invalid-field`. */
export async function readDocument(source: ByteSource): Promise<JsonFields> {
  if (source.size > maxDocumentBytes) {
    throw fail('malformed', 'Give the description of the model alone.', {
      expected: `at most ${maxDocumentBytes} bytes of JSON`,
      received: `${source.size}`,
    })
  }
  return JsonFields.of(parseJson(utf8.decode(await source.read(0, source.size))))
}

/** Whether `head` begins a JSON object that mentions one of `keys` as a field near its start. */
export function looksLike(head: Uint8Array, ...keys: readonly string[]): boolean {
  const text = utf8.decode(head).trimStart()
  return text.startsWith('{') && keys.some((key) => text.includes(`"${key}"`))
}
