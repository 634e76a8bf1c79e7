/** Small ONNX files that between them use every message and the operators whose rules look at content. */
import {
  attribute,
  chain,
  graph,
  localFunction,
  model,
  modelOf,
  node,
  opset,
  tensor,
  value,
} from '../support/build-onnx.ts'

const branch = (name: string) =>
  graph({ name, nodes: [node('Mul', ['x', 'w'], [`${name}_y`])], outputs: [value(`${name}_y`, ['N', 2])] })

const int64 = 7
const ints = (name: string, ...values: readonly number[]) =>
  tensor({
    name,
    dims: [values.length],
    type: int64,
    raw: new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer),
  })

export const onnxSamples: Readonly<Record<string, Uint8Array>> = {
  chain: chain(12),
  layers: modelOf({
    name: 'layers',
    inputs: [value('x', ['N', 3, 8, null]), value('w', [4, 3, 3, 3])],
    outputs: [value('y')],
    valueInfo: [value('h', ['N', 4, 6, null])],
    initializers: [
      tensor({ name: 'w', dims: [4, 3, 3, 3], raw: new Uint8Array(432) }),
      tensor({ name: 'scales', dims: [4], floats: [1, 1, 2, 2] }),
      tensor({ name: 'far', dims: [8], external: { location: 'weights.bin', offset: '64', length: '32' } }),
    ],
    nodes: [
      node('Conv', ['x', 'w'], ['h'], {
        attributes: [attribute.ints('pads', [0, 0, 0, 0]), attribute.string('auto_pad', 'NOTSET')],
      }),
      node('Resize', ['h', '', 'scales'], ['r'], { attributes: [attribute.float('cubic_coeff_a', -0.5)] }),
      node('MaxPool', ['r'], ['p'], {
        attributes: [attribute.ints('kernel_shape', [2, 2]), attribute.ints('strides', [2, 2])],
      }),
      node('Add', ['p', 'far'], ['y']),
    ],
  }),
  shapes: modelOf({
    inputs: [value('x', ['N', 4, 6])],
    outputs: [value('y')],
    initializers: [
      ints('zero', 0),
      ints('rest', -1),
      ints('reps', 2, 1, 3),
      ints('starts', 1),
      ints('ends', 4),
      ints('axes', 2),
    ],
    nodes: [
      node('Shape', ['x'], ['s']),
      node('Gather', ['s', 'zero'], ['n']),
      node('Concat', ['n', 'rest'], ['t'], { attributes: [attribute.int('axis', 0)] }),
      node('Reshape', ['x', 't'], ['r']),
      node('Tile', ['x', 'reps'], ['tiled']),
      node('Slice', ['tiled', 'starts', 'ends', 'axes'], ['sliced']),
      node('Range', ['zero', 'rest', 'ends'], ['range']),
      node('Expand', ['sliced', 'reps'], ['expanded']),
      node('Pad', ['x', 'starts'], ['padded']),
      node('Einsum', ['x', 'x'], ['e'], { attributes: [attribute.string('equation', 'bij,bkj->bik')] }),
      node('ConstantOfShape', ['t'], ['c']),
      node('Split', ['r'], ['y', 'y2'], { attributes: [attribute.int('axis', 0)] }),
    ],
  }),
  branches: modelOf({
    inputs: [value('c', [], 9), value('x', ['N', 2])],
    outputs: [value('y', ['N', 2])],
    initializers: [tensor({ name: 'w', dims: [2], floats: [1, 2] })],
    nodes: [
      node('If', ['c'], ['y'], {
        attributes: [attribute.graph('then_branch', branch('then')), attribute.graph('else_branch', branch('else'))],
      }),
    ],
  }),
  loop: modelOf({
    inputs: [value('x', [2, 2])],
    outputs: [value('y')],
    initializers: [ints('count', 3)],
    nodes: [
      node('Loop', ['count', '', 'x'], ['y', 'all'], {
        attributes: [
          attribute.graph(
            'body',
            graph({
              inputs: [value('i', [], int64), value('go', [], 9), value('v', [2, 2])],
              outputs: [value('go'), value('next'), value('kept')],
              nodes: [
                node('MatMul', ['v', 'v'], ['next']),
                node('Concat', ['next', 'v'], ['kept'], { attributes: [attribute.int('axis', 0)] }),
              ],
            }),
          ),
        ],
      }),
    ],
  }),
  functions: model({
    opsets: [opset('', 18), opset('local', 1)],
    functions: [
      localFunction({
        name: 'Scale',
        domain: 'local',
        inputs: ['a'],
        outputs: ['b'],
        attributeNames: ['by'],
        defaults: [attribute.float('by', 2)],
        nodes: [
          node('Constant', [], ['k'], { attributes: [attribute.reference('value_float', 'by')] }),
          node('Mul', ['a', 'k'], ['b']),
        ],
      }),
    ],
    graph: graph({
      inputs: [value('x', [2])],
      outputs: [value('y')],
      nodes: [node('Scale', ['x'], ['h'], { domain: 'local' }), node('Scale', ['h'], ['y'], { domain: 'local' })],
    }),
  }),
}
