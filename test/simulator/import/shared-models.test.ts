/** Real files against figures that were made without this project's code (see the README of each folder). */
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { withFileSource } from '../../../cli/file-source.ts'
import type { Graph } from '../../../simulator/graph/graph.ts'
import { type ByteSource, openModel } from '../../../simulator/import/index.ts'
import {
  conformanceFolder,
  hasConformance,
  hasModels,
  indexRows,
  modelsFolder,
  openFile,
} from '../graph/shared-models.ts'
import { rejectionOf } from './problem-of.ts'

const models = hasModels ? indexRows(modelsFolder) : []
const onnxModels = models.filter((row) => row.format === 'onnx')
const readFormats = ['onnx', 'tflite', 'coreml', 'gguf', 'safetensors']
const otherModels = models.filter(
  (row) => !readFormats.includes(row.format ?? '') && !row.file?.includes('mixed-types'),
)

/** `batchx3x224x224`, `scalar`, `unranked`; no element type stands for sequences in the index. */
function describeValues(graph: Graph, names: readonly string[]): string {
  const described = names.map((name) => {
    const { dtype, shape } = graph.values.get(name) ?? { dtype: null, shape: null }
    const dims = shape?.map((dim) => dim ?? '?').join('x')
    return `${name}:${dtype ?? 'sequence_type'}:${dims === undefined ? 'unranked' : dims || 'scalar'}`
  })
  return described.join(' | ')
}

const modelsHere = describe.skipIf(!hasModels)
const conformanceHere = describe.skipIf(!hasConformance)

modelsHere('real ONNX files (skipped where they are not at hand)', () => {
  test.each(onnxModels.map((row) => [row.file ?? '', row] as const))(
    '%s: its producer, inputs and outputs',
    async (file, row) => {
      const { graph, producer } = await openFile(new URL(file, modelsFolder))
      expect({
        producer: producer ?? '',
        inputs: describeValues(graph, graph.inputs),
        outputs: describeValues(graph, graph.outputs),
      }).toEqual({ producer: row.producer, inputs: row.inputs, outputs: row.outputs })
    },
  )

  test.each(onnxModels.map((row) => row.file ?? ''))('%s reads the same from a file handle', async (file) => {
    const url = new URL(file, modelsFolder)
    const fromHandle = await withFileSource(fileURLToPath(url), (source) => openModel(source, file))
    expect(fromHandle).toEqual(await openFile(url))
  })

  test('weights of a MobileNetV2 are not read', async () => {
    const path = fileURLToPath(new URL('mobilenetv2-1.0-224-qoperator.onnx', modelsFolder))
    let bytesRead = 0
    const counted = (source: ByteSource): ByteSource => ({
      size: source.size,
      read(offset, length) {
        bytesRead += length
        return source.read(offset, length)
      },
    })
    await withFileSource(path, (source) => openModel(counted(source)))
    expect(bytesRead).toBeLessThan(statSync(path).size / 2)
  })

  test.each(otherModels.map((row) => [row.file ?? '', row.format ?? ''] as const))(
    '%s (%s) is named, not misread',
    async (file) => {
      const problem = await rejectionOf(openFile(new URL(file, modelsFolder)))
      expect(problem.code).toBe('unsupported-format')
      expect(problem.received).toMatch(/^an? /)
    },
  )
})

conformanceHere('ONNX backend tests (skipped where they are not at hand)', () => {
  test('1,157 models are read without a problem, with nodes and operator sets as listed', {
    timeout: 120_000,
  }, async () => {
    const rows = indexRows(conformanceFolder)
    for (const { model = '', nodes, domains } of rows) {
      const parsed = await openFile(new URL(model, conformanceFolder))
      const opsets = Object.entries(parsed.graph.opsets).map(([domain, version]) => `${domain || 'ai.onnx'}:${version}`)
      expect({ model, nodes: parsed.nodes, domains: opsets, problems: parsed.problems }).toEqual({
        model,
        nodes: Number(nodes),
        domains: domains?.split(/ \| |;/),
        problems: [],
      })
    }
    expect(rows.length).toBe(1157)
  })
})
