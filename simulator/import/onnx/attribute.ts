/** AttributeProto → Attribute. Subgraphs are read by the caller, who knows what they may refer to. */
import type { Attribute, Graph } from '../../graph/graph.ts'
import { fail, type ProblemError } from '../../problem.ts'
import { maxKeptListBytes } from '../limits.ts'
import { saturate } from '../tensor-elements.ts'
import type { WireReader } from '../wire.ts'
import { attributeFields, attributeTypes } from './fields.ts'
import { readSparseTensor, readTensor, type StoredTensor } from './tensor.ts'

export interface NamedAttribute {
  readonly name: string
  /** `null`: types of values and lists of tensors, which no operator's shape or work depends on. */
  readonly value: Attribute | null
  readonly tensor: StoredTensor | null
}

/** What an AttributeProto may hold, one of them by its type. */
interface Content {
  f: number
  i: number
  s: Attribute
  tensor: StoredTensor | null
  readonly floats: number[]
  readonly ints: number[]
  readonly strings: string[]
  readonly graphs: Graph[]
}

/** Reads the message that is the current value of `wire`. Throws `malformed` and what reading tensors and graphs throws. */
export function readAttribute(wire: WireReader, readSubgraph: () => Graph): NamedAttribute {
  const content: Content = { f: 0, i: 0, s: '', tensor: null, floats: [], ints: [], strings: [], graphs: [] }
  let name = ''
  let type = 0
  let reference = ''
  let typeByField = 0
  wire.message(() => {
    switch (wire.field) {
      case attributeFields.name:
        name = wire.text()
        return
      case attributeFields.type:
        type = wire.int64()
        return
      case attributeFields.refAttrName:
        reference = wire.text()
        return
    }
    typeByField = readContent(wire, content, readSubgraph) || typeByField
  })
  if (reference !== '') return { name, value: { kind: 'reference', name: reference }, tensor: null }
  // Files before IR version 2 have no type; the field that is present tells it.
  return { name, value: attributeOf(content, type || typeByField), tensor: content.tensor }
}

/** Takes the current field in; returns the attribute type it belongs to, 0 when it is none of ours. */
function readContent(wire: WireReader, content: Content, readSubgraph: () => Graph): number {
  switch (wire.field) {
    case attributeFields.f:
      content.f = wire.float32()
      return attributeTypes.float
    case attributeFields.i:
      content.i = saturate(wire.int64())
      return attributeTypes.int
    case attributeFields.s:
      content.s = wire.content() === null ? opaque(wire.valueBytes) : wire.text()
      return attributeTypes.string
    case attributeFields.t:
      content.tensor = readTensor(wire)
      return attributeTypes.tensor
    case attributeFields.sparseTensor:
      content.tensor = readSparseTensor(wire)
      return attributeTypes.sparseTensor
    case attributeFields.g:
      content.graphs.push(readSubgraph())
      return attributeTypes.graph
    case attributeFields.graphs:
      content.graphs.push(readSubgraph())
      return attributeTypes.graphs
    case attributeFields.floats:
      if (!wire.floats(content.floats, 4)) throw tooLongList(wire)
      return attributeTypes.floats
    case attributeFields.ints:
      if (!wire.int64s(content.ints)) throw tooLongList(wire)
      return attributeTypes.ints
    case attributeFields.strings:
      content.strings.push(wire.text())
      return attributeTypes.strings
    default:
      return 0
  }
}

/** Lists are copied to their size: one that was pushed to keeps room for more. */
function attributeOf(content: Content, type: number): Attribute | null {
  switch (type) {
    case attributeTypes.float:
      return content.f
    case attributeTypes.int:
      return content.i
    case attributeTypes.string:
      return content.s
    case attributeTypes.floats:
      return content.floats.slice()
    case attributeTypes.ints:
      return content.ints.map(saturate)
    case attributeTypes.strings:
      return content.strings.slice()
    case attributeTypes.graphs:
      return { kind: 'graphs', graphs: content.graphs }
    case attributeTypes.graph: {
      const graph = content.graphs[0]
      return graph === undefined ? null : { kind: 'graph', graph }
    }
    case attributeTypes.tensor:
    case attributeTypes.sparseTensor:
      return content.tensor === null ? null : { kind: 'tensor', tensor: content.tensor.constant }
    default:
      return null
  }
}

function tooLongList(wire: WireReader): ProblemError {
  return fail('too-many-nodes', 'Store the numbers as a tensor, not as an attribute, and export the model again.', {
    where: `byte ${wire.valueStart}`,
    expected: `a list of at most ${maxKeptListBytes} bytes`,
    received: `${wire.valueBytes} bytes`,
  })
}

/** A blob too long to be text (a compiled engine, an embedded model): its size without its content. */
function opaque(lengthBytes: number): Attribute {
  return {
    kind: 'tensor',
    tensor: { name: '', dtype: 'uint8', dims: [lengthBytes], elements: null, external: null },
  }
}
