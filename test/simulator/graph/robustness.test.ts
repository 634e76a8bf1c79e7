/** Nothing a file can say about an operator makes the engine throw a bug or give a size or amount that is none. */
import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import type { BoundNode } from '../../../simulator/graph/bound.ts'
import type { Attribute, Dim } from '../../../simulator/graph/graph.ts'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import { operatorKeys } from '../../../simulator/graph/operators.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { tfliteDialect } from '../../../simulator/import/tflite/dialect.ts'
import { canonicalJson } from '../../../simulator/json.ts'
import { GraphBuilder } from './build-graph.ts'

const attributeNames = [
  'axis',
  'axes',
  'perm',
  'pads',
  'strides',
  'dilations',
  'kernel_shape',
  'group',
  'auto_pad',
  'ceil_mode',
  'to',
  'equation',
  'keepdims',
  'num_heads',
  'q_num_heads',
  'kv_num_heads',
  'hidden_size',
  'direction',
  'layout',
  'blocksize',
  'output_shape',
  'output_padding',
  'scales',
  'split',
  'num_outputs',
  'mode',
  'k',
  'starts',
  'ends',
  'steps',
  'border',
  'scale',
  'onesided',
  'inverse',
  'batch_dims',
  'qkv_hidden_sizes',
  'K',
  'N',
  'transA',
  'transB',
  'shape',
  'axes',
  'new_axis',
  'pooled_shape',
  'sampling_ratio',
  'classlabels_ints',
  'coefficients',
  'nodes_treeids',
  'n_targets',
  'keep_aspect_ratio_policy',
  'max_detections',
  'block_size',
  'fused_activation_function',
  'reduction',
] // prettier-ignore

const whole = fc.oneof(fc.integer({ min: -3, max: 5 }), fc.constantFrom(0, 1e9, -(2 ** 31), Number.MAX_SAFE_INTEGER))
const attribute: fc.Arbitrary<Attribute> = fc.oneof(
  whole,
  fc.array(whole, { maxLength: 6 }),
  fc.constantFrom('SAME_UPPER', 'VALID', 'bidirectional', 'not_larger', 'ij,jk->ik', '...i->...', '', 'cubic'),
  fc.double({ noNaN: true }),
)
const dim: fc.Arbitrary<Dim> = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constantFrom('n', null, 1_000_000_007))
const operand = fc.record({
  shape: fc.option(fc.array(dim, { maxLength: 5 })),
  kind: fc.constantFrom('input', 'constant', 'absent', 'sequence'),
  dtype: fc.constantFrom('float32', 'int64', 'bool', 'string', 'uint8'),
  elements: fc.array(whole, { maxLength: 6 }),
})

const anyNode = fc.record({
  key: fc.constantFrom(
    ...operatorKeys(),
    ...tfliteDialect.operators.keys(),
    'Loop',
    'Scan',
    'If',
    'SequenceMap',
    'org.example.Other',
  ),
  operands: fc.array(operand, { maxLength: 9 }),
  attributes: fc.dictionary(fc.constantFrom(...attributeNames), attribute, { maxKeys: 8 }),
  opset: fc.constantFrom(1, 6, 7, 9, 10, 11, 13, 18, 22),
  outputs: fc.integer({ min: 0, max: 4 }),
})

function build({
  key,
  operands,
  attributes,
  opset,
  outputs,
}: typeof anyNode extends fc.Arbitrary<infer T> ? T : never) {
  const graph = new GraphBuilder(opset)
  const names = operands.map(({ shape, kind, dtype, elements }, index) => {
    const name = `x${index}`
    if (kind === 'absent') return null
    if (kind === 'input') return graph.input(name, shape, dtype)
    if (kind === 'constant') return graph.constant(name, [elements.length], elements, dtype)
    return graph.node('SequenceConstruct', [graph.input(name, shape, dtype)], {}, [`s${index}`])
  })
  const results = Array.from({ length: outputs }, (_, index) => `y${index}`)
  graph.node(key, names, attributes, results)
  return graph.output(...results).build()
}

function expectSound({ outputs, work }: BoundNode): void {
  for (const value of outputs) {
    if (value?.type.kind !== 'tensor') continue
    for (const size of value.type.shape ?? []) {
      if (typeof size === 'number') expect(Number.isSafeInteger(size) && size >= 0, `size ${size}`).toBe(true)
    }
  }
  for (const amount of [work.macs, work.vectorOps, ...Object.values(work.gemm ?? {})]) {
    if (amount !== null) expect(amount >= 0 && Number.isFinite(amount), `amount ${amount}`).toBe(true)
  }
}

describe('any operator with any operands and attributes', () => {
  property.prop([anyNode], { numRuns: 2000 })(
    'has sizes that are counts and work that is an amount, or unknown',
    (node) => {
      const bound = inferShapes(build(node), {})
      for (const each of bound.nodes) expectSound(each)
      if (bound.unboundDimensions.length === 0) expect(() => canonicalJson(summarize(bound, ''))).not.toThrow()
    },
  )
})
