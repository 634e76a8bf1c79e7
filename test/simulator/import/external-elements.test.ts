import { describe, expect, test } from 'vitest'
import type { DType } from '../../../simulator/graph/dtype.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { withExternalElements } from '../../../simulator/import/external-elements.ts'
import type { ParsedModel } from '../../../simulator/import/reader.ts'
import { problem } from '../../../simulator/problem.ts'
import { GraphBuilder } from '../graph/build-graph.ts'

/** x [2, 6] reshaped to a target that is stored in shapes.bin from byte 8 on. */
function model(dtype: DType = 'int64', dims: readonly number[] = [2]): ParsedModel {
  const graph = new GraphBuilder()
  graph.constants.set('target', {
    name: 'target',
    dtype,
    dims,
    elements: null,
    external: { location: 'shapes.bin', offset: 8, lengthBytes: null },
  })
  graph.output(graph.node('Reshape', [graph.input('x', [2, 6]), 'target']))
  const missing = problem('external-data-missing', 'Keep it.', { where: 'target', expected: 'shapes.bin' })
  return {
    format: 'onnx',
    graph: graph.build(),
    fileBytes: 0,
    weightBytes: 16,
    weightBytesByDtype: { int64: 16 },
    producer: null,
    nodes: 1,
    nodesAllGraphs: 1,
    problems: [missing],
  }
}

const file = new Uint8Array(new BigInt64Array([99n, 3n, -1n]).buffer)
const present = async (_: string, offset: number, length: number) => file.subarray(offset, offset + length)

describe('shapes in a file beside the model', () => {
  test('are read where the file is, and the problem is gone', async () => {
    const { graph, problems } = await withExternalElements(model(), present)
    expect(bindShapes(graph, {}).outputs[0]?.type).toMatchObject({ shape: [3, 4] })
    expect(problems).toEqual([])
  })

  test('stay unknown without the file', async () => {
    const parsed = model()
    expect(await withExternalElements(parsed, async () => null)).toBe(parsed)
    expect(bindShapes(parsed.graph, {}).outputs[0]?.type).toMatchObject({ shape: [null, null] })
  })

  test.each([
    ['weights', 'float32', [2]],
    ['long tables', 'int64', [1_000_000]],
  ] as const)('%s are not asked for', async (_, dtype, dims) => {
    const asked: string[] = []
    await withExternalElements(model(dtype, dims), async (location) => {
      asked.push(location)
      return null
    })
    expect(asked).toEqual([])
  })
})
