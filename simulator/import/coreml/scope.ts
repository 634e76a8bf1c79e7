/** What the models of one Core ML file share while they are read: the walk, the counts, the bad news. */
import { dtypeBytes, dtypes } from '../../graph/dtype.ts'
import type { Constant } from '../../graph/graph.ts'
import { type Problem, problem } from '../../problem.ts'
import { elementCount } from '../element-count.ts'
import { Tally } from '../onnx/tally.ts'
import type { StoredTensor } from '../onnx/tensor.ts'
import type { WireReader } from '../wire.ts'
import type { Layer, LayerWeights } from './layer.ts'

export class CoreMlScope {
  readonly wire: WireReader
  readonly tally = new Tally()
  #mismatched: { readonly first: string; count: number } | null = null

  constructor(wire: WireReader) {
    this.wire = wire
  }

  /** Weights of a layer, each followed by its scales or table. Throws `dimension-too-large`. */
  constantsOf(layer: Layer): Constant[] {
    return layer.weights.flatMap((weights) => {
      const name = `${layer.name}.${weights.name}`
      const { dims, count } = this.#dimsOf(weights, name)
      const { dtype, elements, storedBytes, tables } = weights.stored
      const kept = elements?.length === count ? elements : null
      const constant = this.#add({ name, dtype, dims, elements: kept, external: null }, storedBytes, count)
      return [constant, ...tables.map((table) => this.#addTable(`${name}.${table.name}`, table.count))]
    })
  }

  problems(): Problem[] {
    const problems = this.tally.problems()
    if (this.#mismatched !== null) {
      problems.push(
        problem('tensor-size-mismatch', 'Check the file: the stored weights are counted, not those that are due.', {
          where: this.#mismatched.first,
          expected: 'as many weights as the sizes of the layer say',
          received: `another number; weights concerned: ${this.#mismatched.count}`,
        }),
      )
    }
    return problems
  }

  #add(constant: Constant, storedBytes: number, count: number): Constant {
    const stored: StoredTensor = { constant, storedBits: 8 * storedBytes, hasPayload: storedBytes > 0 || count === 0 }
    this.tally.addTensor(stored, constant.name)
    return constant
  }

  #addTable(name: string, count: number): Constant {
    const constant: Constant = { name, dtype: 'float32', dims: [count], elements: null, external: null }
    return this.#add(constant, dtypeBytes('float32', count), count)
  }

  /** Those of the layer where the bytes agree or are left out of the file, else one axis of what is stored. */
  #dimsOf({ dims, stored }: LayerWeights, name: string): { dims: readonly number[]; count: number } {
    const flat = { dims: [stored.count], count: stored.count }
    if (dims === null || !dims.every((dim) => Number.isInteger(dim))) return flat
    const count = elementCount(dims, name)
    if (stored.storedBytes === 0 || Math.ceil((count * dtypes[stored.dtype].bits) / 8) === stored.storedBytes) {
      return { dims, count }
    }
    this.#mismatched = { first: this.#mismatched?.first ?? name, count: (this.#mismatched?.count ?? 0) + 1 }
    return flat
  }
}
