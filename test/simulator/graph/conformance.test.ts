/** Shape inference over the ONNX backend tests: given the inputs of a run, dtype and shape of every tensor output. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import { inspectModel } from '../../../simulator/graph/inspect.ts'
import { fromBytes, openModel } from '../../../simulator/import/index.ts'
import { field } from '../../support/build-protobuf.ts'
import { conformanceFolder, expectedOf, hasConformance, indexRows, openFile } from './shared-models.ts'

/** Models whose outputs are not reproduced, each with the reason. */
const exceptions = new Map<string, string>()

const rows = hasConformance ? indexRows(conformanceFolder) : []
const runs = rows.filter((row) => row.suite !== 'light')
const light = rows.filter((row) => row.suite === 'light')

describe.skipIf(!hasConformance)('ONNX backend tests (skipped where they are not at hand)', () => {
  test('1,148 models give the outputs that their reference runs gave', { timeout: 120_000 }, async () => {
    const failures: string[] = []
    for (const row of runs) if (!(await reproduces(row))) failures.push(row.model ?? '')
    expect(failures.toSorted()).toEqual([...exceptions.keys()].toSorted())
    expect(runs.length).toBe(1148)
  })

  test.each(light.map((row) => row.model ?? ''))(
    '%s at full size: shapes, MACs and peak are those measured',
    async (model) => {
      const expected = expectedOf(model.split('/').at(-1) ?? '', new URL('light/expected/', conformanceFolder))
      const parsed = await openFile(new URL(model, conformanceFolder))
      const inspection = await inspectModel(parsed, {})
      for (const [name, [dtype, shape]] of Object.entries(expected.tensors ?? {})) {
        expect(inspection.tensors[name]).toEqual({ dtype, shape })
      }
      expect(inspection.macs).toBe(expected.macs)
      expect(inspection.peakActivationBytes).toBe(expected.peak_act_bytes)
      // The reference counts generated weights only; small biases stayed in the files.
      const stored = [...parsed.graph.constants.values()].filter(
        ({ dtype, dims }) => dtype === 'float32' && dims.length > 0,
      )
      const storedElements = stored.reduce((sum, { dims }) => sum + dims.reduce((a, b) => a * b, 1), 0)
      expect(inspection.params).toBe(expected.params + storedElements)
    },
  )
})

async function reproduces(row: Record<string, string>): Promise<boolean> {
  const { model = '', actual_inputs: inputs = '', actual_outputs: outputs = '', declared_outputs: declared = '' } = row
  const { graph } = await openFile(new URL(model, conformanceFolder))
  const inputShapes: Record<string, readonly number[]> = {}
  const inputValues: Record<string, readonly number[]> = {}
  const shapes = portsOf(inputs)
  for (const [index, name] of graph.inputs.entries()) {
    const shape = shapes[index]?.shape
    // Sequences and optionals have no shape to bind.
    if (graph.values.get(name)?.dtype == null || shape === undefined) continue
    inputShapes[name] = shape
    const elements = await contentOf(
      new URL(model.replace('model.onnx', `test_data_set_0/input_${index}.pb`), conformanceFolder),
    )
    if (elements?.length === shape.reduce((a, b) => a * b, 1)) inputValues[name] = elements
  }
  const bound = inferShapes(graph, { inputShapes, inputValues })
  const kinds = declared.split(' | ')
  return portsOf(outputs).every(({ dtype, shape }, index) => {
    const type = bound.outputs[index]?.type
    if (/:(sequence|optional)/.test(kinds[index] ?? '')) return true // the index has no shape for those
    return type?.kind === 'tensor' && type.dtype === dtype && JSON.stringify(type.shape) === JSON.stringify(shape)
  })
}

/** `float32:[3x4x5] | int64:[]` */
function portsOf(text: string): { readonly dtype: string; readonly shape: readonly number[] }[] {
  return text === ''
    ? []
    : text.split(' | ').map((port) => {
        const [, dtype = '', dims = ''] = /(\w+):\[(.*)\]$/.exec(port) ?? []
        return { dtype, shape: dims === '' ? [] : dims.split('x').map(Number) }
      })
}

/** Elements of a stored tensor, read by the model reader as the initializer of an otherwise empty model. */
async function contentOf(url: URL): Promise<readonly number[] | null> {
  if (!existsSync(url)) return null
  const [graphField, initializerField] = [7, 5]
  const model = field(graphField, field(initializerField, readFileSync(url)))
  try {
    const { graph } = await openModel(fromBytes(model), 'tensor')
    const [constant] = graph.constants.values()
    return constant?.elements?.every(Number.isFinite) ? constant.elements : null
  } catch {
    return null // a sequence or an optional
  }
}
