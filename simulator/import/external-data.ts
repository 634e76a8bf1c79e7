/** Tensors whose payload lives in another file: the entries ONNX describes them with, and which paths are safe. */
import type { Constant } from '../graph/graph.ts'
import { fail } from '../problem.ts'

/**
 * Location, offset and length out of the key-value entries of `tensor`.
 * Throws `unsafe-path` where the location leaves the model's folder, `malformed` on a missing location or bad numbers.
 */
export function parseExternalData(
  entries: ReadonlyMap<string, string>,
  tensor: string,
): NonNullable<Constant['external']> {
  const location = entries.get('location')
  if (location === undefined || location === '') {
    throw fail('malformed', 'Save the model with its external data again.', {
      where: tensor,
      expected: 'the location of its external data',
    })
  }
  if (!isSafePath(location)) {
    throw fail('unsafe-path', 'Put the external data beside the model file and refer to it by a relative path.', {
      where: tensor,
      expected: "a path within the model's folder",
      received: location,
    })
  }
  return {
    location,
    offset: parseSize(entries.get('offset') ?? '0', tensor),
    lengthBytes: entries.has('length') ? parseSize(entries.get('length') ?? '', tensor) : null,
  }
}

/** Relative, without `..`, drive letter, backslash root or NUL, so that it stays in the folder on every system. */
export function isSafePath(path: string): boolean {
  if (/^[\\/]|^[a-z]:|^[a-z][a-z0-9+.-]*:[\\/]{2}|\0/i.test(path)) return false
  return !path.split(/[\\/]/).some((part) => /^\s*\.\.+\s*$/.test(part))
}

function parseSize(text: string, where: string): number {
  const size = Number(text)
  if (!/^\d{1,16}$/.test(text) || !Number.isSafeInteger(size)) {
    throw fail('malformed', 'Save the model with its external data again.', {
      where,
      expected: 'offset and length in bytes as decimal numbers',
      received: text.slice(0, 40),
    })
  }
  return size
}
