/**
 * The architecture id: one for every export of a network at one input size, in whatever precision. It is a hash of what
 * a machine has to do and of the wiring between, with all that exporters may write otherwise looked through:
 *
 *     label(o) = H(work of o, labels of the operators it reads from)      id = H(sorted labels)
 *
 * (Weisfeiler and Leman 1968, on an acyclic graph in one pass.) O(operators · log operators).
 */

import { base32, idBits } from './base32.ts'
import { factsOf } from './operators.ts'
import { elementCount } from './shape.ts'
import type { GraphSummary, OperatorSummary } from './summary.ts'

const known = new WeakMap<GraphSummary, string>()

/** 26 characters of lower-case base32, as a model id; computed once per summary. */
export function architectureIdOf(summary: GraphSummary): string {
  const found = known.get(summary) ?? base32(wordsOf(labelsOf(summary).sort().join('\n')))
  known.set(summary, found)
  return found
}

function labelsOf(summary: GraphSummary): string[] {
  const { tensors, operators } = summary
  const leaves = leavesOf(summary)
  const labelOf = tensors.map(({ role, shape }) =>
    role === 'input' ? `input ${(elementCount(shape) ?? 0) / summary.batch}` : '',
  )
  const labels: string[] = []
  for (const operator of operators) {
    const from = operator.inputs.map((input) => labelOf[input] ?? '')
    const label = isLookedThrough(operator, leaves)
      ? (from[0] ?? 'none')
      : hash([workOf(operator, summary.batch), ...(isCommutative(operator) ? from.sort() : from)].join('|'))
    for (const output of operator.outputs) labelOf[output] = label
    if (label !== from[0]) labels.push(label)
  }
  return labels
}

/**
 * Clamps disappear in the range of quantized results, constants are folded or not, a classifier's softmax is left to the
 * caller or not.
 */
function isLookedThrough({ op, class: operatorClass, inputs, outputs }: OperatorSummary, leaves: Uint8Array): boolean {
  if (operatorClass === 'view' || operatorClass === 'quantization') return true
  if (operatorClass === 'layout') return op !== 'Concat'
  if (operatorClass === 'elementwise') return inputs.length < 2
  if (operatorClass === 'softmax') return outputs.every((output) => leaves[output] === 1)
  return factsOf(op).fusion === 'clamp'
}

/** 1 = the tensor leaves the graph, perhaps in another type or shape, and nothing else is made of it. */
function leavesOf({ tensors, operators }: GraphSummary): Uint8Array {
  const leaves = Uint8Array.from(tensors, ({ role }) => (role === 'output' ? 1 : 0))
  const readers = new Int32Array(tensors.length)
  for (const { inputs } of operators) for (const input of inputs) readers[input] = (readers[input] ?? 0) + 1
  for (const { class: operatorClass, inputs, outputs } of operators.toReversed()) {
    const [input = -1] = inputs
    const hands = operatorClass === 'view' || operatorClass === 'quantization'
    if (hands && readers[input] === 1 && outputs.every((output) => leaves[output] === 1)) leaves[input] = 1
  }
  return leaves
}

function isCommutative({ op }: OperatorSummary): boolean {
  return op === 'Add' || op === 'Mul'
}

/** What is to be done, per item; a product is told by its sizes, not by the operator that says it. */
function workOf({ op, gemm, window, class: operatorClass }: OperatorSummary, batch: number): string {
  if (gemm === null) return window === null ? op : `${op} ${window.kernel} ${window.stride} ${window.dilation}`
  const { m, n, k, repeat } = gemm
  const rows = (m * repeat) / batch
  const isPlain = window === null || [...window.kernel, ...window.stride].every((size) => size === 1)
  const slides = isPlain ? '' : `${window.kernel} ${window.stride} ${window.dilation} ${window.groups}`
  const kind = operatorClass === 'convolution' || operatorClass === 'fully-connected' ? 'product' : operatorClass
  return `${kind} ${rows} ${n} ${k} ${slides}`
}

/** 128 bits, most significant first. */
function wordsOf(text: string): Uint8Array {
  const octets = new Uint8Array(idBits / 8)
  const view = new DataView(octets.buffer)
  const words = [...cyrb(text, 0), ...cyrb(text, 1)]
  words.forEach((word, index) => {
    view.setUint32(4 * index, word)
  })
  return octets
}

/** 64 bits tell the operators of one network apart. */
function hash(text: string): string {
  return cyrb(text, 0)
    .map((word) => word.toString(36))
    .join('.')
}

/** Two words of the hash cyrb53 (bryc, public domain), which is made to spread, not to withstand forgers. */
function cyrb(text: string, seed: number): readonly [number, number] {
  let high = 0xdeadbeef ^ seed
  let low = 0x41c6ce57 ^ seed
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  const first = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  const second = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(first ^ (first >>> 13), 3266489909)
  return [first >>> 0, second >>> 0]
}
