/**
 * Mutations of protobuf files that keep them well formed around the place of change: lengths of the messages above are
 * made right again, so that readers get past the header.
 */
import { type Random, sampleInteger } from '../../simulator/random.ts'
import { concat, field, key, varint } from '../support/build-protobuf.ts'
import { edgeValues, type Mutate, mutateBytes, pick, small } from './mutate-bytes.ts'

interface Field {
  readonly number: number
  readonly type: number
  /** Extent with its key, and of its value alone. */
  readonly start: number
  readonly valueStart: number
  readonly end: number
}

/** `null` where the bytes are no message. */
function fieldsOf(content: Uint8Array): Field[] | null {
  const fields: Field[] = []
  for (let at = 0; at < content.length; ) {
    const start = at
    const tag = readVarint(content, at)
    if (tag === null) return null
    at = tag.end
    const [number, type] = [Math.floor(tag.value / 8), tag.value % 8]
    const value = type === 0 || type === 2 ? readVarint(content, at) : null
    if (number === 0 || ((type === 0 || type === 2) && value === null)) return null
    const valueStart = type === 2 ? (value?.end ?? at) : at
    const end = { 0: value?.end ?? at, 1: at + 8, 2: valueStart + (value?.value ?? 0), 5: at + 4 }[type]
    if (end === undefined || end > content.length) return null
    fields.push({ number, type, start, valueStart, end })
    at = end
  }
  return fields.length === 0 ? null : fields
}

function readVarint(content: Uint8Array, at: number): { readonly value: number; readonly end: number } | null {
  let value = 0
  for (let index = 0; index < 10; index += 1) {
    const byte = content[at + index]
    if (byte === undefined) return null
    value += (byte & 0x7f) * 2 ** (7 * index)
    if (byte < 0x80) return { value, end: at + index + 1 }
  }
  return null
}

/** Descends into messages at random and changes one field. */
export const mutateProtobuf: Mutate = (content, random, others) => within(content, random, others, 0)

const deepest = 14

function within(content: Uint8Array, random: Random, others: readonly Uint8Array[], depth: number): Uint8Array {
  const fields = fieldsOf(content)
  if (fields === null) return mutateBytes(content, random, others)
  const chosen = pick(random, fields)
  const value = content.subarray(chosen.valueStart, chosen.end)
  const around = (...parts: readonly Uint8Array[]) =>
    concat(content.subarray(0, chosen.start), ...parts, content.subarray(chosen.end))
  if (chosen.type === 2 && depth < deepest && random.uniform() < 0.85 && fieldsOf(value) !== null) {
    return around(field(chosen.number, within(value, random, others, depth + 1)))
  }
  const whole = content.subarray(chosen.start, chosen.end)
  const change = pick(random, changes)
  return around(...change({ chosen, value, whole, content, fields, random, others }))
}

interface Place {
  readonly chosen: Field
  readonly value: Uint8Array
  readonly whole: Uint8Array
  readonly content: Uint8Array
  readonly fields: readonly Field[]
  readonly random: Random
  readonly others: readonly Uint8Array[]
}

/** What stands in place of the field. */
type Change = (place: Place) => readonly Uint8Array[]

const edgeNumber: Change = ({ chosen, value, random, others }) =>
  chosen.type === 0
    ? [key(chosen.number, 0), varint(pick(random, edgeValues))]
    : [
        key(chosen.number, chosen.type),
        ...(chosen.type === 2 ? [varint(value.length)] : []),
        mutateBytes(value, random, others),
      ]

const otherNumber: Change = ({ chosen, value, random }) => [
  key(
    pick(random, [chosen.number + 1, Math.max(1, chosen.number - 1), 1 + small(random, 120), 1 + small(random, 2000)]),
    chosen.type,
  ),
  ...(chosen.type === 2 ? [varint(value.length)] : []),
  value,
]

const otherType: Change = ({ chosen, value, random }) => [key(chosen.number, sampleInteger(random, 8)), value]

const lyingLength: Change = ({ chosen, value, random }) => [
  key(chosen.number, 2),
  varint(
    pick(random, [
      BigInt(value.length + 1),
      BigInt(Math.max(0, value.length - 1)),
      BigInt(2 * value.length),
      ...edgeValues,
    ]),
  ),
  value,
]

/** More copies where they are short, for lists of a million entries are made of short ones. */
const duplicate: Change = ({ whole, random }) => {
  const most = Math.max(2, Math.floor(60_000 / whole.length))
  return new Array<Uint8Array>(2 + small(random, Math.min(most, 20_000))).fill(whole)
}

const remove: Change = () => []

/** A sibling of the same kind in its place: names that collide, cycles, constants for values. */
const sibling: Change = ({ chosen, content, fields, random }) => {
  const alike = fields.filter(({ number, type }) => (number === chosen.number) === (type === chosen.type))
  const other = pick(random, alike.length === 0 ? fields : alike)
  return [content.subarray(other.start, other.end)]
}

/** Some other text of the file, of about that length. */
const otherText: Change = ({ chosen, content, fields, random, value }) => {
  const texts = fields.filter(({ type, valueStart, end }) => type === 2 && end - valueStart < 64)
  const other = texts.length === 0 ? value : textOf(content, pick(random, texts))
  return [chosen.type === 2 ? field(chosen.number, other) : content.subarray(chosen.start, chosen.end)]
}

const textOf = (content: Uint8Array, { valueStart, end }: Field): Uint8Array => content.subarray(valueStart, end)

/** The message in itself, so many times. */
const nested: Change = ({ chosen, value, random }) => {
  let inner = value
  const levels = 1 + small(random, 400)
  for (let level = 0; level < levels && inner.length < 50_000; level += 1) {
    inner =
      chosen.type === 2 ? concat(value.length < 200 ? value : new Uint8Array(0), field(chosen.number, inner)) : inner
  }
  return [field(chosen.number, inner)]
}

/** A varint longer than it need be, or endless. */
const longVarint: Change = ({ chosen, random }) => [
  key(chosen.number, 0),
  new Uint8Array(1 + sampleInteger(random, 12)).fill(0x80),
  Uint8Array.of(random.uniform() < 0.5 ? 0 : 1),
]

/** A message of another file of the format under this number. */
const foreign: Change = ({ chosen, random, others }) => {
  const other = pick(random, others)
  const fields = fieldsOf(other)?.filter(({ type }) => type === 2) ?? []
  if (fields.length === 0) return []
  return [field(chosen.number, textOf(other, pick(random, fields)))]
}

const changes: readonly Change[] = [
  edgeNumber,
  edgeNumber,
  otherNumber,
  otherType,
  lyingLength,
  duplicate,
  remove,
  sibling,
  otherText,
  nested,
  longVarint,
  foreign,
]
