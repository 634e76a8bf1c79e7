/** `ByteSource` over a file handle: only the ranges that a reader asks for are read. */
import { open } from 'node:fs/promises'
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
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw fail('cannot-read', 'Give the path of a model file that exists and may be read.', {
      where: path,
      received: error.code ?? error.message,
    })
  })
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) {
      throw fail('cannot-read', 'Give the path of a model file.', { where: path, expected: 'a regular file' })
    }
    return await use({
      size: stat.size,
      async read(offset, length) {
        if (offset < 0 || length < 0 || offset + length > stat.size) {
          throw new RangeError(`range ${offset}+${length} is outside ${stat.size} bytes`)
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
