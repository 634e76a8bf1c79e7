/**
 * A model described by hand, for one that does not exist yet: inputs, and layers by name with their sizes
 * (docs/describe.md). Weights are described, never valued; what is built is an ONNX graph like any preset's.
 */

import { GraphBuilder, type Tensor } from '../build/builder.ts'
import type { DType } from '../graph/dtype.ts'
import type { Graph } from '../graph/graph.ts'
import { fail, ProblemError } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'
import { layerFields, layerOf } from './describe-layers.ts'
import { looksLike, readDocument } from './document.ts'
import { elementCount } from './element-count.ts'
import { JsonFields } from './json-fields.ts'
import { maxDescribedLayers } from './limits.ts'
import type { ModelReader, ParsedModel } from './reader.ts'
import { tableWeights } from './tensor-table.ts'

export const describedReader: ModelReader = {
  format: 'description',
  match: (head) => looksLike(head, 'edgefitDescription'),
  open: openDescription,
}

const version = 1
/** ONNX: Attention and RMSNormalization are operators from this set on. */
const describedOpset = 23
const topFields = ['edgefitDescription', 'name', 'inputs', 'layers', 'outputs']
const groupFields = ['name', 'repeat', 'residual', 'layers']
const inputTypes: readonly DType[] = ['float32', 'float16', 'int64', 'int32', 'int8', 'uint8', 'bool']

/** Throws `invalid-json`, `invalid-field` and `unknown-field` at the field concerned, `shape-mismatch` at the layer. */
async function openDescription(source: ByteSource, name: string | null): Promise<ParsedModel> {
  const fields = await readDocument(source)
  if (fields.value('edgefitDescription') !== version) throw fields.refuse('edgefitDescription', String(version))
  fields.allowOnly(topFields)
  const graph = describedGraph(fields, name)
  const weights = [...graph.constants.values()].filter(({ elements }) => elements === null)
  for (const weight of weights) elementCount(weight.dims, weight.name)
  return {
    format: 'description',
    graph,
    fileBytes: source.size,
    ...tableWeights(weights),
    producer: null,
    nodes: graph.nodes.length,
    nodesAllGraphs: graph.nodes.length,
    problems: [],
  }
}

function describedGraph(fields: JsonFields, name: string | null): Graph {
  const g = new GraphBuilder(fields.text('name', name ?? 'described'), describedOpset)
  const known = new Map<string, Tensor>()
  for (const input of fields.object('inputs').names) known.set(input, readInput(g, fields.object('inputs'), input))
  const description = new Description(g, known)
  const [first] = known.values()
  if (first === undefined) throw fields.refuse('inputs', 'at least one input')
  const last = description.layers(fields, first)
  return g.finish(outputsOf(fields, known, last))
}

/** A shape, or `{ shape, type }`. */
function readInput(g: GraphBuilder, inputs: JsonFields, name: string): Tensor {
  if (Array.isArray(inputs.value(name))) return g.input(name, inputs.counts(name))
  const input = inputs.object(name)
  input.allowOnly(['shape', 'type'])
  const type = inputTypes.find((each) => each === input.text('type', 'float32'))
  if (type === undefined) throw input.refuse('type', inputTypes.join(', '))
  return g.input(name, input.counts('shape'), type)
}

function outputsOf(fields: JsonFields, known: ReadonlyMap<string, Tensor>, last: Tensor): Record<string, Tensor> {
  if (!fields.has('outputs')) return { output: last }
  const inputs = fields.object('inputs')
  return Object.fromEntries(
    fields.texts('outputs').map((name, index) => {
      const tensor = known.get(name)
      if (tensor === undefined || inputs.has(name)) throw unknownName(`outputs[${index}]`, name, known)
      return [name, tensor]
    }),
  )
}

class Description {
  readonly #g: GraphBuilder
  /** Inputs and layers by name; those of a repeated group by their latest repetition. */
  readonly #known: Map<string, Tensor>
  #layers = 0

  constructor(g: GraphBuilder, known: Map<string, Tensor>) {
    this.#g = g
    this.#known = known
  }

  /** Builds the field `layers` of `fields` on top of `before`. */
  layers(fields: JsonFields, before: Tensor): Tensor {
    const list = fields.listOrNull('layers')
    if (list === null || list.length === 0) throw fields.refuse('layers', 'a list of at least one layer')
    let last = before
    list.forEach((item, index) => {
      last = this.#layerOrGroup(JsonFields.of(item, `${fields.at('layers')}[${index}]`), last)
    })
    return last
  }

  #layerOrGroup(fields: JsonFields, before: Tensor): Tensor {
    this.#layers += 1
    if (this.#layers > maxDescribedLayers) {
      throw fail('too-many-nodes', 'Describe a smaller model.', {
        where: fields.path,
        expected: `at most ${maxDescribedLayers} layers`,
      })
    }
    const built = fields.has('layers') ? this.#group(fields, before) : this.#layer(fields, before)
    if (fields.has('name')) this.#known.set(fields.text('name'), built)
    return built
  }

  #group(fields: JsonFields, before: Tensor): Tensor {
    fields.allowOnly(groupFields)
    const times = fields.count('repeat', 1)
    const scope = fields.text('name', 'group')
    let x = before
    for (let time = 0; time < times; time++) {
      x = this.#g.within(times === 1 ? scope : `${scope}${time}`, () => {
        const y = this.layers(fields, x)
        return fields.flag('residual', false) ? at(fields.path, () => this.#g.add(y, x)) : y
      })
    }
    return x
  }

  #layer(fields: JsonFields, before: Tensor): Tensor {
    const layer = layerOf(fields)
    fields.allowOnly([...layerFields, ...layer.fields])
    const inputs = fields.has('of') ? this.#operands(fields) : [before]
    if (inputs.length < layer.least || (inputs.length > 1 && layer.least === 1 && !layer.several)) {
      throw fields.refuse('of', layer.least === 1 ? 'one name' : `at least ${layer.least} names`)
    }
    const [fewest, most] = layer.axes
    const unfit = inputs.find(({ shape }) => shape.length < fewest || shape.length > most)
    if (unfit !== undefined)
      throw fields.refuse('op', `operands of ${fewest} to ${most} axes, not ${unfit.shape.length}`)
    const build = () => layer.build(this.#g, inputs, fields)
    return at(fields.path, () => (fields.has('name') ? this.#g.within(fields.text('name'), build) : build()))
  }

  /** `of`: a name, or a list of them. */
  #operands(fields: JsonFields): readonly Tensor[] {
    const isList = Array.isArray(fields.value('of'))
    const names = isList ? fields.texts('of') : [fields.text('of')]
    return names.map((name, index) => {
      const tensor = this.#known.get(name)
      if (tensor === undefined)
        throw unknownName(isList ? `${fields.at('of')}[${index}]` : fields.at('of'), name, this.#known)
      return tensor
    })
  }
}

/** Sizes that do not fit are said to be those of the layer at `path`. */
function at(path: string, build: () => Tensor): Tensor {
  try {
    return build()
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'shape-mismatch') throw error
    throw new ProblemError({ ...error.problem, where: path, fix: 'Change the sizes so that they go together.' })
  }
}

function unknownName(where: string, name: string, known: ReadonlyMap<string, Tensor>) {
  return fail('dangling-value', 'Name an input, or a layer that comes before.', {
    where,
    expected: [...known.keys()].join(', ').slice(0, 200),
    received: name,
  })
}
