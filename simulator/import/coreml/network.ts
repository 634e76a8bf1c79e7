/**
 * NeuralNetwork → Graph. Layers run in file order and may write a value again (`copy`); each writing gets a name of its
 * own here, and control flow the values it hands on.
 */
import type { Constant, Value } from '../../graph/graph.ts'
import { fail } from '../../problem.ts'
import { maxGraphDepth } from '../limits.ts'
import type { UnlinkedNode } from '../link.ts'
import { assembleGraph } from '../onnx/graph.ts'
import { type LooseGraph, NodeNames } from '../onnx/node.ts'
import type { Layer } from './layer.ts'
import { networkFields, readLayer } from './layer.ts'
import type { CoreMlScope } from './scope.ts'

export interface Network {
  readonly layers: readonly Layer[]
  /** Values are [sequence, batch, channel, height, width] unless arrays keep their shape (EXACT_ARRAY_MAPPING). */
  readonly hasExactArrays: boolean
  readonly hasRank4Images: boolean
  /** The value with the class probabilities, '' where the last layer's is meant. */
  readonly probabilities: string
}

/** Reads the message that is the current value of the wire. Throws `malformed`, `too-deep`, `too-many-nodes`. */
export function readNetwork(scope: CoreMlScope, depth = 1): Network {
  const { wire, tally } = scope
  if (depth > maxGraphDepth) {
    throw fail('too-deep', 'Flatten the nested networks of the model.', {
      where: `byte ${wire.valueStart}`,
      expected: `at most ${maxGraphDepth} nested networks`,
    })
  }
  const layers: Layer[] = []
  let arrayMapping = 0
  let imageMapping = 0
  let probabilities = ''
  wire.message(() => {
    switch (wire.field) {
      case networkFields.layers:
        tally.addNode(wire.valueStart)
        layers.push(readLayer(wire, () => readNetwork(scope, depth + 1).layers))
        break
      case networkFields.arrayMapping:
        arrayMapping = wire.int64()
        break
      case networkFields.imageMapping:
        imageMapping = wire.int64()
        break
      case networkFields.labelProbabilityLayerName:
        probabilities = wire.text()
        break
    }
  })
  return { layers, hasExactArrays: arrayMapping === 1, hasRank4Images: imageMapping === 1, probabilities }
}

/** Whether a layer, nested ones included, counts axes as in NumPy. */
export function hasNdLayers(layers: readonly Layer[]): boolean {
  return layers.some((layer) => layer.isNd || [...layer.networks.values()].some(hasNdLayers))
}

/** Names that are taken, over all networks of a model. */
class UniqueNames {
  readonly #taken = new Set<string>()
  readonly #next = new Map<string, number>()

  claim(name: string): string {
    let own = name
    let count = this.#next.get(name) ?? 1
    while (this.#taken.has(own)) {
      count += 1
      own = `${name}#${count}`
    }
    this.#next.set(name, count)
    this.#taken.add(own)
    return own
  }
}

/** What is the latest value under each name of the file, as far as it is written here or further out. */
class Environment {
  readonly #own = new Map<string, string>()
  readonly #outer: Environment | null

  constructor(outer: Environment | null) {
    this.#outer = outer
  }

  get(name: string): string | undefined {
    return this.#own.get(name) ?? this.#outer?.get(name)
  }

  set(name: string, value: string): void {
    this.#own.set(name, value)
  }

  /** Names written here. */
  get written(): Iterable<string> {
    return this.#own.keys()
  }
}

/** A graph before it is known what it hands on. */
interface Body {
  readonly nodes: readonly UnlinkedNode[]
  readonly constants: Map<string, Constant>
  readonly declared: Value[]
}

type Nest = (key: string, graph: LooseGraph) => void

/** Turns the layers of one network into a graph. */
export class NetworkLinker {
  readonly #scope: CoreMlScope
  /** Axes of every value, `null` where arrays keep their shape. */
  readonly #rank: 4 | 5 | null
  readonly #values = new UniqueNames()
  readonly #nodeNames = new NodeNames()

  constructor(scope: CoreMlScope, rank: 4 | 5 | null) {
    this.#scope = scope
    this.#rank = rank
  }

  /** `outputs`: by their names in the file; those that no layer writes are left out. Throws `duplicate-value`. */
  link(layers: readonly Layer[], inputs: readonly Value[], outputs: readonly string[]): LooseGraph {
    const environment = new Environment(null)
    for (const input of inputs) environment.set(input.name, this.#values.claim(input.name))
    const body = this.#body(layers, environment)
    return assemble(
      'network',
      body,
      inputs,
      outputs.flatMap((output) => environment.get(output) ?? []),
    )
  }

  #body(layers: readonly Layer[], environment: Environment): Body {
    const body = { nodes: [] as UnlinkedNode[], constants: new Map<string, Constant>(), declared: [] as Value[] }
    for (const layer of layers) body.nodes.push(this.#node(layer, environment, body))
    return body
  }

  #node(layer: Layer, environment: Environment, body: Body): UnlinkedNode {
    const attributes = new Map(layer.attributes)
    const inputs = layer.inputs.map((input) => environment.get(input) ?? input)
    const captured = new Map<string, string>()
    const nest: Nest = (key, inner) => {
      attributes.set(key, { kind: 'graph', graph: inner.graph })
      for (const [value, reader] of inner.captured) captured.set(value, reader)
    }
    let outputs: string[]
    if (layer.op === 'branch') outputs = this.#branch(layer, environment, nest)
    else if (layer.op === 'loop') {
      const carried = carriedBy(layer, environment)
      for (const each of carried) inputs.push(environment.get(each) ?? each)
      outputs = this.#loop(layer, environment, carried, nest)
      attributes.set('limits', layer.inputs.length)
    } else {
      outputs = layer.outputs.map((output) => this.#write(output, environment))
      this.#declare(layer, outputs, body.declared)
      for (const weight of this.#scope.constantsOf(layer)) {
        const name = this.#values.claim(weight.name)
        body.constants.set(name, { ...weight, name })
        inputs.push(name)
      }
    }
    if (this.#rank !== null && layer.op === 'loadConstant') attributes.set('rank', this.#rank)
    const node = {
      name: this.#nodeNames.claim(layer.name, layer.op),
      domain: 'coreml',
      op: layer.op,
      inputs,
      outputs,
      attributes: Object.fromEntries(attributes),
    }
    return { node, captured }
  }

  #write(name: string, environment: Environment): string {
    const value = this.#values.claim(name)
    environment.set(name, value)
    return value
  }

  /** Where axes are counted as in the file, its shapes stand in for what cannot be inferred. */
  #declare(layer: Layer, outputs: readonly string[], declared: Value[]): void {
    if (this.#rank === 4) return
    for (const [index, name] of outputs.entries()) {
      const dims = layer.outputDims[index] ?? []
      if (dims.length > 0) declared.push({ name, dtype: 'float32', shape: dims.map((dim) => (dim > 0 ? dim : null)) })
    }
  }

  /** What both sides leave under a name, written there or before, goes on under it. */
  #branch(layer: Layer, environment: Environment, nest: Nest): string[] {
    const sides = ['then_branch', 'else_branch'].map((key) => {
      const inner = new Environment(environment)
      return { key, inner, body: this.#body(layer.networks.get(key) ?? [], inner) }
    })
    const written = new Set(sides.flatMap(({ inner }) => [...inner.written]))
    const names = [...written].filter((name) => sides.every(({ inner }) => inner.get(name) !== undefined))
    for (const { key, inner, body } of sides) nest(key, assemble(key, body, [], latest(names, inner)))
    return names.map((name) => this.#write(name, environment))
  }

  #loop(layer: Layer, environment: Environment, carried: readonly string[], nest: Nest): string[] {
    const condition = layer.attributes.get('conditionVar')
    const results = { cond: typeof condition === 'string' ? [condition] : [], body: carried }
    for (const [key, names] of Object.entries(results)) {
      const inner = new Environment(environment)
      const inputs = carried.map((name): Value => ({ name: this.#write(name, inner), dtype: null, shape: null }))
      const body = this.#body(layer.networks.get(key) ?? [], inner)
      if (names.length > 0 || key === 'body') nest(key, assemble(key, body, inputs, latest(names, inner)))
    }
    return carried.map((name) => this.#write(name, environment))
  }
}

function latest(names: readonly string[], environment: Environment): string[] {
  return names.map((name) => environment.get(name) ?? name)
}

/** Values from before that a round of a loop writes. */
function carriedBy(layer: Layer, environment: Environment): string[] {
  const written = new Set<string>()
  const pending = [...layer.networks.values()]
  for (let layers = pending.pop(); layers !== undefined; layers = pending.pop()) {
    for (const { outputs, networks } of layers) {
      for (const output of outputs) written.add(output)
      for (const inner of networks.values()) pending.push(inner)
    }
  }
  return [...written].filter((name) => environment.get(name) !== undefined)
}

function assemble(name: string, body: Body, inputs: readonly Value[], outputs: readonly string[]): LooseGraph {
  return assembleGraph({
    name,
    opsets: {},
    inputs: inputs.map((input) => input.name),
    outputs,
    declared: [...inputs, ...body.declared],
    nodes: body.nodes,
    constants: body.constants,
  })
}
