/**
 * ZIP archives by ranged reads: the directory at the end, then single entries. Nothing is unpacked to files.
 * Source: APPNOTE.TXT 6.3.10, sections 4.3 to 4.5.
 */
import { fail, type ProblemError } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'
import { isSafePath } from './external-data.ts'
import { inflate } from './inflate.ts'
import { maxArchiveDirectoryBytes } from './limits.ts'

export interface ZipEntry {
  readonly name: string
  readonly isEncrypted: boolean
  readonly method: number
  readonly storedBytes: number
  readonly size: number
  readonly headerOffset: number
}

const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator: 0x07064b50 }
const endBytes = 22
const end64Bytes = 56
const locatorBytes = 20
const centralBytes = 46
const localBytes = 30
const maxCommentBytes = 0xffff
const methods = { stored: 0, deflated: 8 }
/** What a 32- or 16-bit field holds when the value stands in a 64-bit one. */
const in64 = 0xffffffff
const in64Count = 0xffff
const extra64 = 0x0001

const utf8 = new TextDecoder()

/** Entries in the order of the directory. Throws `truncated`, `malformed`, `unsafe-path`, `unsupported-format`. */
export async function readZipDirectory(source: ByteSource): Promise<ZipEntry[]> {
  const { offset, length, count } = await findDirectory(source)
  if (length > maxArchiveDirectoryBytes) {
    throw fail('unsupported-format', 'Unpack the archive and give the model inside.', {
      expected: `a directory of at most ${maxArchiveDirectoryBytes} bytes`,
      received: `${length} bytes`,
    })
  }
  if (offset + length > source.size) throw damaged(offset, 'the directory of the archive')
  const bytes = await source.read(offset, length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: ZipEntry[] = []
  for (let at = 0; entries.length < count; ) {
    if (at + centralBytes > length || view.getUint32(at, true) !== signatures.central) {
      throw damaged(offset + at, `${count} entries`)
    }
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => view.getUint16(at + field, true))
    const nameStart = at + centralBytes
    const extraStart = nameStart + (nameBytes ?? 0)
    const next = extraStart + (extraBytes ?? 0) + (commentBytes ?? 0)
    if (next > length) throw damaged(offset + at, 'an entry within the directory')
    const name = utf8.decode(bytes.subarray(nameStart, extraStart))
    if (!isSafePath(name)) {
      throw fail('unsafe-path', 'Make the archive again; no entry may lie outside the folder it is unpacked to.', {
        where: `byte ${offset + at}`,
        expected: 'a path within the archive',
        received: name,
      })
    }
    const sizes = [24, 20, 42].map((field) => view.getUint32(at + field, true))
    const [size = 0, storedBytes = 0, headerOffset = 0] = wideSizes(sizes, view, extraStart, extraBytes ?? 0)
    entries.push({
      name,
      isEncrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      method: view.getUint16(at + 10, true),
      storedBytes,
      size,
      headerOffset,
    })
    at = next
  }
  return entries
}

interface Directory {
  readonly offset: number
  readonly length: number
  readonly count: number
}

async function findDirectory(source: ByteSource): Promise<Directory> {
  const length = Math.min(source.size, endBytes + maxCommentBytes)
  const start = source.size - length
  const tail = await source.read(start, length)
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  for (let at = length - endBytes; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== signatures.end) continue
    if (at + endBytes + view.getUint16(at + 20, true) !== length) continue
    const directory = {
      count: view.getUint16(at + 10, true),
      length: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
    }
    const isWide = directory.count === in64Count || directory.length === in64 || directory.offset === in64
    return isWide ? findDirectory64(source, start + at, directory) : directory
  }
  throw fail('truncated', 'Copy or download the file again; its end is missing.', {
    where: `byte ${source.size}`,
    expected: 'the directory of the archive at its end',
  })
}

/** Archives of 4 GB and more; a small one may hold the marker as a value of its own. */
async function findDirectory64(source: ByteSource, endOffset: number, narrow: Directory): Promise<Directory> {
  const locatorOffset = endOffset - locatorBytes
  if (locatorOffset < 0) return narrow
  const locator = await viewOf(source, locatorOffset, locatorBytes)
  if (locator.getUint32(0, true) !== signatures.locator) return narrow
  const offset = Number(locator.getBigUint64(8, true))
  if (offset + end64Bytes > source.size) throw damaged(locatorOffset, 'the end of a 64-bit directory')
  const end = await viewOf(source, offset, end64Bytes)
  if (end.getUint32(0, true) !== signatures.end64) throw damaged(offset, 'the end of a 64-bit directory')
  const [count = 0, length = 0, start = 0] = [32, 40, 48].map((field) => Number(end.getBigUint64(field, true)))
  return { count, length, offset: start }
}

/** Each value that stands in the 64-bit extra field, in its order there. */
function wideSizes(sizes: readonly number[], view: DataView, start: number, length: number): number[] {
  let at = start
  while (at + 4 <= start + length && view.getUint16(at, true) !== extra64) at += 4 + view.getUint16(at + 2, true)
  at += 4
  return sizes.map((size) => {
    if (size !== in64 || at + 8 > start + length) return size
    const wide = Number(view.getBigUint64(at, true))
    at += 8
    return wide
  })
}

/**
 * One entry as a source of its own: a range of the archive where it is stored, else its content in memory, at most
 * `limitBytes` of it. Throws `unsupported-format`, `malformed`, `truncated`.
 */
export async function openZipEntry(source: ByteSource, entry: ZipEntry, limitBytes: number): Promise<ByteSource> {
  const { name, headerOffset, storedBytes, size } = entry
  if (entry.isEncrypted) {
    throw fail('unsupported-format', 'Make the archive again without a password.', {
      where: name,
      received: 'an encrypted entry',
    })
  }
  if (entry.method !== methods.stored && entry.method !== methods.deflated) {
    throw fail('unsupported-format', 'Make the archive again with the usual compression, or unpack it.', {
      where: name,
      expected: 'entries that are stored or deflated',
      received: `method ${entry.method}`,
    })
  }
  if (headerOffset + localBytes > source.size) throw damaged(headerOffset, `the entry ${name}`)
  const header = await viewOf(source, headerOffset, localBytes)
  if (header.getUint32(0, true) !== signatures.local) throw damaged(headerOffset, `the entry ${name}`)
  const offset = headerOffset + localBytes + header.getUint16(26, true) + header.getUint16(28, true)
  if (offset + storedBytes > source.size) throw damaged(headerOffset, `the entry ${name}`)
  const range = subSource(source, offset, storedBytes)
  if (entry.method === methods.stored) return range
  if (size > limitBytes) {
    throw fail('unsupported-format', 'Unpack the archive and give the model inside.', {
      where: name,
      expected: `a compressed entry of at most ${limitBytes} bytes`,
      received: `${size} bytes`,
    })
  }
  return inflate(range, size, name)
}

function subSource(source: ByteSource, start: number, size: number): ByteSource {
  return {
    size,
    async read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > size) {
        throw new RangeError(`range ${offset}+${length} is outside ${size} bytes`)
      }
      return source.read(start + offset, length)
    },
  }
}

async function viewOf(source: ByteSource, offset: number, length: number): Promise<DataView> {
  const bytes = await source.read(offset, length)
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function damaged(offset: number, expected: string): ProblemError {
  return fail('malformed', 'Copy or download the archive again, or make it again; it is damaged.', {
    where: `byte ${offset}`,
    expected,
  })
}
