import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { buildPreset } from '../../../model-zoo/index.ts'
import { writeOnnx } from '../../../simulator/export/onnx.ts'
import type { Constant, Graph } from '../../../simulator/graph/graph.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { fromBytes } from '../../../simulator/import/byte-source.ts'
import { openModel } from '../../../simulator/import/index.ts'
import { ProblemError } from '../../../simulator/problem.ts'

async function reopened(graph: Graph) {
  return (await openModel(fromBytes(writeOnnx(graph, { seed: 7 })), 'written.onnx')).graph
}

function graphOf(constants: readonly Constant[], attributes: Graph['nodes'][number]['attributes'] = {}): Graph {
  return {
    name: 'g',
    opsets: { '': 21 },
    inputs: ['x'],
    outputs: ['y'],
    nodes: [
      {
        name: 'n',
        domain: '',
        op: 'Concat',
        inputs: ['x', ...constants.map(({ name }) => name)],
        outputs: ['y'],
        attributes,
      },
    ],
    values: new Map([
      ['x', { name: 'x', dtype: 'float32', shape: ['rows', 2] }],
      ['y', { name: 'y', dtype: 'float32', shape: [null, 2] }],
    ]),
    constants: new Map(constants.map((constant) => [constant.name, constant])),
  }
}

const described = (name: string, dims: readonly number[], dtype: Constant['dtype'] = 'float32'): Constant => ({
  name,
  dtype,
  dims,
  elements: null,
  external: null,
})

describe('written models', () => {
  test.for(['squeezenet1-1', 'mobilenet-v3-small', 'ds-cnn-kws', 'mobilevit-xxs'])(
    'of %s read back as the graph that was written',
    async (id) => {
      const graph = buildPreset(id)
      const read = await reopened(graph)
      expect(
        read.nodes.map(({ op, inputs, outputs }) => ({ op, inputs, outputs })),
        id,
      ).toEqual(graph.nodes.map(({ op, inputs, outputs }) => ({ op, inputs, outputs })))
      expect([...read.constants.values()].map(({ name, dtype, dims }) => ({ name, dtype, dims }))).toEqual(
        [...graph.constants.values()].map(({ name, dtype, dims }) => ({ name, dtype, dims })),
      )
      for (const [index, node] of graph.nodes.entries()) {
        for (const [name, value] of Object.entries(node.attributes)) {
          const found = read.nodes[index]?.attributes[name]
          if (typeof value === 'number') expect(found, `${node.name}.${name}`).toBeCloseTo(value, 6)
          else expect(found, `${node.name}.${name}`).toEqual(value)
        }
      }
      expect({ inputs: read.inputs, outputs: read.outputs, opsets: read.opsets }).toEqual({
        inputs: graph.inputs,
        outputs: graph.outputs,
        opsets: graph.opsets,
      })
    },
  )

  test.for(['mobilenet-v1-0.25', 'resnet8-ic', 'shufflenet-v2-x0-5', 'mobilevit-xxs'])(
    'of %s analyse to the same summary as the graph itself',
    async (id) => {
      const graph = buildPreset(id)
      expect(summarize(bindShapes(await reopened(graph), {}), id)).toEqual(summarize(bindShapes(graph, {}), id))
    },
  )

  test('have the same bytes for the same seed and other weights for another', () => {
    const graph = buildPreset('resnet8-ic')
    const first = writeOnnx(graph, { seed: 1 })
    expect(writeOnnx(buildPreset('resnet8-ic'), { seed: 1 })).toEqual(first)
    const other = writeOnnx(graph, { seed: 2 })
    expect(other.length).toBe(first.length)
    expect(other).not.toEqual(first)
  })

  test('keep their bytes from one version to the next', async () => {
    // Weights are integer arithmetic and exactly rounded products: these bytes hold in every JavaScript engine.
    const digest = await crypto.subtle.digest('SHA-256', writeOnnx(buildPreset('resnet8-ic'), { seed: 1 }).slice())
    expect(Buffer.from(digest).toString('hex')).toMatchInlineSnapshot(
      `"bf8b76c57588aebddff46aa2dcce19325917d8e4ca903ad8da632078eeacd332"`,
    )
  })

  test('keep symbolic and unknown dimensions of inputs and outputs', async () => {
    const { values } = await reopened(graphOf([described('w', [3, 2])], { axis: 0 }))
    expect(values.get('x')?.shape).toEqual(['rows', 2])
    expect(values.get('y')?.shape).toEqual([null, 2])
  })

  property.prop([fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 20 })])(
    'keep every int64 element exactly',
    async (elements) => {
      const constant: Constant = { ...described('i', [elements.length], 'int64'), elements }
      expect((await reopened(graphOf([constant]))).constants.get('i')?.elements).toEqual(elements)
    },
  )

  test.for(['float32', 'float64', 'float16', 'bfloat16', 'int32', 'int16', 'int8', 'uint32', 'uint8', 'bool'] as const)(
    'hold given elements of type %s',
    async (dtype) => {
      const constant: Constant = { ...described('c', [3], dtype), elements: [0, 1, 1] }
      expect((await reopened(graphOf([constant]))).constants.get('c')?.elements).toEqual([0, 1, 1])
    },
  )

  test('hold float16 values down to its resolution', async () => {
    const constant: Constant = { ...described('c', [4], 'float16'), elements: [0.5, -2.25, 1e-9, 65504] }
    const read = (await reopened(graphOf([constant]))).constants.get('c')?.elements
    expect(read?.map((value) => value + 0)).toEqual([0.5, -2.25, 0, 65504])
  })

  test('refuse element types that have no whole byte', () => {
    expect(() => writeOnnx(graphOf([described('q', [4], 'int4')]), { seed: 1 })).toThrow(ProblemError)
  })

  test('refuse more than one file can hold before any memory is taken', () => {
    const huge = graphOf([described('w', [50_000, 50_000])])
    expect(() => writeOnnx(huge, { seed: 1 })).toThrow(/dimension-too-large/)
  })
})

describe('drawn weights', () => {
  test('of a convolution have the variance of its fan-in', () => {
    const graph = buildPreset('squeezenet1-1')
    const weight = [...graph.constants.values()].find(({ dims }) => dims.join() === '256,64,3,3')
    const file = writeOnnx(graph, { seed: 3 })
    const values = payloadOf(file, weight?.name ?? '', 256 * 64 * 9)
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length
    expect(variance).toBeCloseTo(2 / (64 * 9), 4)
    const bound = Math.fround(Math.sqrt(6 / (64 * 9)))
    expect(values.every((value) => Math.abs(value) <= bound)).toBe(true)
  })
})

/** Floats of an initializer: the bytes behind its name, the raw-data tag and the length. */
function payloadOf(file: Uint8Array, name: string, elements: number): Float32Array {
  const lengthBytes = Math.ceil(Math.log2(4 * elements + 1) / 7)
  const start = Buffer.from(file).lastIndexOf(name) + name.length + 1 + lengthBytes
  return new Float32Array(file.slice(start, start + 4 * elements).buffer)
}
