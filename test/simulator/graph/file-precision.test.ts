import { describe, expect, test } from 'vitest'
import type { DType } from '../../../simulator/graph/dtype.ts'
import { filePrecision } from '../../../simulator/graph/file-precision.ts'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { resolveTarget } from '../../../simulator/hardware/target.ts'
import { gpuDevice } from '../../support/devices.ts'
import { GraphBuilder } from './build-graph.ts'

/** Fully connected layers [1, 64] → [1, 64], one by pair of types. */
function layers(...types: readonly (readonly [activation: DType, weight: DType])[]) {
  const graph = new GraphBuilder()
  for (const [index, [activation, weight]] of types.entries()) {
    const x = graph.input(`x${index}`, [1, 64], activation)
    graph.declare(`y${index}`, [1, 64], activation)
    graph.node('tflite.FULLY_CONNECTED', [x, graph.weight(`w${index}`, [64, 64], weight)], {}, [`y${index}`])
    graph.output(`y${index}`)
  }
  return summarize(inferShapes(graph.build(), {}), 'layers')
}

describe('the precision that a file is in', () => {
  test.each<[string, readonly (readonly [DType, DType])[], string | null]>([
    ['int8 activations and weights', [['int8', 'int8']], 'int8'],
    ['uint8 activations and weights', [['uint8', 'uint8']], 'int8'],
    ['int8 activations and int4 weights', [['int8', 'int4']], 'int8'],
    ['int16 activations and int8 weights', [['int16', 'int8']], 'int8-w8a16'],
    ['floating point', [['float32', 'float32']], null],
    ['weights alone', [['float32', 'int8']], null],
    ['weights in blocks of four bits', [['float32', 'q4_k']], 'int4-q4_k_m'],
    ['weights in blocks of eight bits', [['float32', 'q8_0']], 'int8-w8a16'],
    [
      'weights in blocks of four and of six bits',
      [
        ['float32', 'q4_k'],
        ['float32', 'q4_k'],
        ['float32', 'q6_k'],
      ],
      'int4-q4_k_m',
    ],
    ['weights in blocks of two bits', [['float32', 'iq2_xs']], 'int2-w2a16'],
    [
      'most layers in int8',
      [
        ['int8', 'int8'],
        ['int8', 'int8'],
        ['float32', 'float32'],
      ],
      'int8',
    ],
    [
      'most layers in floating point',
      [
        ['int8', 'int8'],
        ['float32', 'float32'],
        ['float32', 'float32'],
      ],
      null,
    ],
  ])('with %s', (_, types, expected) => {
    expect(filePrecision(layers(...types))).toBe(expected)
  })

  test('is that of the integers behind a dequantization', () => {
    const graph = new GraphBuilder()
    const scale = graph.constant('s', [], [0.5], 'float32')
    const x = graph.node('DequantizeLinear', [graph.input('x', [1, 64], 'int8'), scale])
    const w = graph.node('DequantizeLinear', [graph.weight('w', [64, 64], 'int8'), scale])
    const y = graph.node('MatMul', [x, w])
    expect(filePrecision(summarize(inferShapes(graph.output(y).build(), {}), 'qdq'))).toBe('int8')
  })

  test('is the one asked for where none is, and the runtime has it', () => {
    const [, second] = gpuDevice.units[0]?.runtimes[0]?.precisions ?? []
    expect(resolveTarget(gpuDevice, { modelPrecision: second }).precision).toBe(second)
    expect(resolveTarget(gpuDevice, { modelPrecision: 'int2-w2a16' }).precision).toBe(
      resolveTarget(gpuDevice).precision,
    )
    expect(resolveTarget(gpuDevice, { precision: 'fp16', modelPrecision: second }).precision).toBe('fp16')
  })
})
