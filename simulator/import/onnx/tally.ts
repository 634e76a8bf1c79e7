/** What is counted while the graphs of an ONNX file are read, and the bad news that comes of it. */
import { type Problem, problem } from '../../problem.ts'
import { maxListedExternalFiles, maxNodes } from '../limits.ts'
import { tooManyNodes } from '../link.ts'
import type { StoredWeights } from '../reader.ts'
import { StoredBytes } from '../stored-bytes.ts'
import type { StoredTensor } from './tensor.ts'

/** Name of the first tensor concerned, and how many there are. */
interface Occurrences {
  readonly first: string
  count: number
}

export class Tally {
  nodes = 0
  readonly #stored = new StoredBytes()
  #withoutElements: Occurrences | null = null
  #overridden: Occurrences | null = null
  readonly #externalFiles = new Map<string, Occurrences>()

  storedWeights(): StoredWeights {
    return this.#stored.total()
  }

  /** Throws `too-many-nodes`. */
  addNode(offset: number): void {
    this.nodes += 1
    if (this.nodes > maxNodes) throw tooManyNodes(`byte ${offset}`)
  }

  /** An initializer, or the tensor of a Constant node. */
  addTensor({ constant, storedBits, hasPayload }: StoredTensor, name: string): void {
    this.#stored.addBits(constant.dtype, storedBits)
    if (!hasPayload) this.#withoutElements = oneMore(this.#withoutElements, name)
    const location = constant.external?.location
    if (location !== undefined) {
      this.#externalFiles.set(location, oneMore(this.#externalFiles.get(location) ?? null, name))
    }
  }

  /** A constant that a later definition of the same name replaces. */
  addOverridden(name: string): void {
    this.#overridden = oneMore(this.#overridden, name)
  }

  problems(): Problem[] {
    const problems = [...this.#externalFiles]
      .slice(0, maxListedExternalFiles)
      .map(([location, tensors]) => externalFile(location, tensors))
    const unlisted = this.#externalFiles.size - problems.length
    if (unlisted > 0)
      problems.push(problem('external-data-missing', provideFiles, { expected: `${unlisted} more files` }))
    if (this.#withoutElements !== null) {
      problems.push(
        problem(
          'tensor-size-mismatch',
          'Nothing to do for an analysis; to run the model, export it with its weights.',
          {
            where: this.#withoutElements.first,
            expected: 'elements as the dimensions say',
            received: `none; tensors concerned: ${this.#withoutElements.count}`,
          },
        ),
      )
    }
    if (this.#overridden !== null) {
      problems.push(
        problem('duplicate-value', 'Nothing to do; the last definition is used, as in ONNX Runtime.', {
          where: this.#overridden.first,
          expected: 'one definition of each constant',
          received: `a second one; constants concerned: ${this.#overridden.count}`,
        }),
      )
    }
    return problems
  }
}

const provideFiles = 'Nothing to do for an analysis; to run the model, keep its data files beside it.'

function externalFile(location: string, { first, count }: Occurrences): Problem {
  return problem('external-data-missing', provideFiles, {
    where: first,
    expected: location,
    received: `the model file alone; tensors stored elsewhere: ${count}`,
  })
}

function oneMore(known: Occurrences | null, name: string): Occurrences {
  return { first: known?.first ?? name, count: (known?.count ?? 0) + 1 }
}
