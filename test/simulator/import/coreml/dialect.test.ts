/** The dialect: what every layer and operation of Core ML is in the one vocabulary, and that both names cost the same. */
import { describe, expect, test } from 'vitest'
import { buildPreset } from '../../../../model-zoo/index.ts'
import type { BoundGraph, BoundNode } from '../../../../simulator/graph/bound.ts'
import { inferShapes } from '../../../../simulator/graph/infer.ts'
import { findOperator } from '../../../../simulator/graph/operators.ts'
import { coremlDialect } from '../../../../simulator/import/coreml/dialect.ts'
import { layers } from '../../../../simulator/import/coreml/layers.ts'
import { layersNd } from '../../../../simulator/import/coreml/layers-nd.ts'
import { knownOperands } from '../../../../simulator/import/coreml/mil-operands.ts'
import { fromBytes, openModel } from '../../../../simulator/import/index.ts'
import { weightParams } from '../../../support/build-coreml.ts'
import { networkFrom, programFrom } from '../../../support/coreml-from-graph.ts'
import { GraphBuilder } from '../../graph/build-graph.ts'

describe('the dialect', () => {
  const unknown: Readonly<Record<string, string>> = {
    'coreml.custom': 'code of the app',
    'coreml.loopBreak': 'ends a loop that is counted as a whole',
    'coreml.loopContinue': 'ends a round that is counted as a whole',
  }
  const isIn = (key: string) => coremlDialect.operators.has(key) || coremlDialect.control.has(key)

  test('has every layer and operation that the readers know', () => {
    const kinds = [...Object.values(layers), ...Object.values(layersNd)].map(({ op }) => `coreml.${op}`)
    const operations = Object.keys(knownOperands).map((op) => `mil.${op}`)
    expect([...kinds, ...operations].filter((key) => !isIn(key)).toSorted()).toEqual(Object.keys(unknown).toSorted())
  })

  test.each([...coremlDialect.operators])('%s is an operator of the registry', (key, { op }) => {
    // Settings left out are the defaults.
    const graph = new GraphBuilder()
    const y = graph.node(key, [graph.input('x', [1, 4, 8, 8])])
    const [node] = inferShapes(graph.output(y).build(), {}).nodes
    expect(node?.key).toBe(key)
    expect(node?.op).toBe(typeof op === 'string' ? op : node?.op)
    expect(findOperator(node?.op ?? '')).not.toBeNull()
  })

  test('names what an operator is by its settings where those decide', () => {
    const opOf = (key: string, attributes: Record<string, number | string>, operands = 1) => {
      const graph = new GraphBuilder()
      const inputs = Array.from({ length: operands }, (_, index) => graph.input(`x${index}`, [1, 4, 8, 8]))
      const y = graph.node(key, inputs, attributes)
      return inferShapes(graph.output(y).build(), {}).nodes[0]?.op
    }
    expect(opOf('coreml.activation', { function: 'tanh' })).toBe('Tanh')
    expect(opOf('coreml.activation', { function: 'sigmoidHard' })).toBe('HardSigmoid')
    expect(opOf('coreml.unary', { type: 'rsqrt' })).toBe('Rsqrt')
    expect(opOf('coreml.convolution', { isDeconvolution: 1 }, 2)).toBe('ConvTranspose')
    expect(opOf('coreml.convolution', {}, 2)).toBe('Conv')
    expect(opOf('coreml.pooling', { type: 'average' })).toBe('AveragePool')
    expect(opOf('coreml.pooling', { type: 'average', globalPooling: 1 })).toBe('GlobalAveragePool')
    expect(opOf('coreml.reduce', { mode: 'argmax' })).toBe('ArgMax')
    expect(opOf('coreml.add', {}, 3)).toBe('Sum')
    expect(opOf('coreml.reorganizeData', { mode: 'depthToSpace' })).toBe('DepthToSpace')
    expect(opOf('mil.gather', { batch_dims: 1 }, 2)).toBe('GatherND')
  })
})

const products = new Set(['conv', 'depthwise-conv', 'fully-connected', 'matmul', 'attention'])
const pointwise = new Set(['activation', 'elementwise', 'normalization', 'softmax', 'pooling'])

/** What a node is and costs, by the value that it makes; what is lowered otherwise on purpose is left out. */
function costs(bound: BoundGraph, others: ReadonlySet<string>): Record<string, unknown> {
  const entries = bound.nodes.flatMap(({ outputs, op, class: operatorClass, work, isWeight }: BoundNode) => {
    const isCompared = !isWeight && (products.has(operatorClass) || pointwise.has(operatorClass))
    const name = outputs[0]?.name
    if (!isCompared || name === undefined || others.has(op)) return []
    return [[name, { op, class: operatorClass, ...work }] as const]
  })
  return Object.fromEntries(entries)
}

/** Two operations (see `coreml-from-graph.ts`), a reduction over height and width. */
const loweredOtherwise = new Set(['HardSwish', 'GlobalAveragePool'])

describe('node by node as in ONNX', () => {
  test.each(programPresets())('an ML Program of %s', async (id) => {
    const preset = inferShapes(buildPreset(id), {})
    const { graph } = await openModel(fromBytes(programFrom(preset)))
    const expected = costs(preset, loweredOtherwise)
    expect(Object.keys(expected).length).toBeGreaterThan(4)
    expect(costs(inferShapes(graph, {}), new Set())).toMatchObject(expected)
  })

  test.each(networkPresets())('a network of %s', async (id) => {
    const preset = inferShapes(buildPreset(id), {})
    const { graph } = await openModel(fromBytes(networkFrom(preset, weightParams.float32)))
    const expected = costs(preset, new Set())
    expect(Object.keys(expected).length).toBeGreaterThan(4)
    expect(costs(inferShapes(graph, {}), new Set())).toMatchObject(expected)
  })

  test('a hard swish is a hard sigmoid and a product', async () => {
    const preset = inferShapes(buildPreset('mobilenet-v3-large'), {})
    const { graph } = await openModel(fromBytes(programFrom(preset)))
    const made = new Map(inferShapes(graph, {}).nodes.map((node) => [node.outputs[0]?.name, node]))
    const swishes = preset.nodes.filter(({ op }) => op === 'HardSwish')
    expect(swishes.length).toBeGreaterThan(10)
    for (const { outputs } of swishes) {
      const name = outputs[0]?.name ?? ''
      expect([made.get(`${name}.gate`)?.op, made.get(name)?.op]).toEqual(['HardSigmoid', 'Mul'])
    }
  })
})

function programPresets(): string[] {
  return [
    'alexnet',
    'bert-base',
    'convnext-atto',
    'dla102x',
    'efficientnet-b0',
    'efficientnet-edgetpu-s',
    'efficientnet-lite0',
    'fastvit-sa12',
    'ghostnet-100',
    'googlenet',
    'hardnet39ds',
    'inception-v3',
    'mixnet-s',
    'mobilenet-v2-1.0',
    'mobilenet-v3-large',
    'mobilenet-v3-small',
    'mobilevit-xxs',
    'regnet-y-400mf',
    'repvgg-b0',
    'unet-mobilenet-v2',
    'vgg16',
    'vovnet-19b-dw',
    'yamnet',
  ]
}

function networkPresets(): string[] {
  return ['mobilenet-v2-1.0', 'googlenet', 'resnet50-v2', 'unet-mobilenet-v2', 'squeezenet1-1']
}
