/** NeuralNetworkLayer → what it says: names, numbers, weights, nested networks. Fields by the tables of layers. */
import type { Attribute } from '../../graph/graph.ts'
import { fieldsPerObject } from '../limits.ts'
import type { MessageLayout } from '../skim.ts'
import { saturate } from '../tensor-elements.ts'
import type { WireReader } from '../wire.ts'
import { type FieldRead, type Fields, type LayerKind, layers, type WeightField } from './layers.ts'
import { layersNd } from './layers-nd.ts'
import { readWeights, type StoredWeights, weightsLayout } from './weights.ts'

export const layerFields = { name: 1, input: 2, output: 3, outputTensor: 5 } as const
const tensorFields = { rank: 1, dimValue: 2 } as const
export const networkFields = { layers: 1, arrayMapping: 5, imageMapping: 6, labelProbabilityLayerName: 200 } as const

/** The first layer type of specification version 4. */
const firstNdField = 600

/** Dimensions of a flat weight list as the layer's other fields tell them, `null` where they do not. */
export interface LayerWeights {
  readonly name: string
  readonly dims: readonly number[] | null
  readonly stored: StoredWeights
}

export interface Layer {
  readonly name: string
  readonly op: string
  readonly isNd: boolean
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Of the outputs, as far as the file gives them; empty = not given, negative = unknown. */
  readonly outputDims: readonly (readonly number[])[]
  readonly attributes: ReadonlyMap<string, Attribute>
  readonly weights: readonly LayerWeights[]
  readonly networks: ReadonlyMap<string, readonly Layer[]>
  /** Byte offset, to name it by. */
  readonly start: number
}

const kinds = new Map<number, LayerKind>(
  [...Object.entries(layers), ...Object.entries(layersNd)].map(([field, kind]) => [Number(field), kind]),
)

/**
 * Reads the message that is the current value of `wire`; `readNetwork` reads a nested network that is its current value.
 * Throws `malformed`.
 */
export function readLayer(wire: WireReader, readNetwork: () => readonly Layer[]): Layer {
  const start = wire.valueStart
  wire.spend(fieldsPerObject)
  const inputs: string[] = []
  const outputs: string[] = []
  const outputDims: (readonly number[])[] = []
  const content = new LayerContent(wire, readNetwork)
  let name = ''
  let kind: LayerKind | null = null
  let isNd = false
  let unknownField = 0
  wire.message(() => {
    switch (wire.field) {
      case layerFields.name:
        name = wire.text()
        break
      case layerFields.input:
        inputs.push(wire.text())
        break
      case layerFields.output:
        outputs.push(wire.text())
        break
      case layerFields.outputTensor:
        outputDims.push(readDims(wire))
        break
      default: {
        const found = kinds.get(wire.field)
        isNd ||= wire.field >= firstNdField
        if (found !== undefined) {
          kind = found
          content.read(found.fields)
        } else if (wire.field >= 100) unknownField = wire.field
      }
    }
  })
  // Copied to their size: a list that was pushed to keeps room for more.
  return {
    name,
    op: content.opOf(kind, unknownField),
    isNd,
    inputs: inputs.slice(),
    outputs: outputs.slice(),
    outputDims,
    attributes: content.attributes(),
    weights: content.weights(),
    networks: content.networks,
    start,
  }
}

class LayerContent {
  readonly #scalars = new Map<string, number | string>()
  readonly #lists = new Map<string, number[]>()
  readonly networks = new Map<string, readonly Layer[]>()
  readonly #weights: { name: string; field: WeightField; stored: StoredWeights }[] = []
  readonly #wire: WireReader
  readonly #readNetwork: () => readonly Layer[]

  constructor(wire: WireReader, readNetwork: () => readonly Layer[]) {
    this.#wire = wire
    this.#readNetwork = readNetwork
  }

  /** A layer of a class of one's own goes by that class, one of a later specification by its number. */
  opOf(kind: LayerKind | null, unknownField: number): string {
    if (kind === null) return `layer${unknownField}`
    const className = this.#scalars.get('className')
    return typeof className === 'string' ? `${kind.op}:${className}` : kind.op
  }

  /** Dimensions may depend on fields that come after the weights. */
  weights(): LayerWeights[] {
    return this.#weights.map(({ name, field, stored }) => ({ name, dims: field.dims?.(this) ?? null, stored }))
  }

  /** Lists are copied to their size: one that was pushed to keeps room for more. */
  attributes(): Map<string, Attribute> {
    const lists = [...this.#lists].map(([name, list]): [string, Attribute] => [name, list.map(saturate)])
    return new Map<string, Attribute>([...this.#scalars, ...lists])
  }

  one(name: string): number {
    const value = this.#scalars.get(name)
    return typeof value === 'number' ? value : 0
  }

  list(name: string): readonly number[] {
    const value = this.#scalars.get(name)
    return typeof value === 'number' ? [value] : (this.#lists.get(name) ?? [])
  }

  /** Reads the message that is the current value of the wire. */
  read(fields: Fields): void {
    this.#wire.message(() => {
      const field = fields[this.#wire.field]
      if (field !== undefined) this.#readField(...field)
    })
  }

  #readField(name: string, read: FieldRead): void {
    const wire = this.#wire
    switch (read) {
      case 'int':
        this.#scalars.set(name, saturate(wire.int64()))
        return
      case 'float':
        this.#scalars.set(name, wire.float32())
        return
      case 'text':
        this.#scalars.set(name, wire.text())
        return
      case 'ints':
        this.#append(name, (values) => wire.int64s(values))
        return
      case 'floats':
        this.#append(name, (values) => wire.floats(values, 4))
        return
      case 'borders':
        this.#append(name, (values) => readBorders(wire, values))
        return
      case 'network':
        this.networks.set(name, this.#readNetwork())
        return
    }
    if ('fields' in read) {
      if (read.mark !== undefined) this.#scalars.set(...read.mark)
      this.read(read.fields)
    } else if ('dims' in read) this.#weights.push({ name, field: read, stored: readWeights(wire) })
    else this.#scalars.set(name, read[wire.int64()] ?? 'unknown')
  }

  #append(name: string, read: (values: number[]) => boolean): void {
    const values = this.#lists.get(name) ?? []
    this.#lists.set(name, values)
    if (!read(values)) throw this.#wire.malformed(this.#wire.valueStart, 'a shorter list of numbers')
  }
}

/** BorderAmounts into `values`: start and end of each axis in turn. */
function readBorders(wire: WireReader, values: number[]): boolean {
  wire.message(() => {
    if (wire.field !== 10) return
    let [start, end] = [0, 0]
    wire.message(() => {
      if (wire.field === 1) start = wire.int64()
      else if (wire.field === 2) end = wire.int64()
    })
    values.push(start, end)
  })
  return true
}

/** Tensor message: its dimensions if there is one for each axis. */
function readDims(wire: WireReader): readonly number[] {
  const dims: number[] = []
  let rank = 0
  wire.message(() => {
    if (wire.field === tensorFields.rank) rank = wire.int64()
    else if (wire.field === tensorFields.dimValue && !wire.int64s(dims)) dims.length = 0
  })
  return dims.length === rank ? dims.map(saturate) : []
}

/** Where a walk over a network descends, by the same tables. */
export const networkLayout: MessageLayout = networkLayoutOf()

function networkLayoutOf(): MessageLayout {
  const layer: Record<number, MessageLayout> = { [layerFields.outputTensor]: {} }
  const network: MessageLayout = { [networkFields.layers]: layer }
  for (const [field, kind] of kinds) layer[field] = layoutOf(kind.fields, network)
  return network
}

function layoutOf(fields: Fields, network: MessageLayout): MessageLayout {
  const layout: Record<number, MessageLayout | 'keep'> = {}
  for (const [field, [, read]] of Object.entries(fields)) {
    if (read === 'network') layout[Number(field)] = network
    else if (read === 'ints' || read === 'floats') layout[Number(field)] = 'keep'
    else if (typeof read === 'object' && 'fields' in read) layout[Number(field)] = layoutOf(read.fields, network)
    else if (typeof read === 'object' && 'dims' in read) layout[Number(field)] = weightsLayout
  }
  return layout
}
