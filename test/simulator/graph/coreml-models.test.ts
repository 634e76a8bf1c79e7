/** The analysis of real Core ML files against figures made without this project's code (models/README.md there). */
import { describe, expect, test } from 'vitest'
import { inspectModel } from '../../../simulator/import/inspect.ts'
import { expectedOf, filesEndingIn, hasModels, modelsFolder, openFile } from './shared-models.ts'

const files = filesEndingIn('.mlmodel')

describe.skipIf(!hasModels)('real Core ML files (skipped where they are not at hand)', () => {
  test.each(files)('%s: nothing is unknown', async (file) => {
    const expected = expectedOf(file)
    const inspection = await inspectModel(await openFile(new URL(file, modelsFolder)), {})
    expect(inspection.coverage).toBe(1)
    // Scalars (ε, an axis) are stored too and are no parameters.
    expect(inspection.weightBytes - 4 * expected.params).toBeLessThan(64)
    expect(inspection.weightBytes).toBeGreaterThanOrEqual(4 * expected.params)
    const unknown = Object.entries(inspection.tensors).filter(([name, { shape }]) => shape === null && !isList(name))
    expect(unknown).toEqual([])
  })

  /** By hand: 26²·32·3² + 24²·32·(3²·32), then 4608·128 + 128·10. */
  test('a small convolutional network multiplies as its layers say', async () => {
    const { macsByOp, inputs, outputs } = await inspectModel(
      await openFile(new URL('mnist-coreml-nn-v1.mlmodel', modelsFolder)),
      {},
    )
    expect(macsByOp).toEqual({ 'coreml.convolution': 194_688 + 5_308_416, 'coreml.innerProduct': 591_104 })
    expect(inputs).toEqual([{ name: 'image', dtype: 'float32', shape: [1, 1, 28, 28] }])
    expect(outputs).toEqual([{ name: 'prediction', dtype: 'float32', shape: [1, 10, 1, 1] }])
  })

  /** By hand: three convolutions of 512·512, gates of 4·128·(1024 + 128) and 4·128·(128 + 128) once each, 128·512. */
  test.each([1, 2])('a program with loops over lists runs them once per frame, for %i streams', async (streams) => {
    const parsed = await openFile(new URL('dtln-aec-128-part2-mlprogram-spec.mlmodel', modelsFolder))
    const dims = { estimated_frame_0: streams, lpb_time_0: streams, states_in_0: streams }
    const { macsByOp, outputs, problems } = await inspectModel(parsed, { dims })
    const gates = 4 * 128 * (1024 + 128) + 4 * 128 * (128 + 128)
    expect(macsByOp).toEqual({
      'mil.conv': streams * 3 * 512 * 512,
      'mil.matmul': streams * (gates + 128 * 512),
    })
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [streams, 1, 512],
      [streams, 2, 128, 2],
    ])
    expect(problems.map(({ code, expected }) => [code, expected])).toEqual([
      ['external-data-missing', 'weights/weight.bin'],
    ])
  })
})

/** Lists are no tensors. */
function isList(name: string): boolean {
  return /TensorArray|TensorList|make_list|while(_\d)?$/.test(name)
}
