/** Whether bytes begin a Core ML model: a version, then a description, then the model under the number of its kind. */

import { WireReader, wireTypes } from '../wire.ts'
import { descriptionFields, modelFields, otherModels } from './fields.ts'

const { varint, lengthDelimited } = wireTypes

/** Specification versions went from 1 to 9 in eight years; beyond this, it is another kind of message. */
const maxVersion = 99

const isUpdatable = 10
const kinds: ReadonlySet<number> = new Set([...Object.values(modelFields), ...Object.keys(otherModels).map(Number)])

/** Damage further on is for `open` to name. Never throws. */
export function matchCoreMl(head: Uint8Array): boolean {
  // The file may go on after the head, so lengths are checked against the largest file.
  const wire = new WireReader([{ start: 0, bytes: head }], Number.MAX_SAFE_INTEGER)
  let isTold = false
  let position = 0
  while (position < head.length) {
    try {
      wire.header(position, Number.MAX_SAFE_INTEGER)
    } catch {
      return isTold
    }
    const isFirst = position === 0
    position = wire.valueEnd
    if (isFirst) {
      const isVersion = wire.field === modelFields.specificationVersion && wire.type === varint
      if (!isVersion || wire.int64() < 1 || wire.int64() > maxVersion) return false
    } else if (wire.field === isUpdatable) {
      if (wire.type !== varint) return false
    } else {
      if (!kinds.has(wire.field) || wire.type !== lengthDelimited) return false
      if (wire.field !== modelFields.description || beginsDescription(head, wire)) isTold = true
      // An ONNX file too has a version and a text in its first two fields.
      else if (wire.valueBytes > 0) return false
    }
  }
  return isTold
}

/** The first key of a ModelDescription: one of its fields, all length-delimited. */
function beginsDescription(head: Uint8Array, { valueStart, valueEnd }: WireReader): boolean {
  const inner = new WireReader([{ start: 0, bytes: head }], Number.MAX_SAFE_INTEGER)
  try {
    inner.header(valueStart, valueEnd)
  } catch {
    return false
  }
  const known: readonly number[] = Object.values(descriptionFields)
  return inner.type === lengthDelimited && known.includes(inner.field)
}
