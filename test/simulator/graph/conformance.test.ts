/** Shape inference over the ONNX backend tests: given the inputs of a run, dtype and shape of every tensor output. */
import { describe, expect, test } from 'vitest'
import { runConformance } from '../../../scripts/conformance/run.ts'
import { inspectModel } from '../../../simulator/import/inspect.ts'
import { conformanceFolder, expectedOf, hasConformance, indexRows, openFile } from './shared-models.ts'

const rows = hasConformance ? indexRows(conformanceFolder) : []
const light = rows.filter((row) => row.suite === 'light')

describe.skipIf(!hasConformance)('ONNX backend tests (skipped where they are not at hand)', () => {
  test('1,157 models give the outputs that their reference runs gave', { timeout: 120_000 }, async () => {
    const results = await runConformance(conformanceFolder)
    expect(results.length).toBe(1157)
    expect(results.filter(({ reason }) => reason !== null)).toEqual([])
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
