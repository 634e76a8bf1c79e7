/** A model among the files of its folder: external data, the configuration of its weights, its further parts. */
import { withConfigBeside } from './beside.ts'
import type { ByteSource } from './byte-source.ts'
import { withExternalElements } from './external-elements.ts'
import { ggufPartNames, openGgufParts } from './gguf.ts'
import { openModel } from './index.ts'
import { maxDocumentBytes } from './limits.ts'
import type { ParsedModel } from './reader.ts'

/** The folder that a model lies in; locations are relative to it. */
export interface Folder {
  has(location: string): Promise<boolean>
  /** Opens a file for the time that `use` needs. Rejects where it cannot be read. */
  open<Result>(location: string, use: (source: ByteSource) => Promise<Result>): Promise<Result>
}

/** `file` is the model's name in the folder, `name` the one that answers and problems carry. */
export async function openInFolder(folder: Folder, file: string, name: string = file): Promise<ParsedModel> {
  const parts = ggufPartNames(file) ?? []
  const isSplit = parts.length > 1 && (await Promise.all(parts.map((part) => folder.has(part)))).every(Boolean)
  const opened = isSplit
    ? await openAll(folder, parts, (sources) => openGgufParts(sources, name))
    : await folder.open(file, (source) => openModel(source, name))
  const described = await withConfigBeside(opened, (location) => readDocument(folder, location))
  // A file beside the model that cannot be read stays reported as missing.
  const whole = await withExternalElements(described, (location, offset, length) =>
    folder.open(location, (source) => source.read(offset, length)).catch(() => null),
  )
  const isHere = await Promise.all(
    whole.problems.map(
      ({ code, expected }) => code === 'external-data-missing' && expected !== null && folder.has(expected),
    ),
  )
  return { ...whole, problems: whole.problems.filter((_, index) => isHere[index] !== true) }
}

/** All files at once, for the time that `use` needs. */
function openAll<Result>(
  folder: Folder,
  [location, ...rest]: readonly string[],
  use: (sources: readonly ByteSource[]) => Promise<Result>,
  opened: readonly ByteSource[] = [],
): Promise<Result> {
  if (location === undefined) return use(opened)
  return folder.open(location, (source) => openAll(folder, rest, use, [...opened, source]))
}

/** Whole content of a small file, `null` where there is none. */
async function readDocument(folder: Folder, location: string): Promise<Uint8Array | null> {
  if (!(await folder.has(location))) return null
  return folder.open(location, (source) =>
    source.size > maxDocumentBytes ? Promise.resolve(null) : source.read(0, source.size),
  )
}
