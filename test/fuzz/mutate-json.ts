/** Mutations of JSON documents, and of the JSON header of a safetensors file, that leave the rest of the document sound. */
import { type Random, sampleInteger } from '../../simulator/random.ts'
import { concat } from '../support/build-protobuf.ts'
import { type Mutate, mutateBytes, pick, small } from './mutate-bytes.ts'

const edges: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  0.5,
  1e9,
  2 ** 53,
  -(2 ** 53),
  1e300,
  '',
  '0',
  'x'.repeat(3000),
  [],
  {},
  [[]],
]
const [utf8, text] = [new TextEncoder(), new TextDecoder()]

export const mutateJson: Mutate = (content, random, others) => {
  const document = parsed(content)
  return document === undefined
    ? mutateBytes(content, random, others)
    : utf8.encode(JSON.stringify(changed(document, random)))
}

const lengthBytes = 8

/** The length in front agrees with the changed header, most times. */
export const mutateSafetensors: Mutate = (content, random, others) => {
  if (content.length < lengthBytes) return mutateBytes(content, random, others)
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  const end = lengthBytes + Number(view.getBigUint64(0, true))
  const header = end <= content.length ? parsed(content.subarray(lengthBytes, end)) : undefined
  if (header === undefined) return mutateBytes(content, random, others)
  const made = utf8.encode(JSON.stringify(changed(header, random)))
  const length = new Uint8Array(lengthBytes)
  const lie = random.uniform() < 0.1 ? sampleInteger(random, 5) - 2 : 0
  new DataView(length.buffer).setBigUint64(0, BigInt(Math.max(0, made.length + lie)), true)
  return concat(length, made, content.subarray(end))
}

function parsed(content: Uint8Array): unknown {
  try {
    return JSON.parse(text.decode(content))
  } catch {
    return undefined
  }
}

/** One value somewhere in the document. */
function changed(value: unknown, random: Random): unknown {
  const isParent = typeof value === 'object' && value !== null
  if (!isParent || random.uniform() < 0.1) return replacement(value, random)
  const entries = Object.entries(value)
  if (entries.length === 0) return replacement(value, random)
  const [name, inner] = pick(random, entries)
  if (Array.isArray(value)) {
    const items: unknown[] = [...value]
    const [at, chance] = [Number(name), random.uniform()]
    if (chance < 0.1) items.splice(at, 1)
    else if (chance < 0.2) items.splice(at, 0, ...copies(inner, 1 + small(random, 3000)))
    else items[at] = changed(inner, random)
    return items
  }
  const rest = Object.fromEntries(entries.filter(([each]) => each !== name))
  if (random.uniform() < 0.1) return rest
  if (random.uniform() < 0.1)
    return {
      ...rest,
      [pick(random, ['__proto__', 'constructor', '', 'x'.repeat(300), pick(random, entries)[0]])]: inner,
    }
  return { ...rest, [name]: changed(inner, random) }
}

/** As many as make a document of a size that files have: copies of copies would outgrow the memory that is watched. */
function copies(value: unknown, count: number): unknown[] {
  const most = Math.floor(largestCopyCharacters / Math.max(1, JSON.stringify(value).length))
  return new Array<unknown>(Math.min(count, most)).fill(value)
}

const largestCopyCharacters = 1e6

function replacement(value: unknown, random: Random): unknown {
  if (typeof value === 'number' && random.uniform() < 0.5) {
    return pick(random, [value + 1, value - 1, -value, value * 2, value * 1000, value / 3, `${value}`, [value]])
  }
  if (random.uniform() < 0.05) {
    let deep: unknown = value
    for (let level = small(random, 4000); level > 0; level -= 1) deep = level % 2 === 0 ? [deep] : { a: deep }
    return deep
  }
  return pick(random, edges)
}
