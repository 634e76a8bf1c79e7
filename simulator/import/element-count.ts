/** Sizes of tensors, checked where they are read. */
import { fail } from '../problem.ts'
import { maxRank } from './limits.ts'

/**
 * Product of the dimensions. `where` names the tensor.
 * Throws `dimension-too-large` where a dimension or the product leaves the safe integers, `malformed` on negative ones.
 */
export function elementCount(dims: readonly number[], where: string): number {
  if (dims.length > maxRank) {
    throw fail('malformed', 'Export the model again; no runtime takes tensors of that many axes.', {
      where,
      expected: `at most ${maxRank} axes`,
      received: `${dims.length}`,
    })
  }
  let count = 1
  for (const dim of dims) {
    if (dim < 0) {
      throw fail('malformed', 'Export the model again; a stored tensor has no negative dimension.', {
        where,
        expected: 'dimensions of at least 0',
        received: `[${dims.join(', ')}]`,
      })
    }
    if (dim > Number.MAX_SAFE_INTEGER) throw tooLarge(dims, where)
    // A later zero makes the product zero; until then it is a double that may round but not wrap.
    count *= dim
  }
  if (count > Number.MAX_SAFE_INTEGER) throw tooLarge(dims, where)
  return count
}

function tooLarge(dims: readonly number[], where: string) {
  return fail('dimension-too-large', 'Check the shapes the model was exported with.', {
    where,
    expected: 'at most 2^53 - 1 elements',
    received: `[${dims.join(', ')}]`,
  })
}
