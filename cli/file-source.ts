/** `ByteSource` over a file handle: only the ranges that a reader asks for are read. */
import { open, stat } from 'node:fs/promises'
import type { ByteSource } from '../simulator/import/byte-source.ts'
import { fail } from '../simulator/problem.ts'

/**
 * Opens a file for the time that `use` needs.
 *
 * Throws `ProblemError` `cannot-read` when the path is not a readable regular file.
 */
export async function withFileSource<Result>(
  path: string,
  use: (source: ByteSource) => Promise<Result>,
): Promise<Result> {
  const unreadable = (error: NodeJS.ErrnoException): never => {
    throw fail('cannot-read', 'Give the path of a model file that exists and may be read.', {
      where: path,
      received: error.code ?? error.message,
    })
  }
  // Asked before opening: opening a named pipe waits for a writer.
  const { size, isFile } = await stat(path).then((found) => ({ size: found.size, isFile: found.isFile() }), unreadable)
  if (!isFile) throw fail('cannot-read', 'Give the path of a model file.', { where: path, expected: 'a regular file' })
  const handle = await open(path, 'r').catch(unreadable)
  try {
    return await use({
      size,
      async read(offset, length) {
        if (offset < 0 || length < 0 || offset + length > size) {
          throw new RangeError(`range ${offset}+${length} is outside ${size} bytes`)
        }
        const buffer = new Uint8Array(length)
        let filled = 0
        while (filled < length) {
          const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled)
          if (bytesRead === 0) {
            throw fail('cannot-read', 'Keep the file unchanged while it is read.', {
              where: path,
              received: 'shorter file',
            })
          }
          filled += bytesRead
        }
        return buffer
      },
    })
  } finally {
    await handle.close()
  }
}
