/** Files appear whole or not at all: written beside the target under another name, then renamed. */
import { randomUUID } from 'node:crypto'
import { appendFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fail } from '../simulator/problem.ts'

/**
 * Replaces a regular file or makes a new one; a pipe or device (`/dev/stdout`) is written to as it is.
 *
 * Throws `ProblemError` `cannot-write`.
 */
export async function writeFileWhole(path: string, content: string | Uint8Array): Promise<void> {
  try {
    const existing = await stat(path).catch(() => null)
    // /dev/stdout may stand for a regular file, which others write to as well.
    const isStream = path.startsWith('/dev/') || (existing !== null && !existing.isFile())
    if (isStream) await appendFile(path, content)
    else await replace(existing === null ? path : await realpath(path), content)
  } catch (error) {
    throw fail('cannot-write', 'Give a path in a folder that exists and may be written.', {
      where: path,
      received: error instanceof Error && 'code' in error ? String(error.code) : String(error),
    })
  }
}

async function replace(path: string, content: string | Uint8Array): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`)
  try {
    await writeFile(draft, content, { flag: 'wx' })
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}
