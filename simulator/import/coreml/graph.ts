/** Models of a Core ML file → graphs. */
import type { Dim, Graph, LocalFunction, Node, Shape, Value } from '../../graph/graph.ts'
import { operatorKey } from '../../graph/graph.ts'
import { refuseDangling, type UnlinkedNode } from '../link.ts'
import { assembleGraph } from '../onnx/graph.ts'
import { NodeNames } from '../onnx/node.ts'
import type { Description, Feature } from './description.ts'
import { coremlDialect } from './dialect.ts'
import { hasNdLayers, type Network, NetworkLinker } from './network.ts'
import { mainFunction, type Program, programGraph } from './program.ts'
import type { CoreMlScope } from './scope.ts'

export type Content =
  | { readonly kind: 'network'; readonly network: Network }
  | { readonly kind: 'program'; readonly program: Program }
  | { readonly kind: 'pipeline'; readonly models: readonly Model[]; readonly names: readonly string[] }
  /** Trees, linear models, feature transforms, models of the operating system. */
  | { readonly kind: 'other'; readonly op: string }

export interface Model {
  readonly description: Description
  readonly content: Content
}

interface BuiltGraph {
  readonly graph: Graph
  /** Features that the outputs of the graph are, in their order. */
  readonly features: readonly string[]
  /** As the file counts them. */
  readonly nodes: number
}

/** Throws `dangling-value`, `duplicate-value`, `cyclic-graph`, `malformed`. */
export function topGraph(scope: CoreMlScope, model: Model): { readonly graph: Graph; readonly nodes: number } {
  const functions = new Map<string, LocalFunction>()
  const { graph, nodes } = buildGraph(scope, model, functions, '')
  const defaultSizes = defaultSizesOf(model)
  return {
    graph: {
      ...graph,
      dialect: coremlDialect,
      ...(functions.size === 0 ? {} : { functions }),
      ...(Object.keys(defaultSizes).length === 0 ? {} : { defaultSizes }),
    },
    nodes,
  }
}

/** Of the inputs of a model, and of the models of a pipeline: the first that reads an input names its sizes. */
function defaultSizesOf({ description, content }: Model): Readonly<Record<string, number>> {
  const inner = content.kind === 'pipeline' ? content.models.map(defaultSizesOf) : []
  const functions = [description, ...description.functions]
  const features = functions.flatMap(({ inputs, states }) => [...inputs, ...states])
  const sizes = [...inner.toReversed(), ...features.map((feature) => feature.defaultSizes)]
  return Object.fromEntries(sizes.flatMap(Object.entries))
}

/** Models of pipelines go into `functions`; `path` tells them apart. */
function buildGraph(
  scope: CoreMlScope,
  { description, content }: Model,
  functions: Map<string, LocalFunction>,
  path: string,
): BuiltGraph {
  switch (content.kind) {
    case 'network':
      return networkGraph(scope, content.network, description)
    case 'program': {
      const [main, described] = mainFunction(content.program, description)
      const graph = programGraph(main, described)
      const features = graph.outputs.map((output, index) => described.outputs[index]?.name ?? output)
      return { graph, features, nodes: main.block.operations }
    }
    case 'pipeline': {
      const stages = content.models.map((model, index) => {
        const name = `${path}${content.names[index] ?? 'model'}#${index}`
        return { name, model, built: buildGraph(scope, model, functions, `${name}/`) }
      })
      for (const { name, built } of stages) {
        functions.set(operatorKey(callOf(name)), { defaults: {}, body: built.graph })
      }
      return pipelineGraph(description, stages)
    }
    case 'other':
      return otherGraph(description, content.op)
  }
}

/** Outputs that no layer writes, class labels, are looked up after the network has run and are left out. */
function networkGraph(scope: CoreMlScope, network: Network, description: Description): BuiltGraph {
  const { layers } = network
  // Before version 4 nothing counts axes, so the batch axis, which is 1, need not be there.
  const rank = network.hasExactArrays ? null : hasNdLayers(layers) ? 5 : 4
  const inputs = description.inputs.map((feature) => networkInput(feature, network, rank))
  const written = new Set(layers.flatMap((layer) => layer.outputs))
  const outputs = new Map<string, string>()
  for (const { name } of description.outputs) {
    if (written.has(name)) outputs.set(name, name)
    else if (name === description.probabilities) {
      const value = network.probabilities || layers.at(-1)?.outputs.at(-1)
      if (value !== undefined) outputs.set(name, value)
    }
  }
  const values = [...outputs.values()]
  const { graph, captured } = new NetworkLinker(scope, rank).link(layers, inputs, values)
  refuseDangling(captured)
  const features = [...outputs].flatMap(([feature, value]) => (written.has(value) ? feature : []))
  return { graph, features, nodes: layers.length }
}

/** Networks compute in floats whatever they are given, so a value's type is that of the input only until it is read. */
function networkInput({ name, type }: Feature, network: Network, rank: 4 | 5 | null): Value {
  if (type.kind === 'image') {
    const shape = [1, type.channels, type.height, type.width]
    const isRank4 = rank === null ? network.hasRank4Images : rank === 4
    return { name, dtype: 'float32', shape: isRank4 ? shape : [1, ...shape] }
  }
  if (type.kind === 'array') {
    return { name, dtype: type.dtype, shape: rank === null ? type.dims : mappedShape(type.dims, rank) }
  }
  return { name, dtype: type.kind === 'number' ? type.dtype : null, shape: type.kind === 'number' ? [1] : null }
}

/** [C] and [C, H, W] as [S, C, H, W], or with the batch as [S, B, C, H, W] (NeuralNetworkMultiArrayShapeMapping). */
function mappedShape(dims: Shape, rank: 4 | 5): Shape {
  if (dims === null) return null
  const inner: readonly Dim[] = dims.length === 1 ? [...dims, 1, 1] : dims
  const missing = Math.max(0, rank - inner.length)
  const padded = [...new Array<Dim>(missing).fill(1), ...inner]
  // [S, B, C, H, W] where the batch axis is left out.
  return padded.length === 5 && rank === 4 && padded[1] === 1 ? [padded[0] ?? null, ...padded.slice(2)] : padded
}

const callOf = (name: string): Pick<Node, 'domain' | 'op'> => ({ domain: 'coreml.pipeline', op: name })

function pipelineGraph(
  { inputs, outputs }: Description,
  stages: readonly { readonly name: string; readonly built: BuiltGraph; readonly model: Model }[],
): BuiltGraph {
  const names = new NodeNames()
  // The first model that reads an input knows how it sees it.
  const seen = new Map<string, Value>()
  for (const { built } of stages) {
    for (const input of built.graph.inputs) {
      const value = built.graph.values.get(input)
      if (value !== undefined && !seen.has(input)) seen.set(input, value)
    }
  }
  const values = inputs.map((feature) => seen.get(feature.name) ?? featureValue(feature))
  const latest = new Map(inputs.map(({ name }) => [name, name]))
  const nodes = stages.map(({ name, built }): UnlinkedNode => {
    const read = built.graph.inputs.map((input) => latest.get(input) ?? null)
    const written = built.features.map((feature) => (latest.has(feature) ? `${feature}#${name}` : feature))
    for (const [index, feature] of built.features.entries()) latest.set(feature, written[index] ?? feature)
    const node = { name: names.claim(name, 'model'), ...callOf(name), inputs: read, outputs: written, attributes: {} }
    return { node, captured: new Map() }
  })
  return linked('pipeline', values, nodes, outputs, latest, stages.length)
}

function otherGraph({ inputs, outputs }: Description, op: string): BuiltGraph {
  const values = inputs.map(featureValue)
  const node: Node = {
    name: op,
    domain: 'coreml',
    op,
    inputs: inputs.map(({ name }) => name),
    outputs: outputs.map(({ name }) => name),
    attributes: {},
  }
  const latest = new Map(outputs.map(({ name }) => [name, name]))
  return linked(op, values, [{ node, captured: new Map() }], outputs, latest, 1)
}

function linked(
  name: string,
  inputs: readonly Value[],
  nodes: readonly UnlinkedNode[],
  outputs: readonly Feature[],
  latest: ReadonlyMap<string, string>,
  count: number,
): BuiltGraph {
  const known = outputs.filter((feature) => latest.has(feature.name))
  const { graph, captured } = assembleGraph({
    name,
    opsets: {},
    inputs: inputs.map((input) => input.name),
    outputs: known.map((feature) => latest.get(feature.name) ?? feature.name),
    declared: [...outputs.map(featureValue), ...inputs],
    nodes,
    constants: new Map(),
  })
  refuseDangling(captured)
  return { graph, features: known.map((feature) => feature.name), nodes: count }
}

function featureValue({ name, type }: Feature): Value {
  switch (type.kind) {
    case 'image':
      return { name, dtype: 'float32', shape: [1, type.channels, type.height, type.width] }
    case 'array':
      return { name, dtype: type.dtype, shape: type.dims }
    case 'number':
      return { name, dtype: type.dtype, shape: [] }
    case 'other':
      return { name, dtype: null, shape: null }
  }
}
