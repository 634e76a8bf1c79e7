/** ML Programs: settings and weights, control flow, lists and states, weights in packed forms. */
import { describe, expect, test } from 'vitest'
import type { Graph } from '../../../simulator/graph/graph.ts'
import { bindShapes, inferShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { fromBytes, openModel, type ParsedModel } from '../../../simulator/import/index.ts'
import { inspectModel } from '../../../simulator/import/inspect.ts'
import {
  array,
  blob,
  block,
  constant,
  immediate,
  kinds,
  listType,
  model,
  namedType,
  operation,
  program,
  programModel,
  setting,
  stateType,
  tensorType,
} from '../../support/build-coreml.ts'
import { concat, field, varintField } from '../../support/build-protobuf.ts'

type Bytes = Uint8Array

const open = (content: Bytes): Promise<ParsedModel> => openModel(fromBytes(content), 'model.mlmodel')
const opsOf = (graph: Graph) => graph.nodes.map(({ op }) => op)
const float = (name: string, dims: readonly (number | null)[]) => namedType(name, tensorType('float32', dims))
const shapeOfOutput = async (content: Bytes, dims: Record<string, number> = {}) =>
  (await inspectModel(await open(content), { dims })).outputs[0]?.shape

describe('a program', () => {
  test('keeps settings as attributes and weights as constants', async () => {
    const content = programModel(
      [array('x', [1, 4, 8, 8])],
      [float('x', [1, 4, 8, 8])],
      [
        constant('w', 'float16', [6, 4, 3, 3], blob('float16', [6, 4, 3, 3], 128)),
        setting('strides', [2, 2]),
        setting('pad_type', 'same'),
        operation('conv', {
          inputs: {
            x: 'x',
            weight: 'w',
            strides: 'strides',
            pad_type: 'pad_type',
            groups: immediate('int32', [], [1]),
          },
          outputs: [float('y', [1, 6, 4, 4])],
        }),
      ],
    )
    const parsed = await open(content)
    expect(parsed.graph.nodes).toMatchObject([
      { domain: 'mil', op: 'conv', inputs: ['x', 'w'], attributes: { strides: [2, 2], pad_type: 'same', groups: 1 } },
    ])
    expect([...parsed.graph.constants.values()]).toEqual([
      {
        name: 'w',
        dtype: 'float16',
        dims: [6, 4, 3, 3],
        elements: null,
        external: { location: 'weights/weight.bin', offset: 192, lengthBytes: null },
      },
    ])
    expect([parsed.nodes, parsed.weightBytes]).toEqual([4, 2 * 6 * 4 * 9])
    expect(parsed.problems).toMatchObject([{ code: 'external-data-missing', expected: 'weights/weight.bin' }])
  })

  test('takes sizes that are computed: a reshape from the shape of its input', async () => {
    const content = programModel(
      [
        array('x', [2, 3, 4], {
          ranges: [
            [1, 9],
            [3, 3],
            [4, 4],
          ],
        }),
      ],
      [float('x', [null, 3, 4])],
      [
        operation('shape', { inputs: { x: 'x' }, outputs: [namedType('s', tensorType('int32', [3]))] }),
        setting('zero', 0),
        operation('gather', {
          inputs: { x: 's', indices: 'zero', axis: immediate('int32', [], [0]) },
          outputs: [namedType('n', tensorType('int32', []))],
        }),
        setting('rest', [-1]),
        setting('axes', [0]),
        operation('expand_dims', {
          inputs: { x: 'n', axes: 'axes' },
          outputs: [namedType('n1', tensorType('int32', [1]))],
        }),
        operation('concat', {
          inputs: { values: ['n1', 'rest'], axis: immediate('int32', [], [0]) },
          outputs: [namedType('t', tensorType('int32', [2]))],
        }),
        operation('reshape', { inputs: { x: 'x', shape: 't' }, outputs: [float('y', [null, null])] }),
      ],
    )
    expect(await shapeOfOutput(content, { x_0: 5 })).toEqual([5, 12])
  })

  test('has its branch inlined where its condition folds', async () => {
    const side = (name: string, type: string) =>
      block([operation(type, { inputs: { x: 'x' }, outputs: [float(name, [2])] })], [name])
    const content = programModel(
      [array('x', [2])],
      [float('x', [2])],
      [
        setting('yes', 0, 'bool'),
        operation('cond', {
          inputs: { pred: 'yes' },
          blocks: [side('a', 'exp'), side('b', 'abs')],
          outputs: [float('y', [2])],
        }),
      ],
    )
    const bound = inferShapes((await open(content)).graph, {})
    expect(bound.nodes.map(({ key }) => key)).toEqual(['mil.abs'])
    expect(bound.problems).toEqual([])
  })

  test('reads and writes states that live from run to run', async () => {
    const content = model({
      version: 9,
      inputs: [array('x', [1, 8])],
      outputs: [array('y', [])],
      states: [],
      content: [
        kinds.mlProgram,
        program(
          [
            operation('read_state', { inputs: { input: 'cache' }, outputs: [float('old', [1, 8])] }),
            operation('add', { inputs: { x: 'old', y: 'x' }, outputs: [float('y', [1, 8])] }),
            operation('coreml_update_state', {
              inputs: { state: 'cache', value: 'y' },
              outputs: [float('new', [1, 8])],
            }),
          ],
          [float('x', [1, 8]), namedType('cache', stateType(tensorType('float32', [1, 8])))],
          ['y'],
        ),
      ],
    })
    const { graph } = await open(content)
    expect([graph.inputs, graph.states]).toEqual([['x'], ['cache']])
    const inspection = await inspectModel(await open(content), {})
    expect([inspection.coverage, inspection.problems]).toEqual([1, []])
  })

  test('carries lists through a loop: their elements have the size that was written', async () => {
    const list = listType(tensorType('float32', [null, 4]))
    const integer = (name: string) => namedType(name, tensorType('int32', []))
    const loop = {
      inputs: { loop_vars: ['zero', 'empty', 'x'] },
      blocks: [
        block(
          [operation('less', { inputs: { x: 'i', y: 'three' }, outputs: [namedType('more', tensorType('bool', []))] })],
          ['more'],
          [integer('i'), namedType('l', list), float('v', [null, 4])],
        ),
        block(
          [
            operation('add', { inputs: { x: 'j', y: 'one' }, outputs: [integer('next')] }),
            operation('linear', { inputs: { x: 'v2', weight: 'w' }, outputs: [float('w2', [null, 4])] }),
            operation('list_write', {
              inputs: { ls: 'l2', index: 'j', value: 'w2' },
              outputs: [namedType('l3', list)],
            }),
          ],
          ['next', 'l3', 'w2'],
          [integer('j'), namedType('l2', list), float('v2', [null, 4])],
        ),
      ],
      outputs: [integer('count'), namedType('filled', list), float('last', [null, 4])],
    }
    const content = programModel(
      [
        array('x', [2, 4], {
          ranges: [
            [1, 8],
            [4, 4],
          ],
        }),
      ],
      [float('x', [null, 4])],
      [
        setting('zero', 0),
        setting('one', 1),
        setting('three', 3),
        setting('free', 'is0'),
        setting('four', 4),
        constant('w', 'float32', [4, 4], blob('float32', [4, 4])),
        operation('make_list', {
          inputs: { init_length: 'three', elem_shape: ['free', 'four'], dtype: immediate('string', [], ['fp32']) },
          outputs: [namedType('empty', list)],
        }),
        operation('while_loop', loop),
        setting('all', [0, 1, 2]),
        operation('list_gather', { inputs: { ls: 'filled', indices: 'all' }, outputs: [float('y', [3, null, 4])] }),
      ],
    )
    const inspection = await inspectModel(await open(content), { dims: { x_0: 5 } })
    expect(inspection.outputs[0]?.shape).toEqual([3, 5, 4])
    expect(inspection.macsByOp).toEqual({ 'mil.linear': 3 * 5 * 16 })
  })

  test('runs the function that its description names', async () => {
    const one = (type: string) =>
      concat(
        field(1, float('x', [2])),
        field(2, 'CoreML8'),
        field(
          3,
          concat(
            field(1, 'CoreML8'),
            field(2, block([operation(type, { inputs: { x: 'x' }, outputs: [float('y', [2])] })], ['y'])),
          ),
        ),
      )
    const functions = ['main', 'other'].map((name, index) =>
      field(2, concat(field(1, name), field(2, one(['exp', 'abs'][index] ?? '')))),
    )
    const description = concat(
      field(20, concat(field(1, 'other'), field(2, array('x', [2])), field(3, array('y', [2])))),
      field(21, 'other'),
    )
    const content = concat(
      varintField(1, 9),
      field(2, description),
      field(502, concat(varintField(1, 1), ...functions)),
    )
    const parsed = await open(content)
    expect(opsOf(parsed.graph)).toEqual(['abs'])
    expect([parsed.nodes, parsed.nodesAllGraphs]).toEqual([1, 2])
  })
})

describe('packed weights of a program', () => {
  const made = (weight: Bytes) =>
    programModel(
      [array('x', [1, 32])],
      [float('x', [1, 32])],
      [weight, operation('linear', { inputs: { x: 'x', weight: 'w' }, outputs: [float('y', [1, 8])] })],
    )
  const output = { outputs: [float('w', [8, 32])] }
  const half = (dims: readonly number[]) =>
    immediate('float16', dims, new Array(2 * dims.reduce((a, b) => a * b, 1)).fill(0))

  const forms: Record<string, Bytes> = {
    'a scale for each row, up to iOS 17': operation('constexpr_affine_dequantize', {
      ...output,
      attributes: {
        quantized_data: blob('int8', [8, 32]),
        scale: half([8]),
        zero_point: immediate('int8', [], [0]),
        axis: immediate('int32', [], [0]),
      },
    }),
    'a table, up to iOS 17': operation('constexpr_lut_to_dense', {
      ...output,
      attributes: {
        indices: blob('uint8', [192]),
        lut: blob('float16', [64]),
        shape: immediate('uint32', [2], [8, 0, 0, 0, 32, 0, 0, 0]),
      },
    }),
    'blocks of 4 bits': operation('constexpr_blockwise_shift_scale', {
      ...output,
      inputs: { data: blob('uint4', [8, 32]), scale: blob('float16', [8, 2]) },
    }),
    'a table': operation('constexpr_lut_to_dense', {
      ...output,
      inputs: { indices: blob('uint4', [8, 32]), lut: blob('float16', [1, 1, 16, 1]) },
    }),
    'a mask': operation('constexpr_sparse_to_dense', {
      ...output,
      inputs: { nonzero_data: blob('float16', [64]), mask: blob('uint1', [8, 32]) },
    }),
  }

  test.each<[string, number]>([
    ['a scale for each row, up to iOS 17', 256 + 16 + 1],
    ['a table, up to iOS 17', 192 + 128],
    ['blocks of 4 bits', 128 + 32],
    ['a table', 128 + 32],
    ['a mask', 128 + 32],
  ])('in %s are weights of the layer, in the bytes stored', async (form, bytes) => {
    const parsed = await open(made(forms[form] ?? new Uint8Array(0)))
    expect(parsed.weightBytes).toBe(bytes)
    const inspection = await inspectModel(parsed, {})
    expect(inspection.tensors.w?.shape).toEqual([8, 32])
    expect([inspection.macs, inspection.coverage]).toEqual([256, 1])
    const { operators } = summarize(bindShapes(parsed.graph, {}), '')
    expect(operators.map(({ op, class: kind }) => [op, kind])).toEqual([['Gemm', 'fully-connected']])
  })

  test('stay in their narrow type in the summary', async () => {
    const { graph } = await open(made(forms['a table, up to iOS 17'] ?? new Uint8Array(0)))
    expect(summarize(bindShapes(graph, {}), '').constants).toEqual([
      { dtype: 'uint6', elements: 256 },
      { dtype: 'float16', elements: 64 },
    ])
  })
})
