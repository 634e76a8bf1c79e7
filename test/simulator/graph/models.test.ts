/** The analysis of real ONNX files against figures measured by running them (models/README.md there). */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { boundLifetimes } from '../../../simulator/graph/bound-lifetimes.ts'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import { inspectModel } from '../../../simulator/graph/inspect.ts'
import { withExternalElements } from '../../../simulator/import/external-elements.ts'
import {
  bindingsOf,
  type Expected,
  expectedOf,
  hasModels,
  indexRows,
  modelsFolder,
  onnxFiles,
  openFile,
} from './shared-models.ts'

/** Peaks that differ, and why ours stands. */
const peakExceptions = new Map([
  [
    'bert-toy-opset12-dynamic.onnx',
    'measured in file order, in which nodes read values made later; ours in execution order',
  ],
  [
    'gpt2-tiny-past-opset11.onnx',
    'measured in file order, in which nodes read values made later; ours in execution order',
  ],
  ['torch-dynamo-local-functions-if-opset18.onnx', 'measured with functions as single nodes; ours sees inside'],
])

describe.skipIf(!hasModels)('real ONNX files (skipped where they are not at hand)', () => {
  test.each(onnxFiles())('%s: nodes, parameters, shapes, MACs and peak are those measured', async (file) => {
    const expected = expectedOf(file)
    const parsed = await withExternalElements(await openFile(new URL(file, modelsFolder)), readBeside)
    const inspection = await inspectModel(parsed, bindingsOf(expected))

    expect(inspection.nodes).toBe(expected.nodes)
    expect(inspection.nodesAllGraphs).toBe(Number(indexOf(file).nodes_all_graphs))
    expect(inspection.params).toBe(expected.params)
    const wrong = Object.entries(expected.tensors ?? {}).filter(([name, [dtype, shape]]) => {
      const found = inspection.tensors[name]
      return found?.dtype !== dtype || JSON.stringify(found.shape) !== JSON.stringify(shape)
    })
    expect(wrong).toEqual([])
    expectMacs(inspection, expected)
    if (peakExceptions.has(file)) return
    const bound = inferShapes(parsed.graph, bindingsOf(expected))
    const peak = (viewsAreFree: boolean, weightsFold: boolean) =>
      boundLifetimes(bound, { viewsAreFree, weightsFold })?.peakBytes ?? null
    if (expected.peak_act_bytes == null) return
    expect(inspection.peakActivationBytes).toBe(expected.peak_act_bytes)
    expect(peak(true, true)).toBe(expected.peak_act_bytes_views_free)
    expect(peak(false, false)).toBe(expected.peak_act_bytes_nofold)
  })

  test('custom operators and generation loops leave the total unknown', async () => {
    for (const file of ['superres-prepost-customops-opset18.onnx', 'gpt2-tiny-beamsearch.onnx']) {
      const { macs, coverage } = await inspectModel(
        await openFile(new URL(file, modelsFolder)),
        bindingsOf(expectedOf(file)),
      )
      expect(macs).toBeNull()
      expect(coverage).toBeLessThan(1)
    }
  })

  test('a branch that only a run decides is assumed, and the figures are those of the branch taken', async () => {
    const file = 'silero-vad-v6-opset16-if.onnx'
    const expected = expectedOf(file)
    const { inputShapes = {} } = bindingsOf(expected)
    const { macs, problems } = await inspectModel(await openFile(new URL(file, modelsFolder)), { inputShapes })
    expect(macs).toBe(expected.macs)
    expect(problems.map(({ code }) => code)).toContain('branch-assumed')
  })
})

/** Empty = not measured: bodies of loops, for which ours may know more. */
function expectMacs(inspection: Awaited<ReturnType<typeof inspectModel>>, expected: Expected): void {
  if (expected.macs === '' || expected.macs_by_op === null) return
  expect(inspection.macs).toBe(expected.macs)
  const byOp = Object.entries(inspection.macsByOp).map(([key, macs]) => [key.split('.').at(-1), macs])
  expect(Object.fromEntries(byOp)).toEqual(expected.macs_by_op)
}

async function readBeside(location: string, offset: number, length: number): Promise<Uint8Array | null> {
  const file = new URL(location, modelsFolder)
  return existsSync(file) ? readFileSync(file).subarray(offset, offset + length) : null
}

const rows = hasModels ? indexRows(modelsFolder) : []

function indexOf(file: string): Record<string, string> {
  return rows.find((row) => row.file === file) ?? {}
}
