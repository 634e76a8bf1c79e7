/** What a TFLite file says, as a graph. */
import { describe, expect, test } from 'vitest'
import { inferShapes } from '../../../../simulator/graph/infer.ts'
import { fromBytes, openModel } from '../../../../simulator/import/index.ts'
import { inspectModel } from '../../../../simulator/import/inspect.ts'
import { i8, i32, ints, longs, object, table, tables, text, u32 } from '../../../support/build-flatbuffer.ts'
import { chain, float32s, graphModel, int32s, model, type SubgraphSpec } from '../../../support/build-tflite.ts'
import { mobilenetV2 } from '../../../support/mobilenet-v2-tflite.ts'

const open = (content: Uint8Array) => openModel(fromBytes(content), 'model.tflite')
const graphOf = async (graph: SubgraphSpec) => (await open(graphModel(graph))).graph

/** x [1, 4] and w → y [1, 4]. */
const sum = (weight: SubgraphSpec['tensors'][number]): SubgraphSpec => ({
  tensors: [{ name: 'x', shape: [1, 4] }, weight, { name: 'y', shape: [1, 4] }],
  inputs: [0],
  outputs: [2],
  nodes: [{ op: 'ADD', inputs: [0, 1], outputs: [2] }],
})

describe('names', () => {
  test('that are missing or repeated are made unique, so that values can be told apart', async () => {
    const { inputs, outputs, nodes, constants } = await graphOf({
      tensors: [{ shape: [4] }, { name: 'v', shape: [4], data: float32s(1, 2, 3, 4) }, { name: 'v', shape: [4] }],
      inputs: [0],
      outputs: [2],
      nodes: [{ op: 'ADD', inputs: [0, 1], outputs: [2] }],
    })
    expect({ inputs, outputs }).toEqual({ inputs: ['tensor_0'], outputs: ['v_2'] })
    expect(nodes).toMatchObject([
      { name: 'ADD_0', domain: 'tflite', op: 'ADD', inputs: ['tensor_0', 'v'], outputs: ['v_2'] },
    ])
    expect([...constants.keys()]).toEqual(['v'])
  })

  test('of custom operators cannot be taken for builtin ones', async () => {
    const [node] = (await graphOf({ ...sum({ shape: [1] }), nodes: [{ op: 'custom:ADD', inputs: [0], outputs: [2] }] }))
      .nodes
    expect(node).toMatchObject({ domain: 'tflite.custom', op: 'ADD' })
  })

  test('of operators newer than the schema are their numbers, and their work is unknown', async () => {
    const content = graphModel({ ...sum({ shape: [1] }), nodes: [{ op: 999, inputs: [0], outputs: [2] }] })
    const { macs, problems } = await inspectModel(await open(content), {})
    expect(macs).toBeNull()
    expect(problems).toMatchObject([{ code: 'unknown-operator', received: 'tflite.BUILTIN_999' }])
  })

  test('of operators past 127 come from the second field of their code', async () => {
    const [node] = (await graphOf({ ...sum({ shape: [1] }), nodes: [{ op: 'GELU', inputs: [0], outputs: [2] }] })).nodes
    expect(node?.op).toBe('GELU')
  })
})

describe('constants', () => {
  test('that shapes may be made of keep their elements; larger and quantized ones do not', async () => {
    const kept = async (weight: SubgraphSpec['tensors'][number]) =>
      (await graphOf(sum({ ...weight, name: 'w' }))).constants.get('w')?.elements
    expect(await kept({ type: 'int32', shape: [2], data: int32s(3, -1) })).toEqual([3, -1])
    expect(await kept({ type: 'int32', shape: [2], data: int32s(3, -1), scales: [0.1] })).toBeNull()
    expect(await kept({ shape: [100], data: new Uint8Array(400) })).toBeNull()
    expect(await kept({ shape: [0, 4] })).toEqual([])
  })

  test('of less than a byte are packed', async () => {
    const parsed = await open(graphModel(sum({ name: 'w', type: 'int4', shape: [3], data: Uint8Array.of(0x21, 0x0f) })))
    expect(parsed.graph.constants.get('w')).toMatchObject({ dtype: 'int4', dims: [3], elements: [1, 2, -1] })
    expect(parsed.weightBytes).toBe(2)
  })

  test('count their scales and zero points, and content that tensors share once', async () => {
    const parsed = await open(
      graphModel({
        ...sum({ name: 'w', type: 'int8', shape: [2, 4], data: new Uint8Array(8), scales: [1, 2], zeroPoints: [0, 0] }),
        tensors: [
          { name: 'x', shape: [1, 4] },
          {
            name: 'w',
            type: 'int8',
            shape: [2, 4],
            data: new Uint8Array(8),
            scales: [1, 2],
            zeroPoints: [0, 0],
            axis: 0,
          },
          { name: 'y', shape: [1, 4] },
          { name: 'same', type: 'int8', shape: [8], sharesDataOf: 1 },
        ],
      }),
    )
    expect(parsed.graph.constants.get('w')?.quantization).toEqual({ scales: 2, zeroPoints: 2, axis: 0 })
    expect(parsed.weightBytes).toBe(8 + 2 * 4 + 2 * 8)
  })

  test('may lie behind the tables', async () => {
    const parsed = await open(graphModel(sum({ name: 'w', type: 'int32', shape: [2], appended: int32s(7, 8) })))
    expect(parsed.graph.constants.get('w')?.elements).toEqual([7, 8])
    expect(parsed.weightBytes).toBe(8)
  })

  test('may lie in another file', async () => {
    const content = model({
      subgraphs: [sum({ name: 'w', shape: [4], external: 3 })],
      external: { 'weights.bin': [{ id: 3, offset: 64, length: 16 }] },
    })
    const { graph, weightBytes } = await open(content)
    expect(graph.constants.get('w')?.external).toEqual({ location: 'weights.bin', offset: 64, lengthBytes: 16 })
    expect(weightBytes).toBe(16)
  })

  test('that are sparse have the dimensions of the dense tensor, and store less', async () => {
    const vector = (values: readonly number[]) => table(object(0, ints(values)))
    const compressed = [i8(0, 1), i8(2, 1), object(3, vector([0, 1, 2])), i8(4, 1), object(5, vector([0, 3]))]
    const sparse = table(object(0, ints([0, 1])), object(2, tables([table(i8(0, 0), i32(1, 2)), table(...compressed)])))
    const parsed = await open(graphModel(sum({ name: 'w', shape: [2, 4], data: float32s(5, 6), sparse })))
    expect(parsed.graph.constants.get('w')).toMatchObject({ dims: [2, 4], elements: null })
    expect(parsed.weightBytes).toBe(2 * 4 + 3 * 4 + 2 * 4)
    expect((await inspectModel(parsed, {})).params).toBe(8)
  })
})

describe('sizes', () => {
  test('that are open become symbols, with what the file allocates as their default', async () => {
    const { values, defaultSizes } = await graphOf({
      ...sum({ name: 'w', shape: [1] }),
      tensors: [
        { name: 'x', shape: [1, 32, 32, 3], signature: [-1, -1, -1, 3] },
        { name: 'tokens', type: 'int32', shape: [16], signature: [-1] },
        { name: 'y', shape: [1, 4], signature: [-1, 4] },
      ],
      inputs: [0, 1],
    })
    expect(values.get('x')?.shape).toEqual(['batch', 'x[1]', 'x[2]', 3])
    expect(values.get('tokens')?.shape).toEqual(['tokens[0]'])
    // Only inputs are bound: what the file says about the others is no more than a guess.
    expect(values.get('y')?.shape).toEqual([null, 4])
    expect(defaultSizes).toEqual({ batch: 1, 'x[1]': 32, 'x[2]': 32, 'tokens[0]': 16 })
  })

  test('are inferred again for other inputs, whatever the file stored', async () => {
    const parsed = await open(chain(3))
    expect((await inspectModel(parsed, {})).outputs[0]?.shape).toEqual([1, 8])
    expect((await inspectModel(parsed, { dims: { batch: 6 } })).outputs[0]?.shape).toEqual([6, 8])
  })

  test('of two inputs are bound apart where their defaults differ', async () => {
    const { values } = await graphOf({
      ...sum({ name: 'z', shape: [8, 4], signature: [-1, 4] }),
      tensors: [
        { name: 'x', shape: [1, 4], signature: [-1, 4] },
        { name: 'z', shape: [8, 4], signature: [-1, 4] },
        { name: 'y', shape: [8, 4] },
      ],
      inputs: [0, 1],
    })
    expect([values.get('x')?.shape, values.get('z')?.shape]).toEqual([
      ['batch', 4],
      ['z[0]', 4],
    ])
  })
})

describe('what is kept between runs', () => {
  const stateful: SubgraphSpec = {
    tensors: [
      { name: 'x', shape: [1, 8] },
      { name: 'feature', shape: [4, 8], data: new Uint8Array(128) },
      { name: 'time', shape: [4, 3], data: new Uint8Array(48) },
      { name: 'state', shape: [1, 12], isVariable: true },
      { name: 'y', shape: [1, 4] },
    ],
    inputs: [0],
    outputs: [4],
    nodes: [{ op: 'SVDF', inputs: [0, 1, 2, -1, 3], outputs: [4], options: [i32(0, 1)] }],
  }

  test('is neither input nor weight, and lives throughout', async () => {
    const parsed = await open(graphModel(stateful))
    expect(parsed.graph).toMatchObject({ inputs: ['x'], states: ['state'] })
    const { params, macs, peakActivationBytes } = await inspectModel(parsed, {})
    expect({ params, macs, peakActivationBytes }).toEqual({
      params: 44,
      macs: 44,
      peakActivationBytes: 4 * (8 + 12 + 4),
    })
  })
})

describe('a file of several graphs', () => {
  const part = (name: string): SubgraphSpec => ({ ...sum({ name: 'w', shape: [4], data: float32s(1, 2, 3, 4) }), name })

  test('is read as its first one, and the others are named by their signatures', async () => {
    const parsed = await open(
      model({ subgraphs: [part('a'), part('b'), part('c')], signatures: { encode: 0, decode: 2 } }),
    )
    expect({ nodes: parsed.nodes, nodesAllGraphs: parsed.nodesAllGraphs }).toEqual({ nodes: 1, nodesAllGraphs: 3 })
    expect(parsed.problems).toMatchObject([{ code: 'graph-assumed', where: 'encode', received: 'b, decode' }])
  })

  test('that its nodes run is one model', async () => {
    const called = { ...sum({ shape: [1] }), nodes: [{ op: 'CALL', inputs: [0], outputs: [2], options: [u32(0, 1)] }] }
    const inner = { ...part('inner'), inputs: [0], outputs: [2] }
    const parsed = await open(model({ subgraphs: [called, inner] }))
    expect(parsed.problems).toEqual([])
    expect((await inspectModel(parsed, {})).params).toBe(4)
  })
})

test('MobileNetV2 from its paper has the figures of the published file', async () => {
  const { nodes, params, macs, peakActivationBytes } = await inspectModel(await open(mobilenetV2()), {})
  // mobilenet_v2_1.0_224_quant.tflite of google-coral/test_data.
  expect({ nodes, params, macs }).toEqual({ nodes: 66, params: 3_489_097, macs: 300_775_552 })
  expect(peakActivationBytes).toBe(1_505_280)
})

describe('options', () => {
  test('are named as in the schema and complete, defaults included', async () => {
    const [node] = (
      await graphOf({
        ...sum({ shape: [1] }),
        nodes: [{ op: 'CONV_2D', inputs: [0, 1], outputs: [2], options: [i8(0, 1), i32(1, 2), i32(2, 3), i8(3, 3)] }],
      })
    ).nodes
    expect(node?.attributes).toEqual({
      padding: 'VALID',
      stride_w: 2,
      stride_h: 3,
      fused_activation_function: 'RELU6',
      dilation_w_factor: 1,
      dilation_h_factor: 1,
    })
  })

  test('of StableHLO operators are in the second union', async () => {
    const [node] = (
      await graphOf({
        ...sum({ shape: [1] }),
        nodes: [{ op: 'STABLEHLO_TRANSPOSE', inputs: [0], outputs: [2], options: [object(0, longs([1, 0]))] }],
      })
    ).nodes
    expect(node?.attributes).toEqual({ permutation: [1, 0] })
  })

  test('that are text are text', async () => {
    const options = [object(1, text('counter'))]
    const [node] = (
      await graphOf({ ...sum({ shape: [1] }), nodes: [{ op: 'VAR_HANDLE', inputs: [], outputs: [2], options }] })
    ).nodes
    expect(node?.attributes).toEqual({ container: '', shared_name: 'counter' })
  })
})

test.each([
  ['edgetpu-custom-op', 'the Coral Edge TPU'],
  ['ethos-u', 'an Arm Ethos-U'],
])('a file compiled to %s has unknown work, and says what it was compiled for', async (op, unit) => {
  const content = graphModel({ ...sum({ shape: [1] }), nodes: [{ op: `custom:${op}`, inputs: [0], outputs: [2] }] })
  const { macs, coverage, problems } = await inspectModel(await open(content), {})
  expect({ macs, coverage }).toEqual({ macs: null, coverage: 0 })
  expect(problems).toMatchObject([{ code: 'unknown-operator', where: op, received: `a model compiled for ${unit}` }])
})

test('the end of a detector has the sizes and the work that its own options say', async () => {
  const options =
    '646574656374696f6e735f7065725f636c61737300666172006d61785f646574656374696f6e73007573655f726567756c61725f6e6d7300043925' +
    '22140000000700000001000000040000002c01000090eefeff640000000100000005060468142601'
  const content = graphModel({
    tensors: [{ shape: [1, 200, 4] }, { shape: [1, 200, 3] }, { shape: [200, 4] }, {}, {}, {}, {}],
    inputs: [0, 1, 2],
    outputs: [3, 4, 5, 6],
    nodes: [
      {
        op: 'custom:TFLite_Detection_PostProcess',
        inputs: [0, 1, 2],
        outputs: [3, 4, 5, 6],
        customOptions: Uint8Array.from(Buffer.from(options, 'hex')),
      },
    ],
  })
  const { graph } = await open(content)
  const { nodes, outputs } = inferShapes(graph, {})
  expect(outputs.map((output) => output?.type)).toMatchObject([
    { shape: [1, 100, 4] },
    { shape: [1, 100] },
    { shape: [1, 100] },
    { shape: [1] },
  ])
  // One suppression for each of 3 classes keeps up to 300 boxes, and there are 200.
  expect(nodes[0]?.work).toMatchObject({ macs: 0, vectorOps: 200 * (3 * (8 + 200 * 16) + 28 + 3) })
})
