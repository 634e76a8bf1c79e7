/** Mutations that know nothing of a format: bits, numbers, cuts, and pieces of other files. */
import { type Random, sampleInteger } from '../../simulator/random.ts'
import { concat } from '../support/build-protobuf.ts'

/** A changed copy; `others`: files of the same format, to take pieces from. */
export type Mutate = (content: Uint8Array, random: Random, others: readonly Uint8Array[]) => Uint8Array

export function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[sampleInteger(random, from.length)]
  if (chosen === undefined) throw new Error('nothing to pick from')
  return chosen
}

/** Zero to `count`, small ones more often. */
export function small(random: Random, count: number): number {
  return Math.floor(count * random.uniform() ** 3)
}

/** Values at which readers go wrong: around 0, sign bits, the safe integers, the ends of a type. */
export const edgeValues: readonly bigint[] = [
  0n,
  1n,
  2n,
  3n,
  4n,
  7n,
  8n,
  127n,
  128n,
  255n,
  256n,
  0x7fffn,
  0xffffn,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 62n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n,
]

const flipBits: Mutate = (content, random) => {
  const changed = content.slice()
  for (let count = 1 + small(random, 8); count > 0 && changed.length > 0; count -= 1) {
    const at = sampleInteger(random, changed.length)
    changed[at] = (changed[at] ?? 0) ^ (1 << sampleInteger(random, 8))
  }
  return changed
}

const setBytes: Mutate = (content, random) => {
  const changed = content.slice()
  for (let count = 1 + small(random, 6); count > 0 && changed.length > 0; count -= 1) {
    changed[sampleInteger(random, changed.length)] = pick(random, [0, 1, 2, 0x7f, 0x80, 0xff, random.uint32() & 0xff])
  }
  return changed
}

/** An edge value of 1 to 8 bytes, little-endian or big-endian. */
const setNumber: Mutate = (content, random) => {
  const width = pick(random, [1, 2, 4, 4, 8, 8])
  if (content.length < width) return content.slice()
  const changed = content.slice()
  const value = pick(random, edgeValues)
  const aligned = random.uniform() < 0.7 ? width : 1
  const at = Math.floor(sampleInteger(random, content.length - width + 1) / aligned) * aligned
  const isBig = random.uniform() < 0.1
  for (let index = 0; index < width; index += 1) {
    changed[at + (isBig ? width - 1 - index : index)] = Number((value >> BigInt(8 * index)) & 0xffn)
  }
  return changed
}

const truncate: Mutate = (content, random) => content.slice(0, sampleInteger(random, content.length + 1))

const append: Mutate = (content, random) => concat(content, noise(random, 1 + small(random, 200)))

const insert: Mutate = (content, random) => {
  const at = sampleInteger(random, content.length + 1)
  return concat(content.subarray(0, at), noise(random, 1 + small(random, 64)), content.subarray(at))
}

const remove: Mutate = (content, random) => {
  const [start, end] = range(content, random)
  return concat(content.subarray(0, start), content.subarray(end))
}

const repeat: Mutate = (content, random) => {
  const [start, end] = range(content, random)
  const piece = content.subarray(start, end)
  const copies = Math.min(1 + small(random, 40), Math.floor(100_000 / Math.max(1, piece.length)))
  return concat(content.subarray(0, end), ...new Array<Uint8Array>(copies).fill(piece), content.subarray(end))
}

/** The beginning of this file and the end of another, or a piece of it in the middle. */
const splice: Mutate = (content, random, others) => {
  const other = pick(random, others)
  if (random.uniform() < 0.5) {
    return concat(
      content.subarray(0, sampleInteger(random, content.length + 1)),
      other.subarray(sampleInteger(random, other.length + 1)),
    )
  }
  const [start, end] = range(other, random)
  const at = sampleInteger(random, content.length + 1)
  return concat(content.subarray(0, at), other.subarray(start, end), content.subarray(at))
}

const zero: Mutate = (content, random) => {
  const changed = content.slice()
  changed.fill(random.uniform() < 0.7 ? 0 : 0xff, ...range(content, random))
  return changed
}

function range(content: Uint8Array, random: Random): [start: number, end: number] {
  const start = sampleInteger(random, content.length + 1)
  return [start, Math.min(content.length, start + 1 + small(random, content.length))]
}

function noise(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.uint32() & 0xff)
}

const mutations: readonly Mutate[] = [
  flipBits,
  setBytes,
  setNumber,
  setNumber,
  truncate,
  append,
  insert,
  remove,
  repeat,
  splice,
  zero,
]

export const mutateBytes: Mutate = (content, random, others) => pick(random, mutations)(content, random, others)
