/** Constants of a block and of those around it. What is used as an operand becomes a constant of the graph, once. */
import type { Attribute, Constant } from '../../graph/graph.ts'
import { duplicate } from '../link.ts'
import type { MilValue } from './mil-value.ts'
import type { CoreMlScope } from './scope.ts'

export class MilConstants {
  /** Those that the nodes of the block, or of blocks in it, take as operands. */
  readonly used = new Map<string, Constant>()
  readonly #values = new Map<string, MilValue | null>()
  readonly #scope: CoreMlScope
  readonly #outer: MilConstants | null

  constructor(scope: CoreMlScope, outer: MilConstants | null) {
    this.#scope = scope
    this.#outer = outer
  }

  /** Throws `duplicate-value`. */
  add(name: string, value: MilValue | null): void {
    if (this.#values.has(name)) throw duplicate(name, `const ${name}`)
    this.#values.set(name, value)
  }

  /** `undefined`: no constant; `null`: one that is no tensor. */
  find(name: string): MilValue | null | undefined {
    const own = this.#values.get(name)
    return own !== undefined || this.#values.has(name) ? own : this.#outer?.find(name)
  }

  /** Makes the constant of this name, where there is one, one of the graph of its block. */
  use(name: string): void {
    if (this.used.has(name)) return
    const value = this.#values.get(name)
    if (value === undefined) {
      this.#outer?.use(name)
      return
    }
    if (value === null) return
    const { dtype, dims, elements, external, storedBits, isIncomplete } = value
    const constant = { name, dtype, dims, elements, external }
    this.used.set(name, constant)
    this.#scope.tally.addTensor({ constant, storedBits, hasPayload: !isIncomplete }, name)
  }
}

/** A constant that says how to compute: names, flags, sizes; never a list of real numbers, those are weights. */
export function isSetting({ elements, texts, dtype, dims }: MilValue): boolean {
  if (texts !== null) return true
  return elements !== null && (dims.length === 0 || !dtype.includes('float'))
}

/** Several constants of one argument make a list, in which a name stands for a size that is not known: -1. */
export function settingOf(values: readonly MilValue[]): Attribute {
  const [value] = values
  if (values.length === 1 && value !== undefined) {
    const list: readonly number[] | readonly string[] = value.texts ?? value.elements ?? []
    return value.dims.length === 0 ? (list[0] ?? 0) : list
  }
  return values.flatMap(({ texts, elements }) => texts?.map(() => -1) ?? elements ?? [])
}
