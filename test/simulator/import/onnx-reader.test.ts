/** The contract of readers, for ONNX. */
import { onnxReader } from '../../../simulator/import/onnx/reader.ts'
import { describeReader } from '../../contracts/reader-contract.ts'
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
} from '../../support/build-onnx.ts'

const branch = (name: string) =>
  graph({ name, nodes: [node('Mul', ['x', 'w'], [`${name}_y`])], outputs: [value(`${name}_y`, ['N', 2])] })

const heavyTensors = Array.from({ length: 8 }, (_, index) =>
  tensor({ name: `w${index}`, dims: [512, 512], raw: new Uint8Array(512 * 512 * 4) }),
)

describeReader(onnxReader, {
  small: {
    'a chain': chain(5),
    'a layer with weights, symbols and an optional input': modelOf({
      name: 'layer',
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
        node('Add', ['r', 'far'], ['y']),
      ],
    }),
    'branches that read values from outside': modelOf({
      inputs: [value('c', [], 9), value('x', ['N', 2])],
      outputs: [value('y', ['N', 2])],
      initializers: [tensor({ name: 'w', dims: [2], floats: [1, 2] })],
      nodes: [
        node('If', ['c'], ['y'], {
          attributes: [attribute.graph('then_branch', branch('then')), attribute.graph('else_branch', branch('else'))],
        }),
      ],
    }),
    'a local function': model({
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
        nodes: [node('Scale', ['x'], ['y'], { domain: 'local' })],
      }),
    }),
  },
  heavy: modelOf({
    inputs: [value('x', [1, 512])],
    outputs: [value('v8')],
    initializers: heavyTensors,
    nodes: heavyTensors.map((_, index) =>
      node('MatMul', [index === 0 ? 'x' : `v${index}`, `w${index}`], [`v${index + 1}`]),
    ),
  }),
})
