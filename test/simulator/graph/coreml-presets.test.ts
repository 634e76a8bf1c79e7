/** Networks written as Core ML have the shapes, MACs and parameters of the networks that they were made from. */
import { describe, expect, test } from 'vitest'
import { buildPreset } from '../../../model-zoo/index.ts'
import type { BoundGraph } from '../../../simulator/graph/bound.ts'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import { countParameters } from '../../../simulator/graph/parameters.ts'
import { fromBytes, openModel } from '../../../simulator/import/index.ts'
import { inspectModel } from '../../../simulator/import/inspect.ts'
import { weightParams } from '../../support/build-coreml.ts'
import { networkFrom, programFrom } from '../../support/coreml-from-graph.ts'

const macsOf = (bound: BoundGraph): number =>
  bound.nodes.reduce((total, { work }) => total + (work.macs ?? Number.NaN), 0)

/** Shapes of all activations. */
function shapesOf(bound: BoundGraph): Record<string, unknown> {
  const values = bound.nodes.flatMap(({ outputs }) => outputs)
  return Object.fromEntries(
    values.flatMap((value) => (value?.type.kind === 'tensor' ? [[value.name, value.type.shape]] : [])),
  )
}

/** Networks keep [C, 1, 1] behind flattened values. */
const trimmed = (shape: unknown): unknown =>
  Array.isArray(shape) ? shape.slice(0, 2 + shape.slice(2).findLastIndex((dim) => dim !== 1) + 1) : shape

describe('an ML Program', () => {
  test.each(['mobilenet-v2-1.0', 'mobilenet-v3-large', 'googlenet', 'unet-mobilenet-v2', 'bert-base'])(
    'of %s has its shapes, MACs and parameters',
    async (id) => {
      const preset = inferShapes(buildPreset(id), {})
      const parsed = await openModel(fromBytes(programFrom(preset)))
      const bound = inferShapes(parsed.graph, {})
      expect(bound.problems).toEqual([])
      expect(shapesOf(bound)).toMatchObject(shapesOf(preset))
      expect(macsOf(bound)).toBe(macsOf(preset))
      expect((await inspectModel(parsed, {})).coverage).toBe(1)
      expect(countParameters(bound)).toBe(countParameters(preset))
    },
  )
})

describe('a network', () => {
  test.each(['mobilenet-v2-1.0', 'googlenet', 'resnet50-v2', 'unet-mobilenet-v2'])(
    'of %s has its shapes and MACs, with a byte for eight weights',
    async (id) => {
      const preset = inferShapes(buildPreset(id), {})
      const parsed = await openModel(fromBytes(networkFrom(preset, (count) => weightParams.table(count, 1))))
      const bound = inferShapes(parsed.graph, {})
      expect(bound.problems).toEqual([])
      expect(parsed.problems).toEqual([])
      const [found, expected] = [shapesOf(bound), shapesOf(preset)]
      for (const [name, shape] of Object.entries(expected))
        expect([name, trimmed(found[name])]).toEqual([name, trimmed(shape)])
      expect(macsOf(bound)).toBe(macsOf(preset))
      expect(parsed.nodes).toBe(preset.nodes.length)
    },
  )

  test('of whole floats has the parameters of its preset', async () => {
    const preset = inferShapes(buildPreset('squeezenet1-1'), {})
    const parsed = await openModel(fromBytes(networkFrom(preset, weightParams.float32)))
    expect(countParameters(inferShapes(parsed.graph, {}))).toBe(countParameters(preset))
  })
})
