/** `.mlpackage` as a ZIP archive: the one small entry with the model, and whether the files it refers to are there. */
import { fail, type ProblemError } from '../../problem.ts'
import type { ByteSource } from '../byte-source.ts'
import { withExternalElements } from '../external-elements.ts'
import { maxStructureBytes } from '../limits.ts'
import type { ParsedModel } from '../reader.ts'
import { openZipEntry, readZipDirectory, type ZipEntry } from '../zip.ts'

/** Folder of the model within a package; the manifest of a package could name another, and none does. */
const folder = 'Data/com.apple.CoreML/'
const modelName = 'model.mlmodel'

const archiveStart = [0x50, 0x4b, 0x03, 0x04]
const latin1 = (text: string) => Array.from(text, (character) => character.charCodeAt(0))
const marks = [latin1('com.apple.CoreML'), latin1('.mlpackage/')]

/** A ZIP archive that shows names of a package near its start, or is called one. Never throws. */
export function matchPackage(head: Uint8Array, name: string | null): boolean {
  if (!startsWith(head, 0, archiveStart)) return false
  return /\.mlpackage(\.zip)?$/i.test(name ?? '') || marks.some((mark) => includes(head, mark))
}

/** `openModel` reads the model file itself. Throws `unsupported-format`, `malformed`, `truncated`, `unsafe-path`, …. */
export async function openPackage(
  source: ByteSource,
  name: string | null,
  openModel: (model: ByteSource) => Promise<ParsedModel>,
): Promise<ParsedModel> {
  const entries = await readZipDirectory(source)
  const found = entries.filter((entry) => isModel(entry.name))
  const [entry] = found
  if (entry === undefined || found.length > 1) throw notOnePackage(name, found.length)
  const parsed = await openModel(await openZipEntry(source, entry, maxStructureBytes))
  const base = entry.name.slice(0, entry.name.length - modelName.length)
  const files = new Map(entries.map((each) => [each.name, each]))
  const stored = (location: string) => files.get(`${base}${location}`)
  const problems = parsed.problems.filter(
    ({ code, expected }) => code !== 'external-data-missing' || expected === null || stored(expected) === undefined,
  )
  const whole = { ...parsed, fileBytes: source.size, problems }
  return withExternalElements(whole, (location, offset, length) => readStored(source, stored(location), offset, length))
}

/** At the top of the archive, or in one folder: the package itself. */
function isModel(path: string): boolean {
  return path === `${folder}${modelName}` || path.endsWith(`/${folder}${modelName}`)
}

/** Bytes of an entry that is not compressed; of another one `null`, for it could only be read whole. */
async function readStored(
  source: ByteSource,
  entry: ZipEntry | undefined,
  offset: number,
  length: number,
): Promise<Uint8Array | null> {
  if (entry === undefined || entry.isEncrypted || entry.method !== 0) return null
  const content = await openZipEntry(source, entry, 0)
  return offset + length <= content.size ? content.read(offset, length) : null
}

function notOnePackage(name: string | null, count: number): ProblemError {
  return fail('unsupported-format', 'Give a ZIP archive of one .mlpackage, or the model file itself.', {
    ...(name === null ? {} : { where: name }),
    expected: `one entry ${folder}${modelName}`,
    received: count === 0 ? 'an archive without it' : `${count} of them`,
  })
}

function includes(head: Uint8Array, mark: readonly number[]): boolean {
  for (let offset = 0; offset + mark.length <= head.length; offset += 1) if (startsWith(head, offset, mark)) return true
  return false
}

function startsWith(head: Uint8Array, offset: number, mark: readonly number[]): boolean {
  return mark.every((byte, index) => head[offset + index] === byte)
}
