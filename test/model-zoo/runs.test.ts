import { describe, expect, test } from 'vitest'
import { buildPreset, presets } from '../../model-zoo/index.ts'
import { writeOnnx } from '../../simulator/export/onnx.ts'
import { dtypeBytes } from '../../simulator/graph/dtype.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { runOnnx } from './run-onnx.ts'

const maxWeightBytes = 30e6

const small = [...presets.keys()].filter((id) => weightBytes(buildPreset(id)) <= maxWeightBytes)

function weightBytes(graph: Graph): number {
  let total = 0
  for (const { dtype, dims } of graph.constants.values()) {
    total += dtypeBytes(
      dtype,
      dims.reduce((elements, size) => elements * size, 1),
    )
  }
  return total
}

describe('presets of up to 30 MB are real networks', { timeout: 120_000 }, () => {
  test.for(small)('%s runs in onnxruntime with finite outputs of its shape that depend on the input', async (id) => {
    const graph = buildPreset(id)
    const file = writeOnnx(graph, { seed: 1 })
    const { shapes, values } = await runOnnx(file, graph)
    expect(Object.keys(shapes).sort()).toEqual([...graph.outputs].sort())
    for (const name of graph.outputs) {
      const found = values[name] ?? []
      expect(shapes[name]).toEqual(graph.values.get(name)?.shape)
      expect(found.every(Number.isFinite)).toBe(true)
      expect(found.some((value) => value !== found[0])).toBe(true)
    }
  })
})
