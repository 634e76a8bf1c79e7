import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { buildPreset } from '../../../model-zoo/index.ts'
import { GraphBuilder } from '../../../simulator/build/builder.ts'
import { layersOf } from '../../../simulator/cost/layers.ts'
import { align } from '../../../simulator/graph/align.ts'
import { type Amounts, diffModels, type ModelDiff } from '../../../simulator/graph/diff.ts'
import type { Graph } from '../../../simulator/graph/graph.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { countParameters } from '../../../simulator/graph/parameters.ts'
import type { PrecisionId } from '../../../simulator/graph/precision.ts'
import { pruneChannels } from '../../../simulator/transform/prune/prune.ts'
import { annotateSparsity, twoOfFour } from '../../../simulator/transform/sparsity.ts'

const layers = (graph: Graph, precision: PrecisionId | null = null) =>
  layersOf(bindShapes(graph, {}), graph.name, precision)

/** What the layers of a diff add up to. */
function sumOfChanges({ added, removed, changed, unread }: ModelDiff, key: keyof Amounts): number {
  const total = (items: readonly Amounts[]) => items.reduce((sum, item) => sum + (item[key] ?? Number.NaN), 0)
  return total(added) - total(removed) + total(changed.map(({ delta }) => delta)) + (unread[key] ?? Number.NaN)
}

const keys = ['params', 'macs', 'weightBytes', 'activationBytes'] as const

function expectExact(diff: ModelDiff): void {
  for (const key of keys) {
    expect(diff.delta[key]).toBe((diff.after[key] ?? Number.NaN) - (diff.before[key] ?? Number.NaN))
    expect(sumOfChanges(diff, key)).toBe(diff.delta[key])
  }
}

/** Convolutions of the given widths, named by position as exporters do. */
function chain(widths: readonly number[]): Graph {
  const g = new GraphBuilder('chain')
  const x = widths.reduce((y, out) => g.conv(y, { out, kernel: 3, activation: 'relu' }), g.input('image', [1, 3, 8, 8]))
  return g.finish({ map: g.conv(x, { out: 4, kernel: 1 }) })
}

describe('a model beside another', () => {
  test('itself differs in nothing', () => {
    const resnet = layers(buildPreset('resnet18'))
    expect(diffModels(resnet, resnet)).toMatchObject({ added: [], removed: [], changed: [], unchanged: 49 })
  })

  test('renaming every node and weight changes nothing', () => {
    const graph = buildPreset('resnet8-ic')
    const renamed = { ...graph, nodes: graph.nodes.map((node, index) => ({ ...node, name: `layer_${7 * index}` })) }
    expect(diffModels(layers(graph), layers(renamed))).toMatchObject({ added: [], removed: [], changed: [] })
  })

  test('a layer put in between is the one added, although it renumbers all behind it', () => {
    const diff = diffModels(layers(chain([8, 16, 32])), layers(chain([8, 16, 16, 32])))
    expect(diff.added.map(({ op, weights }) => [op, weights[0]])).toEqual([
      ['Conv', 'float32[16,16,3,3]'],
      ['Relu', undefined],
    ])
    expect([diff.removed, diff.changed]).toEqual([[], []])
    expectExact(diff)
  })

  test('another width changes the layer and the one that reads it', () => {
    const diff = diffModels(layers(chain([8, 16, 32])), layers(chain([8, 24, 32])))
    expect(diff.changed.map(({ after, aspects }) => [after.op, aspects])).toEqual([
      ['Conv', ['weights', 'outputs', 'amounts']],
      ['Relu', ['outputs', 'amounts']],
      ['Conv', ['weights', 'amounts']],
    ])
    expectExact(diff)
  })

  test('a stride is told from the same layer without it', () => {
    const strided = (stride: number) => {
      const g = new GraphBuilder('strided')
      return g.finish({ map: g.conv(g.input('image', [1, 3, 8, 8]), { out: 4, kernel: 3, stride }) })
    }
    const [change] = diffModels(layers(strided(1)), layers(strided(2))).changed
    expect(change?.aspects).toEqual(['attributes', 'outputs', 'amounts'])
  })

  test('totals are what inspection counts', () => {
    const graph = buildPreset('mobilenet-v2-1.0')
    const { after } = diffModels(layers(chain([8])), layers(graph))
    expect(after).toMatchObject({ params: countParameters(bindShapes(graph, {})), macs: 300_774_272 })
  })
})

describe('one model twice', () => {
  test('in two precisions has the same parameters and MACs in fewer bytes', () => {
    const graph = buildPreset('resnet18')
    const diff = diffModels(layers(graph, 'fp32'), layers(graph, 'fp16'))
    expect([diff.delta.params, diff.delta.macs]).toEqual([0, 0])
    expect(diff.after.weightBytes).toBe(diff.before.weightBytes / 2)
    expect([diff.added, diff.removed]).toEqual([[], []])
    expectExact(diff)
  })

  test('pruned pairs every layer with what is left of it', () => {
    const graph = buildPreset('mobilenet-v2-1.0')
    const diff = diffModels(layers(graph), layers(pruneChannels(graph, { ratio: 0.5 }).graph))
    expect([diff.added, diff.removed]).toEqual([[], []])
    expectExact(diff)
  })

  test('annotated as sparse changes its weights and no amount', () => {
    const graph = buildPreset('resnet8-ic')
    const { changed } = diffModels(layers(graph), layers(annotateSparsity(graph, twoOfFour).graph))
    expect(changed.length).toBeGreaterThan(0)
    for (const { aspects } of changed) expect(aspects).toEqual(['weights'])
  })
})

describe('any two models', () => {
  const widths = fc.array(fc.constantFrom(4, 8, 16), { maxLength: 12 })

  propertyTest.prop([widths, widths, fc.constantFrom(null, 'fp16' as const, 'int8' as const)])(
    'differ by exactly the sum of what is listed, and every layer is listed or unchanged',
    (before, after, precision) => {
      const [was, is] = [layers(chain(before)), layers(chain(after), precision)]
      const diff = diffModels(was, is)
      expectExact(diff)
      expect(diff.unchanged + diff.changed.length + diff.removed.length).toBe(was.layers.length)
      expect(diff.unchanged + diff.changed.length + diff.added.length).toBe(is.layers.length)
    },
  )

  test.for([
    ['resnet18', 'resnet34'],
    ['bert-base', 'distilbert-base'],
    ['yolov8n', 'yolo11n'],
    ['unet', 'segformer-b0'],
  ] as const)('%s and %s differ by exactly the sum of what is listed', ([before, after]) => {
    expectExact(diffModels(layers(buildPreset(before)), layers(buildPreset(after))))
  })
})

describe('alignment', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 })
  const self = (letter: string) => letter

  propertyTest.prop([letters, letters])('pairs equal elements in increasing order on both sides', (before, after) => {
    const pairs = align(before, after, [self])
    pairs.forEach((pair, index) => {
      expect(before[pair.before]).toBe(after[pair.after])
      const next = pairs[index + 1]
      if (next !== undefined) expect(next.before > pair.before && next.after > pair.after).toBe(true)
    })
  })

  propertyTest.prop([letters])('pairs every element of a list with itself', (list) => {
    expect(align(list, list, [self])).toHaveLength(list.length)
  })

  propertyTest.prop([letters, fc.array(fc.constant('x'), { maxLength: 5 }), fc.nat()])(
    'finds everything around what was put in',
    (list, inserted, at) => {
      const position = list.length === 0 ? 0 : at % list.length
      const longer = [...list.slice(0, position), ...inserted, ...list.slice(position)]
      expect(align(list, longer, [self])).toHaveLength(list.length)
    },
  )

  test('a hundred thousand elements align', () => {
    const long = Array.from({ length: 100_000 }, (_, index) => `${index % 1000}`)
    expect(align(long, long.slice(500), [self]).length).toBeGreaterThan(99_000)
  })
})
