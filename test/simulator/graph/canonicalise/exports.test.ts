/** One network, one answer: however a preset is exported, it is the same architecture and the same kernels. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fusionProfiles } from '../../../../device-catalog/runtimes/fusion.ts'
import { architecturesText } from '../../../../model-zoo/architectures.ts'
import { buildPreset, presets } from '../../../../model-zoo/index.ts'
import { makeWorkloads } from '../../../../simulator/cost/workload.ts'
import { writeOnnx } from '../../../../simulator/export/onnx.ts'
import { architectureIdOf } from '../../../../simulator/graph/architecture-id.ts'
import type { Graph } from '../../../../simulator/graph/graph.ts'
import { bindShapes } from '../../../../simulator/graph/infer.ts'
import { modelId } from '../../../../simulator/graph/model-id.ts'
import { summarize } from '../../../../simulator/graph/summarize.ts'
import { fromBytes, openModel } from '../../../../simulator/import/index.ts'
import { assignPrecision } from '../../../../simulator/transform/assign-precision.ts'
import { numberFormats } from '../../../../simulator/transform/number-formats.ts'
import { renamed, reordered, withBatchNorms, withCopies } from '../../../support/exports.ts'

const mostParameters = 60e6

const summaryOf = (graph: Graph) => summarize(bindShapes(graph, {}), '')
const small = [...presets.keys()].filter((id) => {
  const elements = [...buildPreset(id).constants.values()].map(({ dims }) => dims.reduce((all, size) => all * size, 1))
  return elements.reduce((sum, count) => sum + count, 0) <= mostParameters
})

/** What a machine is asked to do, names apart. */
const kernelsOf = (graph: Graph) =>
  makeWorkloads(summaryOf(graph))
    .get('fp32', fusionProfiles.graph, 1)
    .kernels.map(
      ({ name: _name, operators: _operators, reads: _reads, writes: _writes, weightBytes: _bytes, ...kernel }) =>
        kernel,
    )

describe('architectures', () => {
  test('of presets differ, but for one that differs from another by its clamps alone', () => {
    const written = readFileSync(new URL('../../../../model-zoo/architectures.gen.json', import.meta.url), 'utf8')
    expect(architecturesText(), 'run node scripts/architectures.ts').toBe(written)
    const known = new Set<string>(Object.values(JSON.parse(written)))
    expect([...presets.keys()].filter((id) => !known.has(id))).toEqual(['ssdlite-mobilenet-v2'])
  })
})

describe.each(small)('%s', (id) => {
  const preset = buildPreset(id)

  test('is the same model under other names, in another order and through a file', async () => {
    const expected = await modelId(summaryOf(preset))
    expect(await modelId(summaryOf(renamed(preset)))).toBe(expected)
    expect(await modelId(summaryOf(reordered(preset, 7)))).toBe(expected)
  })

  test('has the same kernels with its batch norms unfolded and with copies between', () => {
    const [expected, architecture] = [kernelsOf(preset), architectureIdOf(summaryOf(preset))]
    for (const variant of [withBatchNorms(preset), withCopies(preset)]) {
      expect(architectureIdOf(summaryOf(variant))).toBe(architecture)
      expect(kernelsOf(variant)).toEqual(expected)
    }
  })

  test('is the same architecture quantized with pairs around its operators', () => {
    const quantized = assignPrecision(preset, { format: numberFormats.int8 })
    expect(architectureIdOf(summaryOf(quantized))).toBe(architectureIdOf(summaryOf(preset)))
  })
})

test('a file of a preset is recognised as it', async () => {
  for (const id of ['mobilenet-v2-1.0', 'squeezenet1-1', 'ad-autoencoder']) {
    const preset = buildPreset(id)
    const { graph } = await openModel(fromBytes(writeOnnx(preset, { seed: 1 })), `${id}.onnx`)
    expect(await modelId(summaryOf(graph))).toBe(await modelId(summaryOf(preset)))
  }
})
