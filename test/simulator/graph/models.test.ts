/** The analysis of real ONNX files against figures measured by running them (models/README.md there). */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { withExternalElements } from '../../../simulator/import/external-elements.ts'
import { inspectModel } from '../../../simulator/import/inspect.ts'
import { bindingsOf, expectedOf, hasModels, modelsFolder, onnxFiles, openFile } from './shared-models.ts'

describe.skipIf(!hasModels)('real ONNX files (skipped where they are not at hand)', () => {
  test.each(onnxFiles())('%s: every tensor and the MACs of every operator are those measured', async (file) => {
    const expected = expectedOf(file)
    const parsed = await withExternalElements(await openFile(new URL(file, modelsFolder)), readBeside)
    const inspection = await inspectModel(parsed, bindingsOf(expected))

    const wrong = Object.entries(expected.tensors ?? {}).filter(([name, [dtype, shape]]) => {
      const found = inspection.tensors[name]
      return found?.dtype !== dtype || JSON.stringify(found.shape) !== JSON.stringify(shape)
    })
    expect(wrong).toEqual([])
    if (expected.macs_by_op === null || expected.macs === '') return // bodies of loops, for which ours may know more
    const byOp = Object.entries(inspection.macsByOp).map(([key, macs]) => [key.split('.').at(-1), macs])
    expect(Object.fromEntries(byOp)).toEqual(expected.macs_by_op)
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

async function readBeside(location: string, offset: number, length: number): Promise<Uint8Array | null> {
  const file = new URL(location, modelsFolder)
  return existsSync(file) ? readFileSync(file).subarray(offset, offset + length) : null
}
