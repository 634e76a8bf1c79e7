import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { buildPreset, presets } from '../../../model-zoo/index.ts'
import { GraphBuilder, type Tensor } from '../../../simulator/build/builder.ts'
import { writeOnnx } from '../../../simulator/export/onnx.ts'
import type { Graph } from '../../../simulator/graph/graph.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { countParameters } from '../../../simulator/graph/parameters.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { ProblemError } from '../../../simulator/problem.ts'
import { pruneChannels } from '../../../simulator/transform/prune/prune.ts'
import { runOnnx } from '../../model-zoo/run-onnx.ts'

function sizeOf(graph: Graph) {
  const bound = bindShapes(graph, {})
  return {
    macs: summarize(bound, '').operators.reduce((sum, { macs }) => sum + (macs ?? 0), 0),
    params: countParameters(bound),
  }
}

/** Shapes of the weights of one operator type, in order. */
function weightShapes(graph: Graph, op: string): (readonly number[] | undefined)[] {
  return graph.nodes.filter((node) => node.op === op).map((node) => graph.constants.get(node.inputs[1] ?? '')?.dims)
}

function shapeOf(graph: Graph, output: string) {
  const type = bindShapes(graph, {}).values.get(output)?.type
  return type?.kind === 'tensor' ? type.shape : null
}

const conv = { kernel: 3, activation: 'relu' } as const

describe('channels that depend on each other', () => {
  test('a chain loses the outputs of one layer and the inputs of the next; the classes stay', () => {
    const g = new GraphBuilder('chain')
    const x = g.conv(g.conv(g.input('image', [1, 3, 8, 8]), { out: 32, ...conv }), { out: 64, ...conv })
    const { graph, fixed } = pruneChannels(
      g.finish({ logits: g.gemm(g.flatten(g.globalAveragePool(x)), { out: 10 }) }),
      { ratio: 0.5 },
    )
    expect(weightShapes(graph, 'Conv')).toEqual([
      [16, 3, 3, 3],
      [32, 16, 3, 3],
    ])
    expect(weightShapes(graph, 'Gemm')).toEqual([[10, 32]])
    expect(fixed).toEqual([
      { layer: expect.stringContaining('Gemm'), channels: 10, node: 'logits', reason: 'graph-output' },
    ])
  })

  test('flattening a map takes every position of a lost channel from the linear layer', () => {
    const g = new GraphBuilder('flatten')
    const x = g.conv(g.input('image', [1, 3, 4, 4]), { out: 16, ...conv })
    const { graph } = pruneChannels(g.finish({ logits: g.gemm(g.flatten(x), { out: 10 }) }), { ratio: 0.5 })
    expect(weightShapes(graph, 'Gemm')).toEqual([[10, 8 * 4 * 4]])
  })

  test('layers that are added lose the same channels, whatever lies between', () => {
    const g = new GraphBuilder('residual')
    const x = g.conv(g.input('image', [1, 3, 8, 8]), { out: 32, ...conv })
    const y = g.conv(g.conv(x, { out: 48, ...conv }), { out: 32, kernel: 1 })
    const { graph, groups } = pruneChannels(g.finish({ map: g.conv(g.add(x, y), { out: 4, kernel: 1 }) }), {
      ratio: { Conv_0: 0.75 },
    })
    expect(groups.map(({ layers, channels, kept }) => [layers.length, channels, kept])).toEqual([
      [2, 32, 8],
      [1, 48, 48],
    ])
    expect(weightShapes(graph, 'Conv').map((dims) => dims?.slice(0, 2))).toEqual([
      [8, 3],
      [48, 8],
      [8, 48],
      [4, 8],
    ])
  })

  test('a concatenation is the sum of what its parts keep', () => {
    const g = new GraphBuilder('concat')
    const image = g.input('image', [1, 3, 8, 8])
    const parts = [16, 64].map((out) => g.conv(image, { out, ...conv }))
    const { graph } = pruneChannels(g.finish({ map: g.conv(g.concat(parts, 1), { out: 4, kernel: 1 }) }), {
      ratio: 0.5,
    })
    expect(weightShapes(graph, 'Conv').at(-1)).toEqual([4, 8 + 32, 1, 1])
  })

  test('a sum over a concatenation takes from each part', () => {
    const g = new GraphBuilder('concat-add')
    const image = g.input('image', [1, 3, 8, 8])
    const parts = g.concat([g.conv(image, { out: 16, ...conv }), g.conv(image, { out: 16, ...conv })], 1)
    const sum = g.add(parts, g.conv(image, { out: 32, ...conv }))
    const { graph } = pruneChannels(g.finish({ map: g.conv(sum, { out: 4, kernel: 1 }) }), { ratio: 0.5 })
    expect(weightShapes(graph, 'Conv').map((dims) => dims?.[0])).toEqual([8, 8, 16, 4])
  })

  test('a depthwise convolution has as many filters and groups as channels are left', () => {
    const g = new GraphBuilder('depthwise')
    const x = g.depthwise(g.conv(g.input('image', [1, 3, 8, 8]), { out: 32, ...conv }), { kernel: 3 })
    const { graph } = pruneChannels(g.finish({ map: g.conv(x, { out: 4, kernel: 1 }) }), { ratio: 0.5 })
    expect(weightShapes(graph, 'Conv')[1]).toEqual([16, 1, 3, 3])
    expect(graph.nodes.filter(({ op }) => op === 'Conv')[1]?.attributes).toMatchObject({ group: 16 })
  })

  test('a grouped convolution keeps its groups and takes as many channels from each', () => {
    const g = new GraphBuilder('grouped')
    const x = g.conv(g.conv(g.input('image', [1, 3, 8, 8]), { out: 64, kernel: 1 }), { out: 32, kernel: 3, groups: 4 })
    const { graph } = pruneChannels(g.finish({ map: g.conv(x, { out: 4, kernel: 1 }) }), { ratio: 0.5 })
    expect(weightShapes(graph, 'Conv')).toEqual([
      [32, 3, 1, 1],
      [16, 8, 3, 3],
      [4, 16, 1, 1],
    ])
  })

  test('attention heads lose the same positions in queries, keys and values', () => {
    const { graph } = pruneChannels(buildPreset('vit-tiny-patch16'), { ratio: 0.5 })
    const shapes = weightShapes(graph, 'MatMul').flatMap((dims) => (dims === undefined ? [] : [dims.join('x')]))
    // Width 96, three heads of 32, and an MLP of 384.
    expect(new Set(shapes)).toEqual(new Set(['96x288', '96x96', '96x384', '384x96']))
  })

  test('elements at hand are cut with the constant that holds them', () => {
    const g = new GraphBuilder('elements')
    const x = g.conv(g.input('image', [1, 3, 2, 2]), { out: 4, kernel: 1, bias: false })
    const scale = g.constant([10, 20, 30, 40], [1, 4, 1, 1], 'float32')
    const pruned = pruneChannels(g.finish({ map: g.conv(g.mul(x, scale), { out: 2, kernel: 1 }) }), {
      ratio: 0.5,
      multiple: 1,
    })
    expect(pruned.graph.constants.get(scale.name)).toMatchObject({ dims: [1, 2, 1, 1], elements: [10, 20] })
  })
})

describe('what cannot be pruned', () => {
  test('is named with the node that stands in the way', () => {
    const g = new GraphBuilder('blocked')
    const x = g.conv(g.input('image', [1, 3, 8, 8]), { out: 16, ...conv })
    const y = g.softmax(g.conv(x, { out: 8, ...conv }), 1)
    const { graph, fixed } = pruneChannels(g.finish({ map: g.conv(y, { out: 4, kernel: 1 }) }), { ratio: 0.5 })
    expect(fixed).toEqual([
      { layer: 'Conv_2', channels: 8, node: 'Softmax_4', reason: 'position' },
      { layer: 'Conv_5', channels: 4, node: 'map', reason: 'graph-output' },
    ])
    expect(weightShapes(graph, 'Conv')[1]).toEqual([8, 8, 3, 3])
  })

  test.for([-0.1, 1, Number.NaN])('a ratio of %d is refused', (ratio) => {
    expect(() => pruneChannels(buildPreset('resnet8-ic'), { ratio })).toThrow(ProblemError)
  })

  test('a group that does not exist is refused', () => {
    expect(() => pruneChannels(buildPreset('resnet8-ic'), { ratio: { nowhere: 0.5 } })).toThrow(/invalid-field/)
  })
})

describe('every preset', () => {
  test.for([...presets.keys()])('%s pruned by a third is a graph whose shapes follow, with fewer MACs', (id) => {
    const before = buildPreset(id)
    const { graph, groups } = pruneChannels(before, { ratio: 1 / 3 })
    const after = sizeOf(graph)
    expect(after.macs).toBeLessThanOrEqual(sizeOf(before).macs)
    for (const { channels, kept } of groups) expect(kept <= channels && kept > 0).toBe(true)
    expect(bindShapes(graph, {}).problems).toEqual(bindShapes(before, {}).problems)
  })

  test.for(['resnet18', 'mobilenet-v2-1.0', 'densenet121', 'mixnet-s', 'regnet-y-400mf', 'shufflenet-v2-x1-0'])(
    '%s pruned by half runs in onnxruntime with finite outputs of the unpruned shape',
    { timeout: 60_000 },
    async (id) => {
      const before = buildPreset(id)
      const { graph } = pruneChannels(before, { ratio: 0.5 })
      const { shapes, values } = await runOnnx(writeOnnx(graph, { seed: 1 }), graph)
      expect(shapes).toEqual(Object.fromEntries(before.outputs.map((name) => [name, before.values.get(name)?.shape])))
      expect(Object.values(values).flat().every(Number.isFinite)).toBe(true)
    },
  )
})

/** A small network of residual, concatenating, grouped and splitting steps. */
const anySteps = fc.array(
  fc.record({
    kind: fc.constantFrom('conv', 'residual', 'concat', 'depthwise', 'grouped', 'split', 'shuffle', 'gate', 'norm'),
    width: fc.integer({ min: 1, max: 6 }).map((n) => 4 * n),
  }),
  { minLength: 1, maxLength: 7 },
)

function build(steps: readonly { readonly kind: string; readonly width: number }[]): Graph {
  const g = new GraphBuilder('any')
  let x = g.conv(g.input('image', [1, 3, 6, 6]), { out: 8, ...conv })
  for (const { kind, width } of steps) x = step(g, x, kind, width)
  return g.finish({ map: g.conv(x, { out: 5, kernel: 1 }) })
}

function step(g: GraphBuilder, x: Tensor, kind: string, width: number): Tensor {
  const channels = g.channels(x)
  if (kind === 'conv') return g.conv(x, { out: width, ...conv })
  if (kind === 'residual') return g.add(x, g.conv(g.conv(x, { out: width, ...conv }), { out: channels, kernel: 1 }))
  if (kind === 'concat') return g.concat([g.conv(x, { out: width, ...conv }), x], 1)
  if (kind === 'depthwise') return g.depthwise(x, { kernel: 3 })
  if (kind === 'grouped') return g.conv(x, { out: width, kernel: 3, groups: 2 })
  if (kind === 'norm') return g.batchNorm(x, 'relu')
  if (kind === 'gate')
    return g.mul(x, g.conv(g.globalAveragePool(x), { out: channels, kernel: 1, activation: 'sigmoid' }))
  const halves = g.split(x, [channels / 2, channels / 2], 1)
  if (kind === 'split') return g.concat(halves.toReversed(), 1)
  const grouped = g.transpose(g.reshape(x, [1, 2, channels / 2, 6, 6]), [0, 2, 1, 3, 4])
  return g.reshape(grouped, [1, channels, 6, 6])
}

describe('any network', () => {
  propertyTest.prop([anySteps, fc.double({ min: 0, max: 0.9, noNaN: true }), fc.constantFrom(1, 2, 4)])(
    'infers after pruning, keeps its output, and costs no more',
    (steps, ratio, multiple) => {
      const before = build(steps)
      const { graph, groups } = pruneChannels(before, { ratio, multiple })
      expect(shapeOf(graph, 'map')).toEqual([1, 5, 6, 6])
      const [was, is] = [sizeOf(before), sizeOf(graph)]
      expect(is.macs).toBeLessThanOrEqual(was.macs)
      expect(is.params).toBeLessThanOrEqual(was.params)
      for (const { channels, kept } of groups) expect(kept).toBeLessThanOrEqual(channels)
    },
  )

  propertyTest.prop([anySteps])('is itself at ratio 0', (steps) => {
    const before = build(steps)
    expect(sizeOf(pruneChannels(before, { ratio: 0 }).graph)).toEqual(sizeOf(before))
  })

  propertyTest.prop([anySteps])('loses more at a larger ratio', (steps) => {
    const at = (ratio: number) => sizeOf(pruneChannels(build(steps), { ratio, multiple: 1 }).graph).params
    expect(at(0.6)).toBeLessThanOrEqual(at(0.3))
  })
})
