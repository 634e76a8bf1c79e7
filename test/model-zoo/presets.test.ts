import { describe, expect, test } from 'vitest'
import { buildPreset, type PresetOptions, presets } from '../../model-zoo/index.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { countParameters } from '../../simulator/graph/parameters.ts'
import { summarize } from '../../simulator/graph/summarize.ts'
import { ProblemError } from '../../simulator/problem.ts'

const ids = [...presets.keys()]

function macsAndParams(id: string, options: PresetOptions = {}) {
  const bound = bindShapes(buildPreset(id, options), {})
  const { operators, batch } = summarize(bound, id)
  return {
    macs: operators.reduce((sum, { macs }) => sum + (macs ?? Number.NaN), 0),
    params: countParameters(bound),
    batch,
  }
}

function problemOf(build: () => unknown) {
  try {
    build()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  return null
}

describe('presets', () => {
  test.for(ids)('%s is a graph in which every shape follows and every work is known', (id) => {
    const graph = buildPreset(id)
    const bound = bindShapes(graph, {})
    expect(bound.problems).toEqual([])
    for (const node of bound.nodes) expect(node.work.macs, node.node.name).not.toBeNull()
    const names = graph.nodes.flatMap(({ outputs }) => outputs)
    expect(new Set(names).size).toBe(names.length)
    for (const name of graph.outputs) expect(names).toContain(name)
    for (const output of bound.outputs) expect(output?.origin).toBe('computed')
  })

  test.for(ids)('%s has no weight that nothing reads', (id) => {
    const graph = buildPreset(id)
    const read = new Set(graph.nodes.flatMap(({ inputs }) => inputs))
    expect([...graph.constants.keys()].filter((name) => !read.has(name))).toEqual([])
  })

  test.for(ids)('%s at batch 3 has three times the MACs and the same parameters', (id) => {
    const one = macsAndParams(id)
    const three = macsAndParams(id, { batch: 3 })
    expect(three.macs).toBe(3 * one.macs)
    expect(three.params).toBe(one.params)
  })

  test('a fully convolutional network at half the resolution has about a quarter of the MACs', () => {
    const full = macsAndParams('mobilenet-v1-1.0')
    const half = macsAndParams('mobilenet-v1-1.0', { inputShape: [1, 3, 112, 112] })
    // arXiv:1704.04861 table 7: 569 and 149 million multiply-adds at 224 and 112.
    expect(half.macs / full.macs).toBeCloseTo(0.25, 1)
    expect(half.params).toBe(full.params)
  })

  test('every preset can be asked for by its own id alone', () => {
    for (const id of ids) expect(buildPreset(id).name).toBe(id)
  })
})

describe('bad requests', () => {
  test('an unknown preset is refused with the ids that were probably meant', () => {
    expect(problemOf(() => buildPreset('mobilenetv2-1.0'))).toMatchObject({
      code: 'unknown-preset',
      where: 'mobilenetv2-1.0',
      fix: expect.stringContaining('mobilenet-v2-1.0'),
    })
    expect(problemOf(() => buildPreset('no such network at all'))?.fix).not.toContain('Did you mean')
  })

  test('a shape of another rank is refused with the published one as an example', () => {
    expect(problemOf(() => buildPreset('resnet18', { inputShape: [224, 224] }))).toMatchObject({
      code: 'invalid-field',
      where: 'inputShape',
      expected: expect.stringContaining('1x3x224x224'),
      received: '224x224',
    })
  })

  test.for([0, -1, 1.5, Number.NaN])('a batch of %d is refused', (batch) => {
    expect(problemOf(() => buildPreset('resnet18', { batch }))).toMatchObject({ code: 'invalid-field', where: 'batch' })
  })

  test('an image too small for the network is refused at the node where it runs out', () => {
    const refused = problemOf(() => buildPreset('inception-v3', { inputShape: [1, 3, 32, 32] }))
    expect(refused?.code).toBe('shape-mismatch')
    expect(refused?.where).toMatch(/_\d+$/)
  })

  test('an image that does not divide into the windows of the network is refused', () => {
    expect(problemOf(() => buildPreset('swin-t', { inputShape: [1, 3, 200, 200] }))?.code).toBe('shape-mismatch')
  })

  test('a number of tokens beyond the position table is refused', () => {
    expect(problemOf(() => buildPreset('bert-base', { inputShape: [1, 1024] }))).not.toBeNull()
  })
})
