import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { architectureIdOf } from '../../../simulator/graph/architecture-id.ts'
import type { Graph } from '../../../simulator/graph/graph.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { canonicalSummary, modelId } from '../../../simulator/graph/model-id.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { canonicalJson } from '../../../simulator/json.ts'
import { GraphBuilder } from './build-graph.ts'

interface Layer {
  readonly op: 'Conv' | 'MaxPool' | 'AveragePool' | 'Relu' | 'Sigmoid'
  readonly channels: number
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
}

interface Network {
  readonly size: number
  readonly batch: number
  readonly layers: readonly Layer[]
}

const layer: fc.Arbitrary<Layer> = fc.record({
  op: fc.constantFrom('Conv', 'MaxPool', 'AveragePool', 'Relu', 'Sigmoid'),
  channels: fc.integer({ min: 1, max: 8 }),
  kernel: fc.constantFrom(1, 3, 5),
  stride: fc.integer({ min: 1, max: 2 }),
  dilation: fc.constant(1),
})
const network: fc.Arbitrary<Network> = fc.record({
  size: fc.integer({ min: 24, max: 40 }),
  batch: fc.integer({ min: 1, max: 3 }),
  layers: fc.array(layer, { minLength: 1, maxLength: 4 }),
})

/** The network as a graph whose names all carry `prefix`. */
function build({ size, batch, layers }: Network, prefix = ''): Graph {
  const graph = new GraphBuilder()
  let channels = 3
  let at = graph.input(`${prefix}image`, [batch, channels, size, size])
  for (const [index, { op, kernel, stride, dilation, ...rest }] of layers.entries()) {
    const reach = Math.floor((dilation * (kernel - 1)) / 2)
    const pads = [reach, reach, reach, reach]
    const geometry = {
      pads,
      strides: [stride, stride],
      dilations: [dilation, dilation],
      kernel_shape: [kernel, kernel],
    }
    const output = [`${prefix}y${index}`]
    if (op === 'Conv') {
      const weight = graph.weight(`${prefix}w${index}`, [rest.channels, channels, kernel, kernel])
      at = graph.node(op, [at, weight], geometry, output)
      channels = rest.channels
    } else at = graph.node(op, [at], op.endsWith('Pool') ? geometry : {}, output)
  }
  const built = graph.output(at).build()
  return { ...built, nodes: built.nodes.map((node) => ({ ...node, name: `${prefix}${node.name}` })) }
}

const idOf = (graph: Graph, name = '') => modelId(summarize(bindShapes(graph, {}), name))

/** Changes one thing that a runtime would notice. */
const mutation = fc.record({
  at: fc.nat(),
  what: fc.constantFrom('op', 'channels', 'kernel', 'stride', 'dilation', 'size', 'batch', 'drop', 'repeat'),
})

function mutate(original: Network, { at, what }: { readonly at: number; readonly what: string }): Network | null {
  const index = at % original.layers.length
  const chosen = original.layers[index]
  if (chosen === undefined) return null
  const replace = (change: Partial<Layer>): Network => ({
    ...original,
    layers: original.layers.with(index, { ...chosen, ...change }),
  })
  const hasWindow = chosen.op !== 'Relu' && chosen.op !== 'Sigmoid'
  switch (what) {
    case 'op':
      return replace({ op: chosen.op === 'Relu' ? 'Sigmoid' : 'Relu' })
    case 'channels':
      return chosen.op === 'Conv' ? replace({ channels: chosen.channels + 1 }) : null
    case 'kernel':
      return hasWindow ? replace({ kernel: chosen.kernel + 2 }) : null
    case 'stride':
      return hasWindow ? replace({ stride: 3 - chosen.stride }) : null
    case 'dilation':
      return hasWindow ? replace({ dilation: 2 }) : null
    case 'size':
      return { ...original, size: original.size + 1 }
    case 'batch':
      return { ...original, batch: original.batch + 1 }
    case 'drop':
      return { ...original, layers: original.layers.toSpliced(index, 1) }
    default:
      return { ...original, layers: original.layers.toSpliced(index, 0, chosen) }
  }
}

const structural = fc.record({ at: fc.nat(), what: fc.constantFrom('channels', 'kernel', 'stride') })
const architectureOf = (graph: Graph) => architectureIdOf(summarize(bindShapes(graph, {}), ''))

describe('the model id', () => {
  property.prop([network, mutation], { numRuns: 1000 })('changes with every mutation', async (original, change) => {
    const mutant = mutate(original, change)
    fc.pre(mutant !== null)
    expect(await idOf(build(mutant))).not.toBe(await idOf(build(original)))
  })

  property.prop([network, structural], { numRuns: 1000 })(
    'and the architecture id change with one stride, channel count or kernel size',
    (original, change) => {
      const mutant = mutate(original, change)
      fc.pre(mutant !== null)
      expect(architectureOf(build(mutant))).not.toBe(architectureOf(build(original)))
    },
  )

  property.prop([network])('does not see names of tensors, weights, nodes or the model', async (original) => {
    expect(await idOf(build(original, 'renamed/'), 'other')).toBe(await idOf(build(original), 'one'))
  })

  property.prop([network])('is made from the canonical JSON of the summary without names', (original) => {
    const { name: _, operators, ...rest } = summarize(bindShapes(build(original), {}), 'net')
    const unnamed = { ...rest, operators: operators.map(({ name: _name, origins: _origins, ...operator }) => operator) }
    expect(canonicalSummary({ ...rest, name: 'net', operators })).toBe(canonicalJson(unnamed))
  })

  test('is 26 characters of lower-case base32', async () => {
    expect(await idOf(build({ size: 24, batch: 1, layers: [] }))).toMatch(/^[a-z2-7]{26}$/)
  })

  test('is the first 128 bits of SHA-256 in RFC 4648 base32, checked on a value made elsewhere', async () => {
    const empty = { version: 2, name: 'x', batch: 1, tensors: [], constants: [], operators: [] } as const
    // printf '%s' '{"batch":1,"constants":[],"operators":[],"tensors":[],"version":2}' | sha256sum | cut -c1-32 | xxd -r -p | base32
    expect(await modelId(empty)).toBe('vy3d3zbgkjcgkjmjlmnfy4vmyq')
  })
})
