/** Files that the fuzzer found a defect with, shrunk: each is refused, or read without sizes that are none. */

import { describe, expect, test } from 'vitest'
import { fusionProfiles } from '../../device-catalog/runtimes/fusion.ts'
import { countWork } from '../../simulator/cost/workload.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { summarize } from '../../simulator/graph/summarize.ts'
import { fromBytes, openModel } from '../../simulator/import/index.ts'
import { inspectModel } from '../../simulator/import/inspect.ts'
import { rejectionOf } from '../simulator/import/problem-of.ts'
import { array, namedType, programModel } from '../support/build-coreml.ts'
import { modelOf, node, tensor, value } from '../support/build-onnx.ts'
import { concat, field, varintField } from '../support/build-protobuf.ts'
import { graphModel } from '../support/build-tflite.ts'

const document = (value: unknown) => fromBytes(new TextEncoder().encode(JSON.stringify(value)))

const bert = {
  model_type: 'bert',
  vocab_size: 100,
  hidden_size: 32,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 64,
  max_position_embeddings: 64,
}

describe('a config.json', () => {
  test.each([0.5, 1e300, -1])('with %d kinds of segments is refused', async (segments) => {
    const { code, where } = await rejectionOf(
      openModel(document({ ...bert, type_vocab_size: segments }), 'config.json'),
    )
    expect([code, where]).toEqual(['invalid-field', 'type_vocab_size'])
  })

  test('without segments is read', async () => {
    const parsed = await openModel(document({ ...bert, type_vocab_size: 0 }), 'config.json')
    expect(parsed.graph.constants.has('segments')).toBe(false)
  })
})

describe('files of absurd width', () => {
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index))

  test('a node of 16,000 constants is inferred, summarized and counted', async () => {
    const names = many(16_000, (index) => `w${index}`)
    const initializers = names.map((name) => tensor({ name, type: 7, int64s: [1] }))
    const output = value('y')
    const content = modelOf({
      initializers,
      nodes: [node('Max', ['x', ...names], ['y'])],
      inputs: [value('x', [1])],
      outputs: [output],
    })
    const { graph } = await openModel(fromBytes(content))
    const summary = summarize(bindShapes(graph, {}), 'wide')
    expect(countWork(summary, 'int8', fusionProfiles.compiler, 1).totals.vectorOps).toBe(16_000)
  })

  test('a safetensors header of 150,000 tensors is read', async () => {
    const tensors = many(150_000, (index) => `"${index}":{"dtype":"U8","shape":[],"data_offsets":[0,1]}`)
    const header = new TextEncoder().encode(`{${tensors.join(',')}}`)
    const length = new Uint8Array(new BigUint64Array([BigInt(header.length)]).buffer)
    const { weightBytes } = await openModel(fromBytes(concat(length, header, new Uint8Array(1))))
    expect(weightBytes).toBe(150_000)
  })
})

describe('a TFLite file', () => {
  const relu = { op: 'RELU', inputs: [0], outputs: [1] }

  test('whose input is of negative size where its signature is not leaves that size open', async () => {
    const x = { name: 'x', shape: [1, -8], signature: [-1, 8] }
    const content = graphModel({ tensors: [x, { name: 'y', shape: [1, 8] }], inputs: [0], outputs: [1], nodes: [relu] })
    const { tensors } = await inspectModel(await openModel(fromBytes(content)), {})
    expect(tensors.x?.shape).toBeNull()
  })

  test('with an empty tensor that has a negative size too does not take it for a constant', async () => {
    const w = { name: 'w', shape: [0, -3], signature: [-1, -1] }
    const add = { op: 'ADD', inputs: [0, 2], outputs: [1] }
    const tensors = [{ name: 'x', shape: [3] }, { name: 'y', shape: [3] }, w]
    const parsed = await openModel(fromBytes(graphModel({ tensors, inputs: [0], outputs: [1], nodes: [add] })))
    expect(parsed.graph.constants.has('w')).toBe(false)
  })
})

describe('a Core ML program', () => {
  test('whose type gives one size twenty thousand times is refused', async () => {
    const size = concat(...Array.from({ length: 20_000 }, () => varintField(1, 4)))
    const type = concat(varintField(1, 11), varintField(2, 1), field(3, field(1, size)))
    const input = namedType('x', field(1, type))
    const content = programModel([array('x', [4])], [input], [])
    expect((await rejectionOf(openModel(fromBytes(content), 'x.mlmodel'))).code).toBe('malformed')
  })
})

describe('a description', () => {
  test('of twenty thousand layers of attention in a hundred bytes is refused', async () => {
    const layers = [{ repeat: 20_000, layers: [{ op: 'attention', heads: 2 }] }]
    const described = document({ edgefitDescription: 1, inputs: { x: [1, 8, 16] }, layers })
    expect((await rejectionOf(openModel(described, 'x.json'))).code).toBe('too-many-nodes')
  })
})
