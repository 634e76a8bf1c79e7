/** The tensors of a GGUF file, asked by name and by their place in a layer. */
import type { DType } from '../graph/dtype.ts'
import type { GgufTensor } from './gguf-header.ts'
import { elementsOf } from './tensor-table.ts'

export class GgufTable {
  /** The tensors of one of several files: what is not here may be in another. */
  readonly isPart: boolean
  readonly #byName: ReadonlyMap<string, GgufTensor>
  /** First tensor of every kind that a layer may have: `attn_q.weight`. */
  readonly #byPart = new Map<string, GgufTensor>()

  constructor(tensors: readonly GgufTensor[], isPart: boolean) {
    this.isPart = isPart
    this.#byName = new Map(tensors.map((tensor) => [tensor.name, tensor]))
    for (const tensor of tensors) {
      const part = /^blk\.\d+\.(.+)$/.exec(tensor.name)?.[1]
      if (part !== undefined && !this.#byPart.has(part)) this.#byPart.set(part, tensor)
    }
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0
  }

  readonly has = (name: string): boolean => this.#byName.has(name)

  get(name: string): GgufTensor | null {
    return this.#byName.get(name) ?? null
  }

  /** Size of the slowest axis; `null` where there is no such tensor. */
  rows(name: string): number | null {
    return this.#byName.get(name)?.dims[0] ?? null
  }

  /** `part`: of the name behind `blk.N.`. */
  hasInSomeLayer(part: RegExp): boolean {
    return this.sizeInSomeLayer(part) !== null
  }

  /** Size of the slowest axis of the first tensor that `part` matches. */
  sizeInSomeLayer(part: RegExp): number | null {
    for (const [name, { dims }] of this.#byPart) if (part.test(name)) return dims[0] ?? 1
    return null
  }

  /** What most weights are stored in: stands for those of another file. */
  get commonType(): DType {
    const elements = new Map<DType, number>()
    for (const { dtype, dims } of this.#byName.values()) {
      elements.set(dtype, (elements.get(dtype) ?? 0) + elementsOf(dims))
    }
    return [...elements].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 'float16'
  }
}
