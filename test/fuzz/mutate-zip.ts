/** Mutations of ZIP archives: of the records that describe an entry, and of the entry within an archive that stays whole. */
import { unzipSync, zipSync } from 'fflate'
import { sampleInteger } from '../../simulator/random.ts'
import { edgeValues, type Mutate, mutateBytes, pick } from './mutate-bytes.ts'
import { mutateProtobuf } from './mutate-protobuf.ts'

const signatures = [0x04034b50, 0x02014b50, 0x06054b50]
/** Fields of the three records: offset and width. */
const fields: readonly (readonly [at: number, width: 2 | 4])[] = [
  [4, 2],
  [6, 2],
  [8, 2],
  [10, 2],
  [12, 4],
  [14, 4],
  [16, 4],
  [18, 4],
  [20, 4],
  [22, 4],
  [24, 4],
  [26, 2],
  [28, 2],
  [30, 2],
  [32, 2],
  [42, 4],
]

const records: Mutate = (content, random) => {
  const changed = content.slice()
  const view = new DataView(changed.buffer, changed.byteOffset, changed.byteLength)
  const starts: number[] = []
  for (let at = 0; at + 4 <= content.length; at += 1) if (signatures.includes(view.getUint32(at, true))) starts.push(at)
  if (starts.length === 0) return changed
  const [offset, width] = pick(random, fields)
  const at = pick(random, starts) + offset
  if (at + width > content.length) return changed
  const now = width === 2 ? view.getUint16(at, true) : view.getUint32(at, true)
  const value = pick(random, [now + 1, now - 1, ...edgeValues.map(Number), sampleInteger(random, content.length)])
  if (width === 2) view.setUint16(at, value & 0xffff, true)
  else view.setUint32(at, value >>> 0, true)
  return changed
}

/** Sound archives around a model that is not, or under names that lead elsewhere. */
const entries: Mutate = (content, random, others) => {
  const files = Object.entries(unzipped(content)).map(([name, file]): [string, Uint8Array] => {
    const changedName = random.uniform() < 0.05 ? pick(random, [`../${name}`, `/${name}`, `a/${name}`, 'x']) : name
    return [changedName, name.endsWith('.mlmodel') ? mutateProtobuf(file, random, [file]) : file]
  })
  if (files.length === 0) return mutateBytes(content, random, others)
  return zipSync(Object.fromEntries(files), { level: pick(random, [0, 6]), mtime: '2020-01-01' })
}

/** Empty for an archive that an earlier mutation broke. */
function unzipped(content: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(content, { filter: ({ originalSize }) => originalSize < 1_000_000 })
  } catch {
    return {}
  }
}

export const mutateZip: Mutate = (content, random, others) => pick(random, [records, entries])(content, random, others)
