/**
 * ONNX writer: a graph with described weights becomes a model file with seeded ones.
 *
 * Field numbers: `import/onnx/fields.ts`. The bytes depend on the graph and the seed alone.
 */

import type { Attribute, Constant, Graph, Node, Value } from '../graph/graph.ts'
import {
  attributeFields,
  attributeTypes,
  dimFields,
  graphFields,
  modelFields,
  nodeFields,
  opsetFields,
  shapeFields,
  tensorFields,
  tensorTypeFields,
  typeFields,
  valueInfoFields,
} from '../import/onnx/fields.ts'
import { codeOfDtype } from '../import/onnx/tensor.ts'
import { fail } from '../problem.ts'
import { makeRandom } from '../random.ts'
import { asContributed, opsetsOf } from './contributed.ts'
import { initializations } from './initialize.ts'
import { payloadBytes, writePayload } from './payload.ts'
import { ProtoWriter } from './proto-writer.ts'

/** The version of the file format that came with an operator set. */
const irVersionOf = (opset: number): number => (opset >= 23 ? 11 : 10)
/** Protocol buffers cannot hold more in one message. */
const maxModelBytes = 2 ** 31 - 1

export interface WriteOptions {
  /** Fixes every drawn weight. */
  readonly seed: number
}

/**
 * A complete `.onnx` file: weights without elements are drawn from `seed` (see `initialize.ts`).
 *
 * Throws `dimension-too-large` above 2 GiB, `unknown-precision` for element types without a whole number of bytes.
 */
export function writeOnnx(graph: Graph, { seed }: WriteOptions): Uint8Array {
  const before = new ProtoWriter()
  before.string(graphFields.name, graph.name)
  const nodes = graph.nodes.map((node) => (graph.dialect === undefined ? asContributed(node) : node))
  for (const node of nodes) before.message(graphFields.node, (to) => writeNode(to, node))
  for (const name of graph.inputs)
    before.message(graphFields.input, (to) => writeValue(to, name, graph.values.get(name)))
  for (const name of graph.outputs) {
    before.message(graphFields.output, (to) => writeValue(to, name, graph.values.get(name)))
  }
  const initializers = [...graph.constants.values()].map((constant) => ({
    constant,
    head: initializerHead(constant),
    lengthBytes: payloadBytes(constant),
  }))
  const graphBytes = initializers.reduce((sum, { head, lengthBytes }) => sum + head.length + lengthBytes, before.length)

  const model = new ProtoWriter()
  model.int(modelFields.irVersion, irVersionOf(graph.opsets[''] ?? 0))
  model.string(modelFields.producerName, 'edgefit')
  for (const [domain, version] of Object.entries(opsetsOf(graph, nodes))) {
    model.message(modelFields.opsetImport, (to) => {
      to.string(opsetFields.domain, domain)
      to.int(opsetFields.version, version)
    })
  }
  model.header(modelFields.graph, graphBytes)
  const totalBytes = model.length + graphBytes
  if (totalBytes > maxModelBytes) {
    throw fail('dimension-too-large', 'Export a smaller model: one ONNX file holds at most 2 GiB of weights.', {
      where: graph.name,
      expected: `at most ${maxModelBytes} bytes`,
      received: `${totalBytes} bytes`,
    })
  }

  const file = new Uint8Array(totalBytes)
  file.set(model.bytes)
  file.set(before.bytes, model.length)
  let offset = model.length + before.length
  const random = makeRandom(seed)
  const drawn = initializations(graph)
  for (const { constant, head, lengthBytes } of initializers) {
    file.set(head, offset)
    offset += head.length
    const target = file.subarray(offset, offset + lengthBytes)
    writePayload(target, constant, drawn.get(constant.name) ?? { value: 0 }, random)
    offset += lengthBytes
  }
  return file
}

/** Everything of a graph's initializer field up to its payload, which comes last. */
function initializerHead(constant: Constant): Uint8Array {
  const tensor = new ProtoWriter()
  writeTensorHead(tensor, constant)
  const lengthBytes = payloadBytes(constant)
  tensor.header(tensorFields.rawData, lengthBytes)
  const head = new ProtoWriter()
  head.header(graphFields.initializer, tensor.length + lengthBytes)
  const bytes = new Uint8Array(head.length + tensor.length)
  bytes.set(head.bytes)
  bytes.set(tensor.bytes, head.length)
  return bytes
}

function writeTensorHead(to: ProtoWriter, constant: Constant): void {
  for (const size of constant.dims) to.int(tensorFields.dims, size)
  to.int(tensorFields.dataType, codeOfDtype(constant.dtype))
  to.string(tensorFields.name, constant.name)
}

function writeNode(to: ProtoWriter, node: Node): void {
  for (const input of node.inputs) to.string(nodeFields.input, input ?? '')
  for (const output of node.outputs) to.string(nodeFields.output, output ?? '')
  to.string(nodeFields.name, node.name)
  to.string(nodeFields.opType, node.op)
  if (node.domain !== '') to.string(nodeFields.domain, node.domain)
  for (const [name, value] of Object.entries(node.attributes)) {
    to.message(nodeFields.attribute, (nested) => writeAttribute(nested, node, name, value))
  }
}

/** Attributes that ONNX types as float, also when the value is a whole number. */
const floatAttributes = new Set([
  'alpha',
  'beta',
  'bias',
  'cubic_coeff_a',
  'epsilon',
  'extrapolation_value',
  'gamma',
  'scale',
  'softcap',
])

function writeAttribute(to: ProtoWriter, node: Node, name: string, value: Attribute): void {
  to.string(attributeFields.name, name)
  if (typeof value === 'string') {
    to.string(attributeFields.s, value)
    to.int(attributeFields.type, attributeTypes.string)
  } else if (typeof value === 'number') {
    if (floatAttributes.has(name)) to.float(attributeFields.f, value)
    else to.int(attributeFields.i, value)
    to.int(attributeFields.type, floatAttributes.has(name) ? attributeTypes.float : attributeTypes.int)
  } else if (isIntegers(value)) {
    for (const item of value) to.int(attributeFields.ints, item)
    to.int(attributeFields.type, attributeTypes.ints)
  } else {
    throw fail('unknown-operator', 'Only numbers, integer lists and strings can be written as attributes.', {
      where: `${node.name}.${name}`,
    })
  }
}

function isIntegers(value: Attribute): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item))
}

function writeValue(to: ProtoWriter, name: string, value: Value | undefined): void {
  to.string(valueInfoFields.name, name)
  const { dtype, shape } = value ?? { dtype: null, shape: null }
  if (dtype === null) return
  to.message(valueInfoFields.type, (type) => {
    type.message(typeFields.tensorType, (tensorType) => {
      tensorType.int(tensorTypeFields.elemType, codeOfDtype(dtype))
      if (shape === null) return
      tensorType.message(tensorTypeFields.shape, (to) => {
        for (const dim of shape) {
          to.message(shapeFields.dim, (nested) => {
            if (typeof dim === 'number') nested.int(dimFields.dimValue, dim)
            else if (dim !== null) nested.string(dimFields.dimParam, dim)
          })
        }
      })
    })
  })
}
