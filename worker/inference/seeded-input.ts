/** Inputs that anyone can make again: seeded numbers in the shape that a model asks for. */
import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm'
import { makeRandom } from '../../simulator/random.ts'

export const inputSeed = 1

/** Integers stay below the smallest vocabulary of any preset. */
const integerRange = 16

type MakeTensor = new (
  type: 'float32' | 'int32' | 'int64',
  values: Float32Array | Int32Array | BigInt64Array,
  dims: readonly number[],
) => Tensor

/**
 * Feeds for every input: floats uniform in [0, 1), integers uniform in [0, 16).
 *
 * Throws when an input is not a tensor of static shape, which the project's own models never have.
 */
export function makeSeededFeeds(
  inputs: readonly InferenceSession.ValueMetadata[],
  TensorClass: MakeTensor,
): Record<string, Tensor> {
  const random = makeRandom(inputSeed)
  return Object.fromEntries(
    inputs.map((input) => {
      if (!input.isTensor) throw new Error(`input ${input.name} is not a tensor`)
      const dims = input.shape.map((dim) => {
        if (typeof dim !== 'number') throw new Error(`input ${input.name} has a symbolic dimension ${dim}`)
        return dim
      })
      const elements = dims.reduce((product, dim) => product * dim, 1)
      const integer = () => Math.floor(random.uniform() * integerRange)
      switch (input.type) {
        case 'float32':
          return [input.name, new TensorClass('float32', Float32Array.from({ length: elements }, random.uniform), dims)]
        case 'int32':
          return [input.name, new TensorClass('int32', Int32Array.from({ length: elements }, integer), dims)]
        case 'int64': {
          const values = BigInt64Array.from({ length: elements }, () => BigInt(integer()))
          return [input.name, new TensorClass('int64', values, dims)]
        }
        default:
          throw new Error(`input ${input.name} is ${input.type}`)
      }
    }),
  )
}
