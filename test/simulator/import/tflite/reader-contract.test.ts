/** The contract of readers, for TFLite. */
import { tfliteReader } from '../../../../simulator/import/tflite/reader.ts'
import { describeReader } from '../../../contracts/reader-contract.ts'
import { i8, i32 } from '../../../support/build-flatbuffer.ts'
import { chain, float32s, graphModel, int32s, model } from '../../../support/build-tflite.ts'

const layers = 8

describeReader(tfliteReader, {
  small: {
    'a chain': chain(5),
    'a quantized layer with options, an open batch and an operand left out': graphModel({
      name: 'main',
      tensors: [
        { name: 'x', type: 'int8', shape: [1, 8, 8, 3], signature: [-1, 8, 8, 3], scales: [0.5], zeroPoints: [3] },
        {
          name: 'w',
          type: 'int8',
          shape: [4, 3, 3, 3],
          data: new Uint8Array(108),
          scales: [1, 1, 2, 2],
          zeroPoints: [0, 0, 0, 0],
        },
        { name: 'y', type: 'int8', shape: [1, 4, 4, 4], signature: [-1, 4, 4, 4] },
      ],
      inputs: [0],
      outputs: [2],
      nodes: [{ op: 'CONV_2D', inputs: [0, 1, -1], outputs: [2], options: [i8(0, 1), i32(1, 2), i32(2, 2), i8(3, 3)] }],
    }),
    'branches and a variable': model({
      description: 'made by a test',
      signatures: { serve: 0 },
      subgraphs: [
        {
          tensors: [
            { name: 'c', type: 'bool', shape: [1] },
            { name: 'x', shape: [2] },
            { name: 'y', shape: [2] },
          ],
          inputs: [0, 1],
          outputs: [2],
          nodes: [{ op: 'IF', inputs: [0, 1], outputs: [2], options: [i32(0, 1), i32(1, 2)] }],
        },
        {
          name: 'then',
          tensors: [{ shape: [2] }, { shape: [2], isVariable: true }, { shape: [2] }],
          inputs: [0],
          outputs: [2],
          nodes: [{ op: 'ADD', inputs: [0, 1], outputs: [2] }],
        },
        {
          name: 'else',
          tensors: [{ shape: [2] }, { shape: [2], data: float32s(1, 2) }, { shape: [2] }],
          inputs: [0],
          outputs: [2],
          nodes: [{ op: 'MUL', inputs: [0, 1], outputs: [2] }],
        },
      ],
    }),
    'a reshape, a custom operator and content behind the tables': graphModel({
      tensors: [
        { name: 'x', shape: [2, 4] },
        { name: 'shape', type: 'int32', shape: [1], data: int32s(8) },
        { name: 'flat', shape: [8] },
        { name: 'w', shape: [8], appended: float32s(...new Array(8).fill(1)) },
        { name: 'y', shape: [8] },
      ],
      inputs: [0],
      outputs: [4],
      nodes: [
        { op: 'RESHAPE', inputs: [0, 1], outputs: [2] },
        { op: 'custom:Mystery', inputs: [2, 3], outputs: [4] },
      ],
    }),
  },
  heavy: graphModel({
    tensors: Array.from({ length: 2 * layers + 1 }, (_, index) =>
      index % 2 === 0
        ? { name: `v${index / 2}`, shape: [1, 512] }
        : { name: `w${index}`, shape: [512, 512], data: new Uint8Array(512 * 512 * 4) },
    ),
    inputs: [0],
    outputs: [2 * layers],
    nodes: Array.from({ length: layers }, (_, layer) => ({
      op: 'FULLY_CONNECTED',
      inputs: [2 * layer, 2 * layer + 1, -1],
      outputs: [2 * layer + 2],
    })),
  }),
})
