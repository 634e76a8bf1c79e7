/** Whether bytes begin an ONNX file: protobuf has no signature, so the first fields must be those of a ModelProto. */

import { WireReader, wireTypes } from '../wire.ts'
import { graphFields, modelFields } from './fields.ts'

const { varint, lengthDelimited } = wireTypes

const modelWireTypes: ReadonlyMap<number, number> = new Map([
  [modelFields.irVersion, varint],
  [modelFields.producerName, lengthDelimited],
  [modelFields.producerVersion, lengthDelimited],
  [modelFields.domain, lengthDelimited],
  [modelFields.modelVersion, varint],
  [modelFields.docString, lengthDelimited],
  [modelFields.graph, lengthDelimited],
  [modelFields.opsetImport, lengthDelimited],
  [modelFields.metadataProps, lengthDelimited],
  [modelFields.trainingInfo, lengthDelimited],
  [modelFields.functions, lengthDelimited],
  [modelFields.configuration, lengthDelimited],
])

/** IR versions went from 1 to 13 in ten years, fields from 1 to 26; beyond these, it is another kind of message. */
const maxIrVersion = 99
const maxField = 99

/**
 * True when every field that starts in `head` may stand in a ModelProto, later versions included, and one of them tells it apart: an IR version, or
 * a graph that begins like one. Damage further on is for `open` to name. Never throws.
 */
export function matchOnnx(head: Uint8Array): boolean {
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
    const isKnown = modelWireTypes.get(wire.field) === wire.type
    const isLater = wire.field > modelFields.configuration && wire.field <= maxField
    if (!isKnown && !isLater) return false
    const content = head.subarray(wire.valueStart, wire.valueEnd)
    switch (wire.field) {
      case modelFields.irVersion:
        if (wire.int64() < 1 || wire.int64() > maxIrVersion) return false
        isTold = true
        break
      case modelFields.producerName:
      case modelFields.producerVersion:
      case modelFields.domain:
        if (content.some((byte) => byte < 0x20)) return false
        break
      case modelFields.graph:
        if (beginsGraph(content)) isTold = true
        break
    }
    position = wire.valueEnd
  }
  return isTold
}

/** The first key of a GraphProto: one of its fields, all length-delimited. */
function beginsGraph(content: Uint8Array): boolean {
  const key = content[0]
  const known: readonly number[] = Object.values(graphFields)
  return key !== undefined && (key & 7) === lengthDelimited && known.includes(key >> 3)
}
